"""A passport with every way in, an old backup of it, and then its erasure."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Row, insert, select

from passport.accounts.card_sign_in import sign_in_with_card
from passport.accounts.owner_cards import card_code, make_card
from passport.accounts.passkey_sign_in import sign_in_with_passkey, signing_in_options
from passport.accounts.passkeys import add_passkey, adding_options
from passport.accounts.recover import recover
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.supporters import open_helped
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share import Share
from passport.storage import migrate, tables
from passport.storage.database import Database
from passport.story.attachment import Attachment
from passport.story.attachments import add_attachment
from passport.story.sections import section
from tests.accounts.helped import Helped, Later, name_helper
from tests.accounts.software_authenticator import Device
from tests.accounts.test_passkeys import SITE
from tests.residents import CHEAP, PASSPHRASE, PEPPER, Resident, new_resident
from tests.sharing.clinician import read
from tests.supporters import Sam, supporter_of

WORDS = "Quibblefrost was my dog, and I miss her."
PIN = "8352"
Rows = dict[str, list[Row[Any]]]


@dataclass
class Situation:
    """What there was before the erasure. `helper` is her recovery helper, `sam` her supporter."""

    database: Database
    owner: Resident
    sam: Sam
    helper: Helped
    device: Device
    card: str
    share: Share
    direct: Share
    later: Later
    rows: Rows
    old_erasure_url: str


def before_erasing(database: Database, folder: Path, later: Later) -> Situation:
    """Somebody with a story, every way in, shares, a supporter, a helper, and a backup."""
    owner = new_resident(database)
    owner.write("my-story", WORDS)
    with database.write() as connection:
        photo = Attachment("dog.png", "image/png", b"\x89PNG" + WORDS.encode())
        add_attachment(connection, owner.passport, "my-story", photo)
    slot_id = make_card(database, CHEAP, owner.passport, PIN, "Purse")
    card = card_code(database, owner.passport, slot_id)
    assert card is not None
    helper = new_resident(database)
    made = Situation(
        database=database,
        owner=owner,
        sam=supporter_of(owner),
        helper=Helped(owner, [helper], [name_helper(owner, helper, "Alex")]),
        device=_device(owner),
        card=card,
        share=owner.share("my-story", with_passcode=True),
        direct=owner.share("my-story", is_direct=True),
        later=later,
        rows={},
        old_erasure_url=f"sqlite:///{folder}/old-erasure.sqlite",
    )
    made.rows.update(all_rows(database))
    _copy(database.erasure_keys.url, made.old_erasure_url)
    return made


def all_rows(database: Database) -> Rows:
    """A backup: every row of every table."""
    with database.read() as connection:
        return {
            table.name: list(connection.execute(select(table)).all())
            for table in tables.metadata.sorted_tables
        }


def restored(situation: Situation, folder: Path, erasure_url: str) -> Database:
    """The backup put back elsewhere, beside this store of erasure keys."""
    database = Database(
        f"sqlite:///{folder}/restored.sqlite", erasure_url=erasure_url, sqlite_synchronous="OFF"
    )
    migrate.upgrade(database)
    with database.write() as connection:
        for table in tables.metadata.sorted_tables:
            rows = [row._asdict() for row in situation.rows[table.name]]
            if rows:
                connection.execute(insert(table), rows)
    return database


def _device(owner: Resident) -> Device:
    device = Device(SITE.origin)
    options = adding_options(owner.database, owner.passport, SITE, "Phone")
    add_passkey(owner.database, owner.passport, SITE, "Phone", device.makes(options))
    return device


def _copy(from_url: str, to_url: str) -> None:
    with (
        sqlite3.connect(from_url.removeprefix("sqlite:///")) as source,
        sqlite3.connect(to_url.removeprefix("sqlite:///")) as target,
    ):
        source.backup(target)


def _story(database: Database, passport: UnlockedPassport | None) -> str:
    if passport is None:
        raise LookupError("no such session")
    return str(section(database, passport, "my-story").content["text"])


def _by(database: Database, cookie: str) -> str:
    return _story(database, open_session(database, cookie))


def _passkey(at: Situation, database: Database) -> str:
    answer = at.device.signs(signing_in_options(database, SITE))
    return _by(database, sign_in_with_passkey(database, SITE, answer))


def _supporter(at: Situation, database: Database) -> str:
    own = open_session(database, at.sam.own.cookie)
    assert own is not None, "the supporter's own passport is there"
    helped = open_helped(database, own, at.owner.passport.passport_id)
    return _story(database, helped)


def _helper(at: Situation, database: Database) -> str:
    own = open_session(database, at.helper.helpers[0].cookie)
    assert own is not None, "the helper's own passport is there"
    there = Resident(database, "Alex", "", own, "")
    helped = Helped(Resident(database, "", "", at.owner.passport, ""), [there], at.helper.ids)
    ticket = helped.ticket()
    helped.helps(0, ticket.number)
    at.later(49)
    return _by(database, helped.gets_in(ticket))


Attempt = Callable[[Situation, Database], str]
ATTEMPTS: dict[str, Attempt] = {
    "passphrase": lambda at, db: _by(db, sign_in(db, PEPPER, CHEAP, at.owner.name, PASSPHRASE)),
    "recovery code": lambda at, db: _by(
        db, recover(db, PEPPER, CHEAP, at.owner.recovery_code, "lantern gravel mosaic otter")
    ),
    "session cookie": lambda at, db: _by(db, at.owner.cookie),
    "owner card and PIN": lambda at, db: _by(db, sign_in_with_card(db, CHEAP, at.card, PIN)),
    "passkey": _passkey,
    "supporter": _supporter,
    "recovery helper": _helper,
    "share link": lambda at, db: read(db, at.share, at.share.passcode),
    "one-file link": lambda at, db: read(db, at.direct),
}
