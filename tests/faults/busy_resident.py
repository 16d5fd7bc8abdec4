"""A process to be killed: one resident saves, shares and takes back while readers read.

Says on its output what each call has acknowledged, after the call has returned:
`python -m tests.faults.busy_resident DATABASE_URL ERASURE_DATABASE_URL COOKIE SHARE_ID`
"""

import os
import sys
from collections.abc import Callable
from threading import Thread

from passport.accounts.sessions import open_session
from passport.crypto.inbox import InboxSealer
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import get_share, revoke_share
from passport.sharing.create_share import create_share
from passport.sharing.read_at_once import Addressees
from passport.sharing.read_share import Services, read_manifest
from passport.sharing.receipts import Reader
from passport.sharing.save_section import save_section
from passport.sharing.share import Share, ShareTerms
from passport.storage.database import Database
from passport.story.section import SectionDraft
from passport.story.sections import section
from tests.residents import PEPPER


def text_of(version: int) -> str:
    """What this process writes as a version of the story: long enough to fill several pages."""
    return f"words{version}x " * 900


def acknowledged(what: str, which: object) -> None:
    """One line, written at once and whole."""
    os.write(1, f"{what} {which}\n".encode())


def save_for_ever(database: Database, passport: UnlockedPassport) -> None:
    """Version after version."""
    version = section(database, passport, "my-story").version
    while True:
        draft = SectionDraft("my-story", {"text": text_of(version + 1)})
        version = save_section(database, passport, draft, version).version
        acknowledged("saved", version)


def read_for_ever(database: Database, share: Share) -> None:
    """Reading after reading, each with its receipt."""
    services = Services(database, PEPPER, InboxSealer(), Addressees())
    assert share.record.secrets is not None
    while True:
        read_manifest(services, share.record.secrets.address, Reader("Nurse"))
        acknowledged("read", share.share_id)


def revoke_for_ever(database: Database, passport: UnlockedPassport) -> None:
    """Share after share, made and taken back."""
    while True:
        terms = ShareTerms("a ward", ("my-story",))
        share = create_share(database, PEPPER, passport, terms)
        acknowledged("shared", share.share_id)
        revoke_share(database, passport, share.share_id)
        acknowledged("revoked", share.share_id)


def main(url: str, erasure_url: str, cookie: str, share_id: str) -> None:
    """Be busy until killed."""
    database = Database(url, erasure_url=erasure_url)
    passport = open_session(database, cookie)
    assert passport is not None
    share = get_share(database, passport, share_id)
    work: list[tuple[Callable[..., None], tuple[object, ...]]] = [
        (save_for_ever, (database, passport)),
        (read_for_ever, (database, share)),
        (read_for_ever, (database, share)),
        (revoke_for_ever, (database, passport)),
    ]
    for task, arguments in work:
        Thread(target=task, args=arguments).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
