"""From what was sent to a file that is kept: cleaned, named, and in the shares it belongs to."""

from pathlib import PurePosixPath

from flask import g

from passport.media.clean import clean
from passport.media.kinds import Cleaned, MediaRefused
from passport.sharing.save_attachment import save_attachment
from passport.story.attachment import Attachment, AttachmentRefused, StoredAttachment
from passport.wiring import wiring

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "audio/mpeg": "mp3",
    "video/webm": "webm",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
_LONGEST_STEM = 100


def keep_file(
    key: str, content: bytes, name: str, caption: str, transcript: str, upload_id: str = ""
) -> StoredAttachment:
    """Clean what was sent and keep it with a section. Raises MediaRefused, AttachmentRefused.

    `upload_id`: of an upload that ends with it; raises UnknownAttachment if it has ended already.
    """
    # Nobody waits for a decoder who may not write here anyway.
    g.passport.access.require("write", key)
    cleaned = clean(content)
    attachment = Attachment(
        _named(name, cleaned), cleaned.content_type, cleaned.content, caption, transcript
    )
    return save_attachment(wiring().database, g.passport, key, attachment, upload_id)


def _named(name: str, cleaned: Cleaned) -> str:
    # Browsers of old send a whole path.
    stem = PurePosixPath(name.replace("\\", "/")).stem.strip()[:_LONGEST_STEM]
    return f"{stem or cleaned.kind}.{_ENDINGS[cleaned.content_type]}"


REFUSALS = (MediaRefused, AttachmentRefused)
