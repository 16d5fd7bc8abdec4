"""A JPEG inside a PDF without its metadata, and without decoding its pixels."""

import re

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SCAN, _LAST = 0xDA, 0xD9
_LONE = frozenset({0x01, *range(0xD0, 0xD9)})
# JFIF, and Adobe's mark of how colours are kept: both are needed to show it rightly.
_KEPT_APPS = frozenset((0xE0, 0xEE))
_APPS, _COMMENT = range(0xE0, 0xF0), 0xFE
# Inside a scan, what looks like a marker is followed by 0 or says where to begin again.
_AFTER_SCAN = re.compile(b"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)


def without_metadata(jpeg: bytes) -> bytes:
    """The same picture; what is no JPEG (ISO 10918-1, Annex B) comes back empty.

    It ends where the picture does: phones put further pictures behind it, each with its place.
    """
    if not jpeg.startswith(_START):
        return b""
    kept, at, has_pixels = [_START], 2, False
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _LAST:
        marker = jpeg[at + 1]
        if marker in _LONE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        end = _end_of(jpeg, at, marker)
        if not _says_more_than_the_picture(marker):
            kept.append(jpeg[at:end])
        at, has_pixels = end, has_pixels or marker == _SCAN
    return b"".join([*kept, _END]) if has_pixels else b""


def _end_of(jpeg: bytes, at: int, marker: int) -> int:
    end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    if marker != _SCAN:
        return end
    found = _AFTER_SCAN.search(jpeg, end)
    return found.start() if found else len(jpeg)


def _says_more_than_the_picture(marker: int) -> bool:
    return marker == _COMMENT or (marker in _APPS and marker not in _KEPT_APPS)
