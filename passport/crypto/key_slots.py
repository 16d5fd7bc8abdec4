"""Key slots: each one way for one holder to reach the passport key, like a disk's header.

A slot's kind and parameters are bound into its wrapped key, so that they can't be weakened.
"""

import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Literal

from passport.crypto import labels
from passport.crypto.derivation import derive_key
from passport.crypto.envelope import CannotOpen
from passport.crypto.owner_card import CardSecret
from passport.crypto.passphrase import Argon2Parameters, stretch
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place

SlotKind = Literal[
    "passphrase", "recovery-code", "owner-card", "passkey", "supporter", "recovery-helpers"
]
SALT_BYTES = 16
# The same for everybody: each passkey has a secret of its own, and which passkey will answer is
# not known when it is asked (Web Authentication Level 3, section 10.1.4).
PASSKEY_PRF_INPUT = sha256(labels.PASSKEY_PRF.encode()).digest()
PASSKEY_PRF_BYTES = 32


@dataclass(frozen=True)
class KeySlot:
    """One stored slot. `parameters` is what its kind needs to be opened, and is no secret."""

    passport_id: str
    slot_id: str
    kind: SlotKind
    parameters: dict[str, Any]
    wrapped_key: bytes
    erasure_key: bytes | None = field(default=None, repr=False)


def _place(passport_id: str, slot_id: str, kind: str, parameters: dict[str, Any]) -> Place:
    detail = kind + json.dumps(parameters, sort_keys=True, separators=(",", ":"))
    return Place(labels.SLOT_WRAP, passport_id, slot_id, detail=detail)


def _wrap(
    key: PassportKey,
    wrapping_key: bytes,
    passport_id: str,
    slot_id: str,
    kind: SlotKind,
    parameters: dict[str, Any],
) -> KeySlot:
    place = _place(passport_id, slot_id, kind, parameters)
    wrapped = key.wrapped(wrapping_key, place)
    return KeySlot(passport_id, slot_id, kind, parameters, wrapped, key.erasure_key)


def _unwrap(slot: KeySlot, wrapping_key: bytes) -> PassportKey:
    place = _place(slot.passport_id, slot.slot_id, slot.kind, slot.parameters)
    return PassportKey.unwrapped(wrapping_key, slot.wrapped_key, place, slot.erasure_key)


def stretching(cost: Argon2Parameters, salt: bytes) -> dict[str, Any]:
    """The parameters of a slot whose secret somebody types: what a guess costs, and the salt."""
    return {"argon2id": cost.as_dict(), "salt": salt.hex()}


def _new_stretching(cost: Argon2Parameters) -> dict[str, Any]:
    return stretching(cost, os.urandom(SALT_BYTES))


def _stretched(typed: str, parameters: dict[str, Any]) -> bytes:
    try:
        cost = Argon2Parameters(**parameters["argon2id"])
        return stretch(typed, bytes.fromhex(parameters["salt"]), cost)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise CannotOpen("the slot's parameters are damaged") from None


def passphrase_key(passphrase: str, parameters: dict[str, Any]) -> bytes:
    """The slow half of a passphrase slot: its wrapping key. Raises CannotOpen.

    The same for all slots with the same parameters.
    """
    return derive_key(_stretched(passphrase, parameters), labels.SLOT_PASSPHRASE)


def passphrase_slot(
    key: PassportKey, passphrase: str, cost: Argon2Parameters, *, passport_id: str, slot_id: str
) -> KeySlot:
    """A slot of its own salt. Takes as long as `cost` says (about 0.1 s)."""
    parameters = _new_stretching(cost)
    wrapping_key = passphrase_key(passphrase, parameters)
    return _wrap(key, wrapping_key, passport_id, slot_id, "passphrase", parameters)


def open_with_passphrase(slot: KeySlot, passphrase: str) -> PassportKey:
    """The passport key out of a passphrase slot. Raises CannotOpen."""
    return _unwrap(_of_kind(slot, "passphrase"), passphrase_key(passphrase, slot.parameters))


def recovery_slot(
    key: PassportKey, recovery_secret: bytes, *, passport_id: str, slot_id: str
) -> KeySlot:
    """A slot that a recovery code's secret opens: random, so it needs no stretching."""
    wrapping_key = derive_key(recovery_secret, labels.SLOT_RECOVERY_CODE)
    return _wrap(key, wrapping_key, passport_id, slot_id, "recovery-code", {})


def open_with_recovery_secret(slot: KeySlot, recovery_secret: bytes) -> PassportKey:
    """The passport key out of a recovery-code slot. Raises CannotOpen."""
    wrapping_key = derive_key(recovery_secret, labels.SLOT_RECOVERY_CODE)
    return _unwrap(_of_kind(slot, "recovery-code"), wrapping_key)


def card_slot(
    key: PassportKey,
    card: CardSecret,
    pin: str,
    cost: Argon2Parameters,
    *,
    passport_id: str,
    slot_id: str,
) -> KeySlot:
    """A slot that the owner card opens with its PIN. Takes as long as `cost` says."""
    parameters = _new_stretching(cost)
    wrapping_key = card.wrapping_key(_stretched(pin, parameters))
    return _wrap(key, wrapping_key, passport_id, slot_id, "owner-card", parameters)


def card_wrapping_key(slot: KeySlot, card: CardSecret, pin: str) -> bytes:
    """The slow half of opening a card's slot, to do before its row is locked. Raises CannotOpen."""
    return card.wrapping_key(_stretched(pin, slot.parameters))


def open_card(slot: KeySlot, wrapping_key: bytes) -> PassportKey:
    """The quick half: the passport key out of a card's slot. Raises CannotOpen."""
    return _unwrap(_of_kind(slot, "owner-card"), wrapping_key)


def slot_of_kind(
    key: PassportKey,
    wrapping_key: bytes,
    passport_id: str,
    slot_id: str,
    kind: SlotKind,
    parameters: dict[str, Any],
) -> KeySlot:
    """A slot under a 32-byte key that the caller derived, for kinds that live in a file alone."""
    return _wrap(key, wrapping_key, passport_id, slot_id, kind, parameters)


def open_slot_with(slot: KeySlot, kind: SlotKind, wrapping_key: bytes) -> PassportKey:
    """The passport key out of a slot that `slot_of_kind` made. Raises CannotOpen."""
    return _unwrap(_of_kind(slot, kind), wrapping_key)


def passkey_slot(
    key: PassportKey,
    prf_output: bytes,
    parameters: dict[str, Any],
    *,
    passport_id: str,
    slot_id: str,
) -> KeySlot:
    """A slot that a passkey opens: by what its PRF answers to PASSKEY_PRF_INPUT (32 bytes)."""
    wrapping_key = derive_key(prf_output, labels.SLOT_PASSKEY)
    return _wrap(key, wrapping_key, passport_id, slot_id, "passkey", parameters)


def open_with_passkey(slot: KeySlot, prf_output: bytes) -> PassportKey:
    """The passport key out of a passkey's slot. Raises CannotOpen."""
    return _unwrap(_of_kind(slot, "passkey"), derive_key(prf_output, labels.SLOT_PASSKEY))


def _of_kind(slot: KeySlot, kind: SlotKind) -> KeySlot:
    if slot.kind != kind:
        raise CannotOpen(f"not a {kind} slot")
    return slot
