"""A secret in pieces: some of them give it back, one fewer tells nothing of it.

Shamir's sharing as SLIP-0039 writes it down, by its authors' library. The pieces are texts of
twenty words and more, which check themselves.
"""

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from passport.crypto.derivation import KEY_BYTES
from passport.crypto.envelope import CannotOpen

# SLIP-0039 stretches a passphrase beside the pieces. We use none, so stretching buys nothing.
_LEAST_STRETCHING = 0


def split(secret: bytes, needed: int, count: int) -> list[str]:
    """`count` pieces of a 32-byte secret, of which any `needed` give it back.

    Raises ValueError if no secret can be split so; one needed of several is no splitting.
    """
    if len(secret) != KEY_BYTES:
        raise ValueError("a secret to split has 32 bytes")
    groups = [(needed, count)]
    pieces: list[str]
    (pieces,) = generate_mnemonics(1, groups, secret, iteration_exponent=_LEAST_STRETCHING)
    return pieces


def join(pieces: Sequence[str]) -> bytes:
    """The secret of exactly as many pieces as are needed, in any order. Raises CannotOpen."""
    try:
        secret: bytes = combine_mnemonics(pieces)
    except (MnemonicError, ValueError):
        raise CannotOpen("too few pieces, or pieces of different secrets") from None
    return secret
