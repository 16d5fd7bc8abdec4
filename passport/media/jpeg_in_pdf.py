"""A JPEG inside a PDF without its metadata, and without decoding its pixels."""

_START = b"\xff\xd8"
_SCAN = 0xDA
_LONE = frozenset({0x01, *range(0xD0, 0xD9)})
# JFIF, and Adobe's mark of how colours are kept: both are needed to show it rightly.
_KEPT_APPS = frozenset((0xE0, 0xEE))
_APPS, _COMMENT = range(0xE0, 0xF0), 0xFE


def without_metadata(jpeg: bytes) -> bytes:
    """The same picture; what is no JPEG (ISO 10918-1, Annex B) comes back empty."""
    if not jpeg.startswith(_START):
        return b""
    kept, at = [_START], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == _SCAN:
            return b"".join([*kept, jpeg[at:]])
        if marker in _LONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if not _says_more_than_the_picture(marker):
            kept.append(jpeg[at:end])
        at = end
    return b""


def _says_more_than_the_picture(marker: int) -> bool:
    return marker == _COMMENT or (marker in _APPS and marker not in _KEPT_APPS)
