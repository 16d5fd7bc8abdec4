"""Asking somebody to be a recovery helper, by a code that works once, for a week.

Unlike a supporter's invitation this one opens no passport: its code gives the two names to
whoever holds it, and nothing else. The owner confirms who accepted before any piece is made.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from passport import clock
from passport.accounts.errors import OwnInvitation, UnknownInvitation
from passport.accounts.recovery_errors import AlreadyHelper, TooManyHelpers
from passport.accounts.recovery_helper_rows import (
    HelperRecord,
    check_number,
    fingerprint,
    helpers_of,
    open_record,
    seal_owner,
    seal_record,
    tidy_name,
)
from passport.activity.record import record, record_by_service
from passport.crypto import envelope, hybrid_box, labels
from passport.crypto.derivation import derive_key
from passport.crypto.envelope import CannotOpen
from passport.crypto.helpers_slot import MOST_HELPERS
from passport.crypto.invitation_secret import InvitationSecret
from passport.crypto.padding import pad, unpad
from passport.crypto.place import Place
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id, new_id
from passport.storage.inbox_keys import inbox_private_key
from passport.storage.passport_lock import lock_passport

_invitations, _helpers = tables.invitations, tables.recovery_helpers
VALID_SECONDS = 7 * 24 * 60 * 60
KIND = "recovery-helper"


@dataclass(frozen=True, repr=False)
class HelperInvitation:
    """An invitation that nobody has used. Its owner can see its code again until then."""

    invitation_id: str
    name: str
    expires_at: int
    code: str

    @property
    def is_over(self) -> bool:
        """Whether its week has passed."""
        return self.expires_at <= clock.epoch()


@dataclass(frozen=True)
class Asked:
    """What the holder of a code sees before saying yes: who asks, and what they call the helper."""

    owner: str
    you: str


def invite_helper(
    database: Database, passport: UnlockedPassport, name: str, called: str
) -> HelperInvitation:
    """Ask `name` to help; `called` is the owner's name as that person knows it.

    Raises NameMissing, TooManyHelpers or NotPermitted.
    """
    passport.access.require_owner()
    secret, invitation_id = InvitationSecret.generate(), new_id()
    name, owner = tidy_name(name), tidy_name(called)
    now = clock.epoch()
    expires_at = now + VALID_SECONDS
    sealed = _seal_names(database, passport, secret, invitation_id, expires_at, owner, name)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        open_ones = [i for i in _list(connection, passport) if not i.is_over]
        if len(helpers_of(connection, passport)) + len(open_ones) >= MOST_HELPERS:
            raise TooManyHelpers
        connection.execute(
            insert(_invitations).values(
                passport_id=passport.passport_id,
                invitation_id=invitation_id,
                secret_lookup=secret.lookup,
                kind=KIND,
                wrapped_key=sealed,
                sealed_terms=seal_record(
                    passport, invitation_id, HelperRecord(name, code=secret.code)
                ),
                expires_at=expires_at,
                created_at=now,
            )
        )
        record(connection, passport, "recovery-helper-invited", name=name)
    return HelperInvitation(invitation_id, name, expires_at, secret.code)


def list_invited(database: Database, passport: UnlockedPassport) -> list[HelperInvitation]:
    """Whom the owner has asked and who has not answered yet; expired ones too."""
    passport.access.require_owner()
    with database.read() as connection:
        return _list(connection, passport)


def find_invited(
    database: Database, passport: UnlockedPassport, invitation_id: str
) -> HelperInvitation:
    """One of them. Raises UnknownInvitation or NotPermitted."""
    for invited in list_invited(database, passport):
        if invited.invitation_id == invitation_id:
            return invited
    raise UnknownInvitation


def take_back(database: Database, passport: UnlockedPassport, invitation_id: str) -> None:
    """The code does not work any more. Raises UnknownInvitation or NotPermitted."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        found = [i for i in _list(connection, passport) if i.invitation_id == invitation_id]
        if not found or not _delete(connection, passport.passport_id, invitation_id):
            raise UnknownInvitation
        record(connection, passport, "recovery-helper-invitation-cancelled", name=found[0].name)


def look_at(database: Database, helper: UnlockedPassport, code: str) -> Asked:
    """What this code asks. Raises MistypedCode, UnknownInvitation, OwnInvitation, AlreadyHelper."""
    helper.access.require_owner()
    with database.read() as connection:
        return _asked(connection, database, helper, InvitationSecret.from_code(code))[1]


def accept_helping(database: Database, helper: UnlockedPassport, code: str) -> str:
    """Say yes. Returns the check number that the owner compares.

    Raises MistypedCode, UnknownInvitation, OwnInvitation or AlreadyHelper.
    """
    helper.access.require_owner()
    secret = InvitationSecret.from_code(code)
    with database.write() as connection:
        row, asked = _asked(connection, database, helper, secret)
        _lock_both(connection, helper.passport_id, row.passport_id)
        _refuse_twice(connection, helper, row.passport_id)
        # Of two at once, one deletes it; the other finds nothing to delete.
        if not _delete(connection, row.passport_id, row.invitation_id):
            raise UnknownInvitation
        names = {"owner": asked.owner, "you": asked.you}
        connection.execute(
            insert(_helpers).values(
                passport_id=row.passport_id,
                helper_id=row.invitation_id,
                helper_passport_id=helper.passport_id,
                sealed_record=row.sealed_terms,
                boxed_record=seal_owner(helper, row.invitation_id, names),
                created_at=clock.epoch(),
            )
        )
        record_by_service(connection, row.passport_id, "recovery-helper-accepted", name=asked.you)
        record(connection, helper, "recovery-helping-began", name=asked.owner)
        return own_check_number(connection, helper, row.invitation_id)


def decline_helping(database: Database, helper: UnlockedPassport, code: str) -> None:
    """Say no: the code does not work any more. Raises what `look_at` raises."""
    helper.access.require_owner()
    secret = InvitationSecret.from_code(code)
    with database.write() as connection:
        row, asked = _asked(connection, database, helper, secret)
        lock_passport(connection, row.passport_id)
        if not _delete(connection, row.passport_id, row.invitation_id):
            raise UnknownInvitation
        record_by_service(connection, row.passport_id, "recovery-helper-declined", name=asked.you)


def own_check_number(connection: Connection, helper: UnlockedPassport, helper_id: str) -> str:
    """The check number as the helper sees it: from her own private key, which nobody can change."""
    public_key = hybrid_box.public_key_of(inbox_private_key(connection, helper))
    return check_number(helper_id, fingerprint(helper.passport_id, public_key))


def _asked(
    connection: Connection, database: Database, helper: UnlockedPassport, secret: InvitationSecret
) -> tuple[Row[Any], Asked]:
    # An expired one is not even fetched, so that it costs what an unknown one does.
    row = connection.execute(
        select(_invitations).where(
            _invitations.c.secret_lookup == secret.lookup,
            _invitations.c.kind == KIND,
            _invitations.c.expires_at > clock.epoch(),
        )
    ).first()
    if row is None:
        raise UnknownInvitation
    if row.passport_id == helper.passport_id:
        raise OwnInvitation
    _refuse_twice(connection, helper, row.passport_id)
    key = _names_key(database, row.passport_id, secret)
    place = _names_place(row.passport_id, row.invitation_id, row.expires_at)
    try:
        names = json.loads(unpad(envelope.open_sealed(key, row.wrapped_key, place)))
    except CannotOpen:
        raise UnknownInvitation from None
    return row, Asked(**names)


def _seal_names(
    database: Database,
    passport: UnlockedPassport,
    secret: InvitationSecret,
    invitation_id: str,
    expires_at: int,
    owner: str,
    you: str,
) -> bytes:
    key = _names_key(database, passport.passport_id, secret)
    place = _names_place(passport.passport_id, invitation_id, expires_at)
    return envelope.seal(key, pad(json.dumps({"owner": owner, "you": you}).encode()), place)


def _names_key(database: Database, passport_id: str, secret: InvitationSecret) -> bytes:
    # With the erasure key in it, an old backup and the code together give no name either.
    salt = database.erasure_keys.find(passport_id)
    return derive_key(secret.secret, labels.HELPER_INVITATION, salt=salt)


def _names_place(passport_id: str, invitation_id: str, expires_at: int) -> Place:
    return Place(labels.HELPER_INVITATION, passport_id, invitation_id, detail=str(expires_at))


def _refuse_twice(connection: Connection, helper: UnlockedPassport, passport_id: str) -> None:
    mine = _helpers.c.helper_passport_id == helper.passport_id
    query = select(_helpers.c.helper_id).where(mine, _helpers.c.passport_id == passport_id)
    if connection.execute(query).first() is not None:
        raise AlreadyHelper


def _lock_both(connection: Connection, *passport_ids: str) -> None:
    # Always in the same order, so that two who help each other never wait for each other.
    for passport_id in sorted(passport_ids):
        lock_passport(connection, passport_id)


def _list(connection: Connection, passport: UnlockedPassport) -> list[HelperInvitation]:
    rows = connection.execute(
        select(_invitations)
        .where(_invitations.c.passport_id == passport.passport_id, _invitations.c.kind == KIND)
        .order_by(_invitations.c.created_at)
    )
    return [_opened(passport, row) for row in rows]


def _opened(passport: UnlockedPassport, row: Row[Any]) -> HelperInvitation:
    kept = open_record(passport, row.invitation_id, row.sealed_terms)
    return HelperInvitation(row.invitation_id, kept.name, row.expires_at, kept.code)


def _delete(connection: Connection, passport_id: str, invitation_id: str) -> bool:
    if not is_id(invitation_id):
        return False
    deleted = connection.execute(
        delete(_invitations).where(
            _invitations.c.passport_id == passport_id,
            _invitations.c.invitation_id == invitation_id,
            _invitations.c.kind == KIND,
        )
    )
    return deleted.rowcount == 1
