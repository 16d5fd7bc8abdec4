"""Invitations: a code that lets one person become a supporter, once, within a week."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from passport import clock
from passport.accounts.errors import OwnInvitation, UnknownInvitation
from passport.accounts.supporter_terms import SupporterTerms, to_json
from passport.accounts.supporters import Supporter, add_supporter
from passport.activity.record import record, record_by_service
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.invitation_secret import InvitationSecret
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id, new_id
from passport.storage.passport_lock import lock_passport

_invitations = tables.invitations
VALID_SECONDS = 7 * 24 * 60 * 60
KIND = "supporter"


@dataclass(frozen=True, repr=False)
class Invitation:
    """One that nobody has used yet. Its owner can see its code again until then."""

    invitation_id: str
    terms: SupporterTerms
    code: str
    expires_at: int

    @property
    def is_over(self) -> bool:
        """Whether its week has passed."""
        return self.expires_at <= clock.epoch()


def invite(database: Database, passport: UnlockedPassport, terms: SupporterTerms) -> Invitation:
    """Make an invitation for a supporter. Raises TermsNotUsable."""
    passport.access.require_owner()
    secret, invitation_id = InvitationSecret.generate(), new_id()
    expires_at = clock.epoch() + VALID_SECONDS
    made = Invitation(invitation_id, terms.checked(), secret.code, expires_at)
    text = to_json(terms.to_dict() | {"code": made.code})
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        connection.execute(
            insert(_invitations).values(
                passport_id=passport.passport_id,
                invitation_id=invitation_id,
                secret_lookup=secret.lookup,
                kind=KIND,
                wrapped_key=secret.wrap(
                    passport.key, passport.passport_id, invitation_id, _about(KIND, expires_at)
                ),
                sealed_terms=passport.seal(labels.INVITATION_TERMS, invitation_id, text),
                expires_at=expires_at,
                created_at=clock.epoch(),
            )
        )
        record(connection, passport, "supporter-invited", name=terms.name)
    return made


def list_invitations(database: Database, passport: UnlockedPassport) -> list[Invitation]:
    """The owner's invitations that nobody has used, newest first; expired ones too."""
    passport.access.require_owner()
    mine = _mine(passport)
    query = select(_invitations).where(*mine).order_by(_invitations.c.created_at.desc())
    with database.read() as connection:
        return [_opened(passport, row) for row in connection.execute(query)]


def get_invitation(
    database: Database, passport: UnlockedPassport, invitation_id: str
) -> Invitation:
    """One of the owner's invitations. Raises UnknownInvitation."""
    passport.access.require_owner()
    with database.read() as connection:
        return _find(connection, passport, invitation_id)


def cancel_invitation(database: Database, passport: UnlockedPassport, invitation_id: str) -> None:
    """Its code does not work any more. Raises UnknownInvitation."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        found = _find(connection, passport, invitation_id)
        _delete(connection, passport.passport_id, invitation_id)
        record(connection, passport, "supporter-invitation-cancelled", name=found.terms.name)


def show_invitation(database: Database, own: UnlockedPassport, code: str) -> SupporterTerms:
    """What the invitation with this code is for, before it is accepted.

    Raises MistypedCode, UnknownInvitation or OwnInvitation.
    """
    own.access.require_owner()
    secret = InvitationSecret.from_code(code)
    with database.read() as connection:
        row = _by_secret(connection, secret)
    return _opened(_owners(database, own, secret, row), row).terms


def accept_invitation(
    database: Database, own: UnlockedPassport, code: str, called: str
) -> Supporter:
    """Become a supporter, at once. `called` is the name that the owner sees beside hers.

    Raises MistypedCode, UnknownInvitation, OwnInvitation, AlreadySupporting or TermsNotUsable.
    """
    own.access.require_owner()
    secret = InvitationSecret.from_code(code)
    with database.write() as connection:
        row = _by_secret(connection, secret)
        owners = _owners(database, own, secret, row)
        lock_passport(connection, owners.passport_id)
        terms = _opened(owners, row).terms.checked()
        # Of two at once, one deletes it; the other finds nothing to delete.
        if not _delete(connection, owners.passport_id, row.invitation_id):
            raise UnknownInvitation
        added = add_supporter(connection, owners, own.passport_id, terms, called)
        acting = UnlockedPassport(owners.passport_id, owners.key, terms.access(added.supporter_id))
        record(connection, acting, "supporter-accepted", name=terms.name)
    return added


def decline_invitation(database: Database, own: UnlockedPassport, code: str) -> None:
    """Say no: the code does not work any more, and the owner sees it.

    Raises MistypedCode, UnknownInvitation or OwnInvitation.
    """
    own.access.require_owner()
    secret = InvitationSecret.from_code(code)
    with database.write() as connection:
        row = _by_secret(connection, secret)
        owners = _owners(database, own, secret, row)
        lock_passport(connection, owners.passport_id)
        name = _opened(owners, row).terms.name
        if not _delete(connection, owners.passport_id, row.invitation_id):
            raise UnknownInvitation
        record_by_service(connection, owners.passport_id, "supporter-declined", name=name)


def _by_secret(connection: Connection, secret: InvitationSecret) -> Row[Any]:
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
    return row


def _owners(
    database: Database, own: UnlockedPassport, secret: InvitationSecret, row: Row[Any]
) -> UnlockedPassport:
    if row.passport_id == own.passport_id:
        raise OwnInvitation
    try:
        key = secret.unwrap(
            row.wrapped_key,
            row.passport_id,
            row.invitation_id,
            _about(row.kind, row.expires_at),
            database.erasure_keys.find(row.passport_id),
        )
    except CannotOpen:
        raise UnknownInvitation from None
    return UnlockedPassport(row.passport_id, key)


def _about(kind: str, expires_at: int) -> str:
    return f"{kind} {expires_at}"


def _find(connection: Connection, passport: UnlockedPassport, invitation_id: str) -> Invitation:
    if not is_id(invitation_id):
        raise UnknownInvitation
    query = select(_invitations).where(
        *_mine(passport), _invitations.c.invitation_id == invitation_id
    )
    row = connection.execute(query).first()
    if row is None:
        raise UnknownInvitation
    return _opened(passport, row)


def _mine(passport: UnlockedPassport):  # type: ignore[no-untyped-def]
    return _invitations.c.passport_id == passport.passport_id, _invitations.c.kind == KIND


def _delete(connection: Connection, passport_id: str, invitation_id: str) -> bool:
    deleted = connection.execute(
        delete(_invitations).where(
            _invitations.c.passport_id == passport_id,
            _invitations.c.invitation_id == invitation_id,
        )
    )
    return deleted.rowcount == 1


def _opened(passport: UnlockedPassport, row: Row[Any]) -> Invitation:
    text = passport.open(labels.INVITATION_TERMS, row.invitation_id, row.sealed_terms)
    values = json.loads(text)
    terms = SupporterTerms.from_dict(values)
    return Invitation(row.invitation_id, terms, values["code"], row.expires_at)
