"""The help ticket: what somebody who is locked out holds while her helpers help her back in.

All of it comes from 160 random bits in her browser or on her paper: what the server finds the
ticket by, the key pair that helpers' pieces are sealed to, and the number that she reads to them.
"""

import os
import re
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from stdnum import damm

from passport.crypto import hybrid_box, labels, typed_code
from passport.crypto.derivation import derive_key

SECRET_BYTES = 20
NUMBER_DIGITS = 10


class MistypedNumber(ValueError):
    """A help number that can't be right: too few or many digits, or two of them swapped."""


@dataclass(frozen=True, repr=False)
class HelpTicket:
    """The secret of one ticket."""

    secret: bytes

    @classmethod
    def generate(cls) -> "HelpTicket":
        """A fresh ticket."""
        return cls(os.urandom(SECRET_BYTES))

    @classmethod
    def from_code(cls, typed: str) -> "HelpTicket":
        """The ticket of a code, from paper or a cookie. Raises MistypedCode."""
        return cls(typed_code.decode(typed, SECRET_BYTES))

    def to_code(self) -> str:
        """The ticket for paper: eight groups of five characters."""
        return typed_code.encode(self.secret)

    @property
    def lookup(self) -> bytes:
        """What the server finds the ticket's row by: 32 bytes that don't lead back here."""
        return derive_key(self.secret, labels.HELP_TICKET_LOOKUP)

    @property
    def number(self) -> str:
        """What she reads to a helper: nine digits and a check digit, which tell nothing else."""
        random = int.from_bytes(derive_key(self.secret, labels.HELP_NUMBER), "big")
        digits = f"{random % 10 ** (NUMBER_DIGITS - 1):0{NUMBER_DIGITS - 1}}"
        return digits + str(damm.calc_check_digit(digits))

    @property
    def private_key(self) -> bytes:
        """What opens the pieces that helpers sealed to this ticket."""
        length, label = hybrid_box.PRIVATE_KEY_BYTES, labels.HELP_TICKET_KEY
        kdf = HKDF(algorithm=SHA256(), length=length, salt=None, info=label.encode())
        return kdf.derive(self.secret)

    @property
    def public_key(self) -> bytes:
        """What helpers' pieces are sealed to."""
        return hybrid_box.public_key_of(self.private_key)


def read_number(typed: str) -> str:
    """The ten digits of a help number as somebody typed it. Raises MistypedNumber.

    Damm's check digit finds every wrong digit and every exchange of two neighbours.
    """
    digits = re.sub(r"[\s\-–—_.]+", "", typed)
    if not re.fullmatch(rf"[0-9]{{{NUMBER_DIGITS}}}", digits) or not damm.is_valid(digits):
        raise MistypedNumber
    return digits
