"""A supporter's key slot: opened by the private key of the supporter's own passport.

A fresh slot key is boxed (HPKE) to the supporter's public key and wraps the passport key, so that
like every slot it needs the passport's erasure key too.
"""

import os

from passport.crypto import labels
from passport.crypto.derivation import KEY_BYTES, derive_key
from passport.crypto.envelope import CannotOpen
from passport.crypto.hybrid_box import open_box, seal_to
from passport.crypto.key_slots import KeySlot, open_slot_with, slot_of_kind
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place


def supporter_slot(
    key: PassportKey, supporters_public_key: bytes, *, passport_id: str, slot_id: str
) -> KeySlot:
    """A slot that only the holder of the supporter's private key opens. Raises ValueError."""
    slot_key = os.urandom(KEY_BYTES)
    box = seal_to(supporters_public_key, slot_key, _place(passport_id, slot_id))
    wrapping_key = derive_key(slot_key, labels.SLOT_SUPPORTER)
    parameters = {"box": box.hex()}
    return slot_of_kind(key, wrapping_key, passport_id, slot_id, "supporter", parameters)


def open_as_supporter(slot: KeySlot, supporters_private_key: bytes) -> PassportKey:
    """The passport key out of a supporter's slot. Raises CannotOpen."""
    try:
        box = bytes.fromhex(slot.parameters["box"])
    except (KeyError, TypeError, ValueError):
        raise CannotOpen("the slot's parameters are damaged") from None
    slot_key = open_box(supporters_private_key, box, _place(slot.passport_id, slot.slot_id))
    return open_slot_with(slot, "supporter", derive_key(slot_key, labels.SLOT_SUPPORTER))


def _place(passport_id: str, slot_id: str) -> Place:
    return Place(labels.SLOT_SUPPORTER_BOX, passport_id, slot_id)
