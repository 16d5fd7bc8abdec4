"""Signed-in sessions: the key is in the browser's cookie, the server keeps what it wraps."""

from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, false, insert, or_, select, update

from passport import clock
from passport.accounts.errors import HelpingOver
from passport.accounts.stopping_recovery import stop_by_sign_in
from passport.accounts.supporters import open_helped
from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.session_secret import SessionSecret
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database, DatabaseFull
from passport.storage.identifiers import new_id
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

IDLE_SECONDS = 60 * 60
LONGEST_SECONDS = 24 * 60 * 60
PROOF_SECONDS = 15 * 60
_TOUCH_SECONDS = 60

_sessions = tables.sessions


def start_session(
    connection: Connection,
    passport: UnlockedPassport,
    device: str = "",
    way: str = N_("the passphrase"),
) -> str:
    """A new session. Returns the cookie's value: 43 characters that the server does not keep.

    `device` is what the browser is, and `way` which way in was used: both in plain words, for
    its owner's eyes alone.
    """
    passport.access.require_owner()
    secret, session_id, now = SessionSecret.generate(), new_id(), clock.epoch()
    sealed_device = passport.seal(labels.SESSION_DEVICE, session_id, device.encode())
    connection.execute(
        insert(_sessions).values(
            session_lookup=secret.lookup,
            passport_id=passport.passport_id,
            session_id=session_id,
            wrapped_key=secret.wrap(passport.key, passport.passport_id),
            sealed_device=sealed_device if device else None,
            proved_at=now,
            created_at=now,
            last_seen_at=now,
        )
    )
    connection.execute(delete(_sessions).where(_is_over(now)))
    record(connection, passport, "signed-in", device=device or "a browser", way=way)
    stop_by_sign_in(connection, passport)
    return secret.to_cookie()


def open_session(
    database: Database, cookie: str | None, *, prolong: bool = True
) -> UnlockedPassport | None:
    """The passport that this cookie opens; None when it is over, ended or never was.

    `prolong` is off for what a page asks by itself: nobody is there only because it asks.

    While a supporter helps, it is the other's passport, with the supporter's access. Raises
    HelpingOver, once, when that has come to its end; the session goes on in its own passport.
    """
    secret = SessionSecret.from_cookie(cookie or "")
    if secret is None:
        return None
    now, mine = clock.epoch(), _sessions.c.session_lookup == secret.lookup
    with database.read() as connection:
        row = connection.execute(select(_sessions).where(mine, ~_is_over(now))).first()
    if row is None:
        return None
    try:
        own = _own_passport(database, secret, row)
    except CannotOpen:
        return None
    if prolong and now - row.last_seen_at > _TOUCH_SECONDS:
        # Where nothing can be written any more, she can still read, and keep what she typed.
        with suppress(DatabaseFull), database.write() as connection:
            connection.execute(update(_sessions).where(mine).values(last_seen_at=now))
    if row.helping_passport_id is None:
        return own
    try:
        return open_helped(database, own, row.helping_passport_id)
    except HelpingOver:
        help_in(database, cookie, None)
        raise


def help_in(database: Database, cookie: str | None, passport_id: str | None) -> None:
    """From the next request on, act in the passport of somebody supported; None: in one's own.

    Whether this person may is asked on each request, by `open_session`.
    """
    secret = SessionSecret.from_cookie(cookie or "")
    if secret is not None:
        mine = _sessions.c.session_lookup == secret.lookup
        with database.write() as connection:
            connection.execute(
                update(_sessions).where(mine).values(helping_passport_id=passport_id)
            )


def end_session(database: Database, cookie: str | None) -> None:
    """Sign out: what this cookie opened is gone."""
    secret = SessionSecret.from_cookie(cookie or "")
    if secret is None:
        return
    mine = _sessions.c.session_lookup == secret.lookup
    with database.write() as connection:
        row = connection.execute(select(_sessions).where(mine)).first()
        if row is None:
            return
        lock_passport(connection, row.passport_id)
        if connection.execute(delete(_sessions).where(mine)).rowcount:
            with suppress(CannotOpen):
                own = _own_passport(database, secret, row)
                record(connection, own, "signed-out")


def _own_passport(database: Database, secret: SessionSecret, row: Any) -> UnlockedPassport:
    erasure_key = database.erasure_keys.find(row.passport_id)
    key = secret.unwrap(row.wrapped_key, row.passport_id, erasure_key)
    return UnlockedPassport(row.passport_id, key)


def end_other_sessions(connection: Connection, passport_id: str, cookie: str | None) -> None:
    """Sign this passport out everywhere but in the browser with this cookie."""
    secret = SessionSecret.from_cookie(cookie or "")
    here = secret.lookup if secret else b""
    connection.execute(
        delete(_sessions).where(
            _sessions.c.passport_id == passport_id, _sessions.c.session_lookup != here
        )
    )


def end_all_sessions(connection: Connection, passport_id: str) -> None:
    """Sign this passport out everywhere."""
    connection.execute(delete(_sessions).where(_sessions.c.passport_id == passport_id))


def seconds_until_over(database: Database, cookie: str | None) -> int:
    """How long this session lasts if nothing more is done in it; 0 if it is over."""
    with database.read() as connection:
        row = connection.execute(
            select(_sessions.c.last_seen_at, _sessions.c.created_at).where(
                is_mine(cookie), still_open()
            )
        ).first()
    if row is None:
        return 0
    ends = min(row.last_seen_at + IDLE_SECONDS, row.created_at + LONGEST_SECONDS)
    return max(0, ends - clock.epoch())


def passport_of(database: Database, cookie: str | None) -> str | None:
    """Whose session this is, if it is not over, without making it last longer and without its key.

    None also while she acts in another's passport.
    """
    query = select(_sessions.c.passport_id, _sessions.c.helping_passport_id)
    with database.read() as connection:
        row = connection.execute(query.where(is_mine(cookie), still_open())).first()
    return None if row is None or row.helping_passport_id else str(row.passport_id)


def is_mine(cookie: str | None) -> ColumnElement[bool]:
    """Which row of `sessions` this cookie is for."""
    secret = SessionSecret.from_cookie(cookie or "")
    return _sessions.c.session_lookup == secret.lookup if secret else false()


def still_open() -> ColumnElement[bool]:
    """Which rows of `sessions` are not over by now."""
    return ~_is_over(clock.epoch())


def _is_over(now: int) -> ColumnElement[bool]:
    return or_(
        _sessions.c.last_seen_at < now - IDLE_SECONDS,
        _sessions.c.created_at < now - LONGEST_SECONDS,
    )
