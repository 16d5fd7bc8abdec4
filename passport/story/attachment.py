"""A file that belongs to a section: a photo, a voice, a short video, a document."""

import re
from dataclasses import dataclass
from datetime import datetime

from passport.errors import PassportError
from passport.story.text_rules import LONGEST_LINE, LONGEST_SECTION, clean_line, clean_text
from passport.words_to_translate import N_

MOST_BYTES = 20 * 1000 * 1000
MOST_BYTES_TOGETHER = 200 * 1000 * 1000
MOST_ATTACHMENTS = 500
LONGEST_CAPTION = 2000

IMAGE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
CONTENT_TYPES = IMAGE_TYPES | {
    "application/pdf",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "audio/webm",
    "text/plain",
    "video/mp4",
    "video/webm",
}
_NO_PART_OF_A_NAME = re.compile(r"[/\\]")


class AttachmentRefused(PassportError):
    """A file that can't be kept. Nothing was changed."""


class UnknownAttachment(PassportError):
    """No such file in this passport."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such file in your story."))


@dataclass(frozen=True)
class Attachment:
    """A file as somebody adds it. `transcript` says in words what is to be heard or seen."""

    name: str
    content_type: str
    content: bytes
    caption: str = ""
    transcript: str = ""


@dataclass(frozen=True)
class StoredAttachment:
    """What is known of a kept file without its bytes. `size` is in bytes."""

    attachment_id: str
    section_key: str
    name: str
    content_type: str
    size: int
    caption: str
    transcript: str
    written_at: datetime
    written_by: str = "self"
    version: int = 1


def cleaned_attachment(attachment: Attachment) -> Attachment:
    """The attachment as it can be kept.

    Raises AttachmentRefused, in words for the resident.
    """
    name = _NO_PART_OF_A_NAME.sub("-", clean_line(attachment.name))
    if not name or len(name) > LONGEST_LINE:
        raise AttachmentRefused(
            N_("Give the file a name of 1 to %(number)s letters."), number=LONGEST_LINE
        )
    if attachment.content_type not in CONTENT_TYPES:
        raise AttachmentRefused(N_("We can't keep this kind of file. Choose another one."))
    if not attachment.content:
        raise AttachmentRefused(N_("There is nothing in this file. Choose another one."))
    if len(attachment.content) > MOST_BYTES:
        raise AttachmentRefused(N_("This file is larger than 20 MB. Choose a smaller one."))
    words = cleaned_words(attachment.caption, attachment.transcript)
    return Attachment(name, attachment.content_type, attachment.content, *words)


def cleaned_words(caption: str, transcript: str) -> tuple[str, str]:
    """Caption and transcript as they can be kept. Raises AttachmentRefused."""
    caption, transcript = clean_text(caption).rstrip(), clean_text(transcript).rstrip()
    if len(caption) > LONGEST_CAPTION or len(transcript) > LONGEST_SECTION:
        raise AttachmentRefused(N_("There are too many words about this file. Make them shorter."))
    return caption, transcript
