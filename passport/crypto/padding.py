"""Hide exact lengths: plaintext is filled up to a bucket before it is sealed.

Buckets are multiples of 256 bytes, and wider for longer texts, so that a length never tells
more than its top four bits and padding never costs more than an eighth of a long text.
"""

SMALLEST_STEP = 256
_MARK = b"\x80"


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
