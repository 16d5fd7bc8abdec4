"""Passkeys: add one that a device keeps, and from then on it opens the passport.

The device signs a challenge, which proves that it is there; the key that opens the passport comes
from its PRF, which answers only after the device has recognised its owner (Web Authentication
Level 3, section 10.1.4).
"""

import json
import secrets
from hashlib import sha256

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError
from webauthn import generate_registration_options
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from passport.accounts import passkey_challenges, slots
from passport.accounts.passkey_answers import (
    PasskeyAnswer,
    PasskeySite,
    answered_challenge,
    check_new,
    parse_new,
)
from passport.accounts.passkey_errors import PasskeyKnown
from passport.accounts.ways_in import LONGEST_NAME, check_room_for, ways_in
from passport.activity.record import record
from passport.crypto import key_slots
from passport.crypto.key_slots import PASSKEY_PRF_INPUT, KeySlot
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.storage.passport_lock import lock_passport

SERVICE = "Story Passport"
_HANDLE_BYTES = 32
_MILLISECONDS = 1000


def adding_options(
    database: Database, passport: UnlockedPassport, site: PasskeySite, name: str
) -> str:
    """What the browser's `navigator.credentials.create()` is asked, as JSON. `name` is shown by
    the device too. Raises NotPermitted.

    The handle is random and kept nowhere: a device learns nothing of the passport, and a new
    passkey never takes an older one's place. Devices that have one already are named, so that
    they make no second.
    """
    passport.access.require_owner()
    challenge = passkey_challenges.new_challenge(database, _purpose(passport))
    options = generate_registration_options(
        rp_id=site.rp_id,
        rp_name=SERVICE,
        user_id=secrets.token_bytes(_HANDLE_BYTES),
        user_name=name[:LONGEST_NAME] or SERVICE,
        challenge=challenge,
        timeout=passkey_challenges.VALID_SECONDS * _MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=found) for found in _credentials(database, passport)
        ],
    )
    return with_prf(options_to_json_dict(options))


def add_passkey(
    database: Database,
    passport: UnlockedPassport,
    site: PasskeySite,
    name: str,
    answer: PasskeyAnswer,
) -> None:
    """Keep a new passkey as a way in. Its PRF output is used here and kept nowhere.

    Raises NotPermitted, PasskeyCantLock, PasskeyAnswerDamaged, PasskeyFromElsewhere,
    PasskeyTooLate, PasskeyKnown or TooManyWaysIn.
    """
    passport.access.require_owner()
    prf_output, credential = answer.prf_output(), parse_new(answer)
    challenge = answered_challenge(credential, site)
    passkey_challenges.use_challenge(database, _purpose(passport), challenge)
    checked = check_new(credential, challenge, site)
    slot = key_slots.passkey_slot(
        passport.key,
        prf_output,
        {"credential_id": bytes_to_base64url(checked.credential_id), "rp_id": site.rp_id},
        passport_id=passport.passport_id,
        slot_id=new_id(),
    )
    try:
        with database.write() as connection:
            lock_passport(connection, passport.passport_id)
            check_room_for(ways_in(connection, passport), "passkey")
            sealed = slots.sealed_name(passport, slot.slot_id, name)
            slots.store_slot(connection, slot, sealed_name=sealed)
            _store(connection, slot, checked)
            record(connection, passport, "passkey-added", name=name)
    except IntegrityError:
        raise PasskeyKnown from None


def credential_lookup(credential_id: bytes) -> bytes:
    """What a passkey's row is found by. Its device made the id at random, so it needs no key."""
    return sha256(credential_id).digest()


def with_prf(options: dict[str, object]) -> str:
    """Options as JSON that also ask for the PRF output."""
    first = bytes_to_base64url(PASSKEY_PRF_INPUT)
    return json.dumps({**options, "extensions": {"prf": {"eval": {"first": first}}}})


def _purpose(passport: UnlockedPassport) -> str:
    return passkey_challenges.adding(passport.passport_id)


def _credentials(database: Database, passport: UnlockedPassport) -> list[bytes]:
    rows = tables.key_slots.c
    query = select(rows.parameters).where(
        rows.passport_id == passport.passport_id, rows.kind == "passkey"
    )
    with database.read() as connection:
        found = connection.execute(query).scalars().all()
    return [base64url_to_bytes(parameters["credential_id"]) for parameters in found]


def _store(connection: Connection, slot: KeySlot, checked: VerifiedRegistration) -> None:
    connection.execute(
        insert(tables.passkeys).values(
            credential_lookup=credential_lookup(checked.credential_id),
            passport_id=slot.passport_id,
            slot_id=slot.slot_id,
            public_key=checked.credential_public_key,
            sign_count=checked.sign_count,
        )
    )
