"""Sign in with a passkey: no name is asked, and every wrong passkey gets the same answer."""

from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import NoResultFound
from webauthn import generate_authentication_options
from webauthn.helpers import encode_cbor, options_to_json_dict
from webauthn.helpers.structs import UserVerificationRequirement

from passport.accounts import passkey_challenges, slots
from passport.accounts.errors import WrongPassphrase
from passport.accounts.passkey_answers import (
    PasskeyAnswer,
    PasskeySite,
    answered_challenge,
    check_known,
    parse_known,
)
from passport.accounts.passkey_errors import WrongPasskey
from passport.accounts.passkeys import credential_lookup, with_prf
from passport.accounts.prove import keep_proof, session_to_prove
from passport.accounts.sessions import start_session
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, open_with_passkey
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

_passkeys = tables.passkeys


@dataclass(frozen=True)
class _Found:
    slot: KeySlot | None
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class _Opened:
    """A passport that a passkey has opened, and what is to be kept of that."""

    passport: UnlockedPassport
    slot: KeySlot
    lookup: bytes
    old_count: int
    new_count: int


def signing_in_options(database: Database, site: PasskeySite) -> str:
    """What the browser's `navigator.credentials.get()` is asked, as JSON: the same for everybody.

    It names no passkeys, so the device offers those that it has for this service.
    """
    options = generate_authentication_options(
        rp_id=site.rp_id,
        challenge=passkey_challenges.new_challenge(database, passkey_challenges.SIGNING_IN),
        timeout=passkey_challenges.VALID_SECONDS * 1000,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return with_prf(options_to_json_dict(options))


def sign_in_with_passkey(
    database: Database, site: PasskeySite, answer: PasskeyAnswer, device: str = ""
) -> str:
    """Open a passport. Returns the session cookie's value; `device` is kept with the session.

    Raises PasskeyCantLock, PasskeyFromElsewhere, PasskeyTooLate or WrongPasskey.
    """
    opened = _open(database, site, answer)
    with database.write() as connection:
        _keep(connection, opened)
        return start_session(connection, opened.passport, device, N_("a passkey"))


def prove_with_passkey(
    database: Database, site: PasskeySite, cookie: str | None, answer: PasskeyAnswer
) -> str:
    """Prove by a passkey of the session's own passport. Returns the new cookie's value.

    Raises as signing in does.
    """
    opened, session = _open(database, site, answer), session_to_prove(database, cookie)
    passport = opened.passport
    if session is None or passport.passport_id != session.passport_id:
        raise WrongPasskey
    with database.write() as connection:
        _keep(connection, opened)
        try:
            return keep_proof(connection, cookie, passport.passport_id, passport.key)
        except WrongPassphrase:
            raise WrongPasskey from None


def _open(database: Database, site: PasskeySite, answer: PasskeyAnswer) -> _Opened:
    prf_output, credential = answer.prf_output(), parse_known(answer)
    challenge = answered_challenge(credential, site)
    passkey_challenges.use_challenge(database, passkey_challenges.SIGNING_IN, challenge)
    lookup = credential_lookup(credential.raw_id)
    found = _find(database, lookup)
    checked = check_known(credential, challenge, site, found.public_key, found.sign_count)
    if found.slot is None:
        raise WrongPasskey
    try:
        key = open_with_passkey(found.slot, prf_output)
    except CannotOpen:
        raise WrongPasskey from None
    passport = UnlockedPassport(found.slot.passport_id, key)
    return _Opened(passport, found.slot, lookup, found.sign_count, checked.new_sign_count)


def _find(database: Database, lookup: bytes) -> _Found:
    key_slots = tables.key_slots
    query = (
        select(key_slots, _passkeys.c.public_key, _passkeys.c.sign_count)
        .join(
            key_slots,
            (key_slots.c.passport_id == _passkeys.c.passport_id)
            & (key_slots.c.slot_id == _passkeys.c.slot_id),
        )
        .where(_passkeys.c.credential_lookup == lookup)
    )
    with database.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        return _Found(None, _decoy_public_key(), 0)
    erasure_key = database.erasure_keys.find(row.passport_id)
    slot = KeySlot(
        row.passport_id, row.slot_id, row.kind, row.parameters, row.wrapped_key, erasure_key
    )
    return _Found(slot, row.public_key, row.sign_count)


def _keep(connection: Connection, opened: _Opened) -> None:
    """Count this use, unless the passkey was removed or used at another place meanwhile."""
    try:
        lock_passport(connection, opened.passport.passport_id)
    except NoResultFound:
        raise WrongPasskey from None
    mine = (
        _passkeys.c.credential_lookup == opened.lookup,
        _passkeys.c.sign_count == opened.old_count,
    )
    counted = connection.execute(update(_passkeys).where(*mine).values(sign_count=opened.new_count))
    if counted.rowcount != 1:
        raise WrongPasskey
    slots.mark_used(connection, opened.slot)


@cache
def _decoy_public_key() -> bytes:
    """A key that nobody has the other half of: checking against it costs what a real one costs."""
    numbers = generate_private_key(SECP256R1()).public_key().public_numbers()
    x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
    # COSE_Key of an ES256 key (RFC 9053, section 7.1).
    return encode_cbor({1: 2, 3: -7, -1: 1, -2: x, -3: y})
