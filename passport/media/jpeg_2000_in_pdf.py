"""A JPEG 2000 picture inside a PDF without its metadata, and without decoding its pixels."""

_CODESTREAM = b"\xff\x4f\xff\x51"
_HEADER, _LONG_HEADER = 8, 16
# Where cameras and programs write who, when and where: XMP and Exif stand in these boxes.
_SAY_MORE = frozenset((b"uuid", b"uinf", b"xml "))


def without_metadata(picture: bytes) -> bytes:
    """The same picture; what is no JPEG 2000 (ISO 15444-1, Annex I) comes back empty."""
    if picture.startswith(_CODESTREAM):
        return picture
    kept, at = [], 0
    while at < len(picture):
        length = _length_at(picture, at)
        if not _HEADER <= length <= len(picture) - at:
            return b""
        if picture[at + 4 : at + 8] not in _SAY_MORE:
            kept.append(picture[at : at + length])
        at += length
    return b"".join(kept)


def _length_at(picture: bytes, at: int) -> int:
    length = int.from_bytes(picture[at : at + 4], "big")
    if length == 0:
        return len(picture) - at
    if length == 1:
        return int.from_bytes(picture[at + _HEADER : at + _LONG_HEADER], "big")
    return length
