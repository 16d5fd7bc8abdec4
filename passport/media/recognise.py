"""Which kind of file some bytes are, by what is in them. A name or a stated type proves nothing."""

import re

from passport.media import kinds
from passport.media.kinds import MediaRefused

# The first bytes of each kind, by the formats' own specifications.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"OggS", "ogg"),
    (b"\x1a\x45\xdf\xa3", "webm"),
    (b"ID3", "mp3"),
    (b"%PDF-", "pdf"),
)
_IN_RIFF = {b"WEBP": "webp", b"WAVE": "wav"}
_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
_MARKUP = re.compile(rb"<\s*(!doctype|!entity|html|svg|script|body|head|iframe|\?xml|\?php)", re.I)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_LOOKED_AT = 64 * 1024


def recognise(content: bytes) -> str:
    """The format's short name. Raises MediaRefused for what we don't take."""
    if not content:
        raise MediaRefused(kinds.EMPTY)
    for beginning, name in _BEGINNINGS:
        if content.startswith(beginning):
            return name
    if content[:4] == b"RIFF" and content[8:12] in _IN_RIFF:
        return _IN_RIFF[content[8:12]]
    if content[4:8] == b"ftyp":
        return "heif" if content[8:12] in _HEIF_BRANDS else "mp4"
    if len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2:
        return "mp3"
    return _text_or_refused(content)


def _text_or_refused(content: bytes) -> str:
    if _MARKUP.search(content[:_LOOKED_AT]):
        raise MediaRefused(kinds.CAN_ACT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MediaRefused(kinds.NOT_KNOWN) from None
    if _CONTROLS.search(text):
        raise MediaRefused(kinds.NOT_KNOWN)
    return "text"
