"""Proof that whoever is signed in is still the one who signed in, before acts that matter most.

A proof is for one session and holds for PROOF_SECONDS. It gives the session a new secret, so
that a cookie that was copied before opens nothing afterwards (OWASP ASVS 5, 7.2.4).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from passport import clock
from passport.accounts import slots
from passport.accounts.errors import WrongPassphrase
from passport.accounts.rules import LONGEST_PASSPHRASE
from passport.accounts.sessions import PROOF_SECONDS, is_mine, still_open
from passport.accounts.stopping_recovery import stop_by_sign_in
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, SlotKind, open_with_passphrase
from passport.crypto.passport_key import PassportKey
from passport.crypto.session_secret import SessionSecret
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database

_sessions, _slots = tables.sessions, tables.key_slots


@dataclass(frozen=True)
class SessionToProve:
    """A session whose owner may be asked for proof. The passport is always her own."""

    passport_id: str
    proved_at: int

    @property
    def is_proved(self) -> bool:
        """Whether its owner signed in, or proved that it is she, not long ago."""
        return clock.epoch() - self.proved_at <= PROOF_SECONDS


def session_to_prove(database: Database, cookie: str | None) -> SessionToProve | None:
    """The session of this cookie; None when it is over."""
    with database.read() as connection:
        row = connection.execute(
            select(_sessions.c.passport_id, _sessions.c.proved_at).where(
                is_mine(cookie), still_open()
            )
        ).first()
    return SessionToProve(row.passport_id, row.proved_at) if row else None


def has_way_in(database: Database, passport_id: str, kind: SlotKind) -> bool:
    """Whether one of the ways into this passport is of this kind."""
    mine = (_slots.c.passport_id == passport_id, _slots.c.kind == kind)
    with database.read() as connection:
        return connection.execute(select(_slots.c.slot_id).where(*mine)).first() is not None


def prove_with_passphrase(database: Database, cookie: str | None, passphrase: str) -> str:
    """Prove by the passphrase of the session's own passport. Returns the new cookie's value.

    Raises WrongPassphrase.
    """
    session = session_to_prove(database, cookie)
    passphrase = passphrase[: LONGEST_PASSPHRASE * 2]
    for slot in _passphrase_slots(database, session.passport_id) if session else []:
        try:
            key = open_with_passphrase(slot, passphrase)
        except CannotOpen:
            continue
        with database.write() as connection:
            # Another device may have changed the passphrase while this one was being checked.
            if slots.is_stored(connection, slot):
                return keep_proof(connection, cookie, slot.passport_id, key)
    raise WrongPassphrase


def keep_proof(
    connection: Connection, cookie: str | None, passport_id: str, key: PassportKey
) -> str:
    """Keep that the owner of this session has just opened her passport with another way in.

    `key` is what that way opened. Returns the cookie's new value. Raises WrongPassphrase if the
    session is over, or is that of another passport.
    """
    secret = SessionSecret.generate()
    proved = connection.execute(
        update(_sessions)
        .where(is_mine(cookie), still_open(), _sessions.c.passport_id == passport_id)
        .values(
            session_lookup=secret.lookup,
            wrapped_key=secret.wrap(key, passport_id),
            proved_at=clock.epoch(),
            last_seen_at=clock.epoch(),
        )
    )
    if proved.rowcount != 1:
        raise WrongPassphrase
    # Whoever can prove who she is is not locked out, so helpers need not let her in.
    stop_by_sign_in(connection, UnlockedPassport(passport_id, key))
    return secret.to_cookie()


def _passphrase_slots(database: Database, passport_id: str) -> list[KeySlot]:
    mine = (_slots.c.passport_id == passport_id, _slots.c.kind == "passphrase")
    with database.read() as connection:
        return slots.read_slots(connection, database.erasure_keys, *mine)
