"""Hide exact lengths: plaintext is filled up to a bucket before it is sealed.

Buckets are multiples of 256 bytes, and wider for longer texts, so that a length never tells
more than its top four bits and padding never costs more than an eighth of a long text.
"""

import secrets
import zlib
from bisect import bisect_left

SMALLEST_STEP = 256
_MARK = b"\x80"
_RAW_DEFLATE = -15
# JSON's white space (RFC 8259, section 2), each for a quarter of all bytes.
_AS_WHITE_SPACE = b" \t\n\r" * 64
# What is drawn at random packs to two bits for each character, and sometimes better.
_SPACES_FOR_EACH_BYTE = 8


def bucket_size(length: int) -> int:
    """The size in bytes that `length` bytes are filled up to."""
    step = max(SMALLEST_STEP, 1 << max(0, length.bit_length() - 4))
    return -(-max(length, 1) // step) * step


def pad(plaintext: bytes) -> bytes:
    """Plaintext with the mark 0x80 and zeros after it (ISO/IEC 7816-4), to a bucket's size."""
    marked = plaintext + _MARK
    return marked.ljust(bucket_size(len(marked)), b"\0")


def unpad(padded: bytes) -> bytes:
    """The plaintext that `pad` was given. Raises ValueError if there is no mark."""
    body, mark, rest = padded.rpartition(_MARK)
    if not mark or rest.strip(b"\0"):
        raise ValueError("padding is damaged")
    return body


def pad_json(document: bytes) -> bytes:
    """A JSON text filled up with spaces, which every JSON reader ignores (RFC 8259 section 2)."""
    return document.ljust(bucket_size(len(document)), b" ")


def packed_json(document: bytes) -> bytes:
    """Raw DEFLATE (RFC 1951) of a JSON text, whose own length is a bucket's.

    What fills it up is white space after the text, drawn at random so that it does not pack away.
    """
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, _RAW_DEFLATE)
    begun = packer.compress(document)
    without = len(_finished(packer, begun, b""))
    wanted = bucket_size(without)
    while True:
        space = _white_space(_SPACES_FOR_EACH_BYTE * (wanted - without + 8))
        # Each character adds a few bits; which one fills the last byte is found by halving.
        enough = bisect_left(
            range(len(space)), wanted, key=lambda n: len(_finished(packer, begun, space[:n]))
        )
        packed = _finished(packer, begun, space[:enough])
        if len(packed) == wanted:
            return packed
        # Now and then one character more is two bytes more: others are drawn.


def _finished(packer: "zlib._Compress", begun: bytes, rest: bytes) -> bytes:
    ending = packer.copy()
    return begun + ending.compress(rest) + ending.flush()


def _white_space(length: int) -> bytes:
    return secrets.token_bytes(length).translate(_AS_WHITE_SPACE)
