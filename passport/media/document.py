"""Documents: a PDF rewritten with its pages alone, and plain text."""

import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from passport.media import jpeg_2000_in_pdf, jpeg_in_pdf, kinds
from passport.media.kinds import Cleaned, MediaRefused

MOST_PAGES = 100
MOST_OBJECTS = 200_000
# Keys that start something, hold a file, or say where and when a page was made (ISO 32000).
_ACTS = ("/A", "/AA", "/PA", "/JS", "/JavaScript", "/OpenAction", "/URI", "/Next", "/Rendition")
_HIDES = ("/EF", "/EmbeddedFiles", "/AF", "/Metadata", "/PieceInfo", "/LastModified", "/XFA")
_PICTURES = {
    "/DCTDecode": jpeg_in_pdf.without_metadata,
    "/JPXDecode": jpeg_2000_in_pdf.without_metadata,
}
_SAFE_NOTES = frozenset(("/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Ink"))
_FURTHER_SAFE_NOTES = frozenset(("/Line", "/Square", "/Circle", "/Stamp", "/Widget"))


def clean_pdf(content: bytes) -> Cleaned:
    """The pages, without scripts, actions, forms, files inside or who made it when.

    Raises MediaRefused.
    """
    try:
        with Pdf.open(io.BytesIO(content)) as found, Pdf.new() as made:
            if len(found.pages) > MOST_PAGES:
                raise MediaRefused(kinds.TOO_MANY_PAGES)
            if not len(found.pages):
                raise MediaRefused(kinds.BROKEN)
            # Only pages go over: what hangs from the catalogue stays behind.
            made.pages.extend(found.pages)
            _strip(made)
            out = io.BytesIO()
            # What is compressed stays so: a few bytes can stand for more than any memory holds.
            made.save(
                out,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    except pikepdf.PasswordError:
        raise MediaRefused(kinds.LOCKED) from None
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        raise MediaRefused(kinds.BROKEN) from None
    return Cleaned("application/pdf", out.getvalue())


def clean_text(content: bytes) -> Cleaned:
    """The words, in UTF-8 with plain line ends."""
    text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    return Cleaned("text/plain", text.encode())


def _strip(made: Pdf) -> None:
    if len(made.objects) > MOST_OBJECTS:
        raise MediaRefused(kinds.TOO_HARD)
    for page in made.pages:
        if Name.Annots in page.obj:
            page.obj.Annots = made.make_indirect(Array(list(filter(_is_safe, page.obj.Annots))))
    for one in made.objects:
        _strip_one(one)


def _is_safe(note: Any) -> bool:
    return str(note.get("/Subtype", "")) in _SAFE_NOTES | _FURTHER_SAFE_NOTES


def _strip_one(one: Any, depth: int = 0) -> None:
    if depth > 50:
        raise MediaRefused(kinds.TOO_HARD)
    if isinstance(one, Array):
        within = list(one)
    elif isinstance(one, Dictionary | Stream):
        for key in (*_ACTS, *_HIDES):
            if key in one:
                del one[key]
        if isinstance(one, Stream):
            _strip_picture(one)
        within = [value for _, value in one.items()]
    else:
        return
    for value in within:
        # What has a number of its own is met by itself.
        if isinstance(value, Array | Dictionary) and not value.is_indirect:
            _strip_one(value, depth + 1)


def _strip_picture(stream: Stream) -> None:
    """A photo inside a page may say where it was taken, as one alone may."""
    *wrapped, last = _filters(stream) or [""]
    without_metadata = _PICTURES.get(last)
    if without_metadata is None:
        return
    if wrapped:
        # Many programs write a photo once more as letters, or compress it once more.
        stream.write(stream.read_raw_bytes(), filter=Array(list(map(Name, wrapped))))
    picture = stream.read_bytes() if wrapped else stream.read_raw_bytes()
    stream.write(without_metadata(picture), filter=Name(last))


def _filters(stream: Stream) -> list[str]:
    found = stream.get("/Filter")
    return [str(one) for one in found] if isinstance(found, Array) else [str(found or "")]
