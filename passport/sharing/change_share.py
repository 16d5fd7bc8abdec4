"""What an owner does with a share she made: pause, resume, extend, new passcode, revoke.

Each changes one condition. Whether a share is live is derived from them, so the same QR code
works again after a pause or an extension. Revoking is final.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, delete

from passport import clock
from passport.activity.record import record
from passport.crypto.passcode import new_passcode
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.errors import NotAllowed, ShareChanged
from passport.sharing.share import PASSCODE_ATTEMPTS, Duration, Share, expiry
from passport.sharing.share_files import delete_files, lock_shares, write_files
from passport.sharing.share_rows import find_share, shares_within, update_record
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story.sections import read_story
from passport.words_to_translate import N_


def list_shares(database: Database, passport: UnlockedPassport) -> list[Share]:
    """Every share that whoever acts may see, newest first. Raises NotPermitted."""
    with database.read() as connection:
        return shares_within(connection, passport)


def get_share(database: Database, passport: UnlockedPassport, share_id: str) -> Share:
    """One share. Raises UnknownShare."""
    with database.read() as connection:
        return find_share(connection, passport, share_id)


def pause_share(database: Database, passport: UnlockedPassport, share_id: str) -> None:
    """Nobody can read it until it is resumed. Raises UnknownShare, ShareChanged."""
    with changing(database, passport, share_id) as (connection, share):
        update_record(connection, passport, share, share.record, is_paused=True)
        _record(connection, passport, "share-paused", share)


def resume_share(database: Database, passport: UnlockedPassport, share_id: str) -> None:
    """The same link works again. Raises UnknownShare, ShareChanged."""
    with changing(database, passport, share_id) as (connection, share):
        update_record(connection, passport, share, share.record, is_paused=False)
        _record(connection, passport, "share-resumed", share)


def extend_share(
    database: Database,
    passport: UnlockedPassport,
    share_id: str,
    duration: Duration,
    last_day: str = "",
) -> None:
    """The same link lives longer, or less long: `duration` from now, or until its last day.

    Raises UnknownShare, ShareChanged, or NotAllowed for a duration that nobody offers.
    """
    expires_at = expiry(duration, clock.epoch(), last_day)
    with changing(database, passport, share_id) as (connection, share):
        update_record(connection, passport, share, share.record, expires_at=expires_at)
        # The file states until when consent was given, so it is written anew.
        extended, story = replace(share, expires_at=expires_at), read_story(connection, passport)
        write_files(connection, passport, extended, story)
        _record(connection, passport, "share-extended", share)


def renew_passcode(
    database: Database, pepper: Pepper, passport: UnlockedPassport, share_id: str
) -> str:
    """Another passcode, with all its attempts; the old one no longer works.

    Raises UnknownShare, ShareChanged, or NotAllowed if the share has no passcode.
    """
    with changing(database, passport, share_id) as (connection, share):
        secrets = share.record.secrets
        if secrets is None or secrets.passcode is None:
            raise NotAllowed(N_("This share has no passcode."))
        passcode = new_passcode()
        record = replace(share.record, secrets=replace(secrets, passcode=passcode))
        update_record(
            connection,
            passport,
            share,
            record,
            passcode_hash=pepper.passcode_hash(share_id, passcode),
            attempts_left=PASSCODE_ATTEMPTS,
        )
        _record(connection, passport, "share-passcode-renewed", share)
    return passcode


def revoke_share(database: Database, passport: UnlockedPassport, share_id: str) -> None:
    """Take it back, for good: files, key, passcode, address and grants go in one transaction.

    Raises UnknownShare. Revoking twice is the same as once.
    """
    try:
        with changing(database, passport, share_id) as (connection, share):
            delete_files(connection, share_id)
            grants = tables.grants
            connection.execute(
                delete(grants).where(
                    grants.c.passport_id == passport.passport_id, grants.c.share_id == share_id
                )
            )
            update_record(
                connection,
                passport,
                share,
                share.record.without_secrets(),
                revoked_at=clock.epoch(),
                address_lookup=None,
                passcode_hash=None,
                attempts_left=None,
            )
            _record(connection, passport, "share-revoked", share)
    except ShareChanged:
        return


def _record(connection: Connection, passport: UnlockedPassport, act: str, share: Share) -> None:
    record(connection, passport, act, recipient=share.terms.recipient)


@contextmanager
def changing(
    database: Database, passport: UnlockedPassport, share_id: str
) -> Iterator[tuple[Connection, Share]]:
    """A share that is not stopped, held for the transaction. Raises UnknownShare, ShareChanged."""
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        lock_shares(connection, passport.passport_id)
        share = find_share(connection, passport, share_id)
        if share.record.secrets is None:
            raise ShareChanged
        yield connection, share
