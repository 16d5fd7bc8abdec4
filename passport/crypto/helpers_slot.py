"""The key slot that recovery helpers open together: under a secret that is only there in pieces."""

import os
from dataclasses import dataclass
from typing import Any

from passport.crypto import labels
from passport.crypto.derivation import KEY_BYTES, derive_key
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, open_slot_with, slot_of_kind
from passport.crypto.passport_key import PassportKey
from passport.crypto.split_secret import join, split

_NEEDED = {1: 1, 2: 2, 3: 2}
MOST_HELPERS = len(_NEEDED)
_HOUR = 60 * 60


@dataclass(frozen=True)
class HelpersRule:
    """How many helpers are needed, and how long the owner has to say no. Bound into the slot."""

    needed: int
    wait_hours: int

    @property
    def wait_seconds(self) -> int:
        """The waiting time in seconds."""
        return self.wait_hours * _HOUR

    @classmethod
    def of(cls, slot: KeySlot) -> "HelpersRule":
        """A slot's rule. Raises CannotOpen if there is none in it that makes sense."""
        try:
            rule = cls(int(slot.parameters["needed"]), int(slot.parameters["wait_hours"]))
        except (KeyError, TypeError, ValueError):
            raise CannotOpen("the slot's parameters are damaged") from None
        return rule

    def _as_parameters(self) -> dict[str, Any]:
        return {"needed": self.needed, "wait_hours": self.wait_hours}


def needed_of(count: int) -> int:
    """How many of so many helpers are needed: all of one or two, two of three."""
    return _NEEDED[count]


def helpers_slot(
    key: PassportKey, count: int, wait_hours: int, *, passport_id: str, slot_id: str
) -> tuple[KeySlot, list[str]]:
    """A slot under a fresh secret, and that secret's `count` pieces: nothing else is kept of it."""
    rule, secret = HelpersRule(needed_of(count), wait_hours), os.urandom(KEY_BYTES)
    slot = slot_of_kind(
        key,
        derive_key(secret, labels.SLOT_RECOVERY_HELPERS),
        passport_id,
        slot_id,
        "recovery-helpers",
        rule._as_parameters(),
    )
    return slot, split(secret, rule.needed, count)


def open_with_pieces(slot: KeySlot, pieces: list[str]) -> PassportKey:
    """The passport key, if there are enough pieces of the slot's secret. Raises CannotOpen."""
    secret = join(pieces[: HelpersRule.of(slot).needed])
    return open_slot_with(
        slot, "recovery-helpers", derive_key(secret, labels.SLOT_RECOVERY_HELPERS)
    )
