"""Hide exact lengths: plaintext is filled up to a bucket before it is sealed.

Buckets are multiples of 256 bytes, and wider for longer texts, so that a length never tells
more than its top four bits and padding never costs more than an eighth of a long text.
"""

import struct
import zlib

SMALLEST_STEP = 256
_MARK = b"\x80"
_RAW_DEFLATE = -15
_STORED_HEAD, _MOST_STORED = 5, 0xFFFF


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

    What fills it up is white space after the text, in blocks that are stored as they are: they
    are as long as is wished, to the byte.
    """
    packer = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, _RAW_DEFLATE)
    packed = packer.compress(document) + packer.flush(zlib.Z_SYNC_FLUSH)
    return packed + _stored_spaces(bucket_size(len(packed) + _STORED_HEAD) - len(packed))


def _stored_spaces(length: int) -> bytes:
    """The last blocks of a raw DEFLATE text: `length` bytes, of spaces as they are (3.2.4)."""
    count = -(-length // (_STORED_HEAD + _MOST_STORED))
    spaces = length - count * _STORED_HEAD
    blocks = []
    for left in reversed(range(count)):
        size = min(spaces, _MOST_STORED)
        spaces -= size
        blocks.append(struct.pack("<BHH", not left, size, size ^ _MOST_STORED) + b" " * size)
    return b"".join(blocks)
