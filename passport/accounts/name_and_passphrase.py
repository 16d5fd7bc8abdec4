"""A sign-in name, which several people may use, and a passphrase, which tells them apart.

The passphrase is stretched once for all passports of a name: a name that nobody has, one that
one person has, and one that many have cost the same.
"""

import json
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from passport.accounts import slots
from passport.accounts.rules import check_passphrase
from passport.accounts.sign_in_names import sign_in_name
from passport.crypto import key_slots
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, open_slot_with, slot_of_kind
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.identifiers import new_id


class NameAndPassphrase:
    """What somebody typed; `name` is normalized. Keeps what was stretched, for one request."""

    def __init__(self, pepper: Pepper, cost: Argon2Parameters, name: str, passphrase: str) -> None:
        self.lookup = pepper.name_lookup(name)
        self._passphrase = passphrase
        self._todays = key_slots.stretching(cost, pepper.name_salt(name))
        self._stretched: dict[str, bytes] = {}

    def find(self, connection: Connection, database: Database) -> list[KeySlot]:
        """The passphrase slots of every passport of this name, oldest first."""
        return slots.find_slots(connection, database.erasure_keys, self.lookup, "passphrase")

    def stretch_for(self, found: list[KeySlot]) -> None:
        """Do the slow work before any transaction: once for each salt and cost among the slots.

        Slots of the time before names had a salt have salts of their own.
        """
        for parameters in [slot.parameters for slot in found] or [self._todays]:
            with suppress(CannotOpen):
                self._wrapping_key(parameters)

    def opened(self, found: list[KeySlot]) -> tuple[KeySlot, UnlockedPassport] | None:
        """The first of these slots that the passphrase opens, and its passport."""
        for slot in found:
            try:
                key = open_slot_with(slot, "passphrase", self._wrapping_key(slot.parameters))
            except CannotOpen:
                continue
            return slot, UnlockedPassport(slot.passport_id, key)
        return None

    def is_of_today(self, slot: KeySlot) -> bool:
        """Whether a slot was made at today's cost, with its name's salt."""
        return slot.parameters == self._todays

    def new_slot(self, passport: UnlockedPassport) -> KeySlot:
        """A slot that this passphrase opens, not stored yet. Slow unless stretched before."""
        wrapping_key = self._wrapping_key(self._todays)
        passport_id, slot_id = passport.passport_id, new_id()
        return slot_of_kind(
            passport.key, wrapping_key, passport_id, slot_id, "passphrase", self._todays
        )

    def _wrapping_key(self, parameters: dict[str, Any]) -> bytes:
        which = json.dumps(parameters, sort_keys=True)
        if which not in self._stretched:
            self._stretched[which] = key_slots.passphrase_key(self._passphrase, parameters)
        return self._stretched[which]


def new_passphrase_slot(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    passport: UnlockedPassport,
    passphrase: str,
) -> KeySlot:
    """A slot for the owner's new passphrase, not stored yet. Raises WeakPassphrase.

    Slow: make it outside any transaction.
    """
    passport.access.require_owner()
    name = sign_in_name(database, passport)
    check_passphrase(passphrase, name)
    return NameAndPassphrase(pepper, cost, name, passphrase).new_slot(passport)
