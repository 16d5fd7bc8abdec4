"""What may be added to a story, and the plain words for what may not."""

from dataclasses import dataclass
from typing import Literal

from passport.errors import PassportError
from passport.words_to_translate import N_

Kind = Literal["photo", "sound", "video", "document"]

# As it is sent. What is kept of it is smaller.
MOST_BYTES = 50 * 1000 * 1000
# As it is kept: with a share's padding and base64 it stays below what readers take (10 MB).
MOST_BYTES_KEPT = 6 * 1000 * 1000


class MediaRefused(PassportError):
    """A file that is not kept. The message says why and what to do, for whoever added it."""


@dataclass(frozen=True)
class Cleaned:
    """A file as it may be kept: written anew, with nothing in it but what is seen or heard."""

    content_type: str
    content: bytes

    @property
    def kind(self) -> Kind:
        """What it is to a person."""
        return kind_of(self.content_type)


def kind_of(content_type: str) -> Kind:
    """What files of this type are to a person."""
    first = content_type.partition("/")[0]
    kinds: dict[str, Kind] = {"image": "photo", "audio": "sound", "video": "video"}
    return kinds.get(first, "document")


NOT_KNOWN = N_(
    "We can't keep this kind of file. Choose a photo, a sound, a video, a PDF or a plain text."
)
CAN_ACT = N_("This file can hold a program, so we can't keep it. Take a photo of it instead.")
BROKEN = N_("This file is broken, so it can't be opened. Choose another one.")
EMPTY = N_("There is nothing in this file. Choose another one.")
TOO_LARGE = N_("This file is larger than 50 MB. Choose a smaller one, or a shorter video.")
TOO_LARGE_TO_KEEP = N_("This file is too large to keep. Choose a smaller one.")
TOO_MANY_PIXELS = N_("This photo is too large. Choose one with fewer pixels.")
SOUND_TOO_LONG = N_("This sound is longer than 3 minutes. Choose a shorter one.")
VIDEO_TOO_LONG = N_("This video is longer than 1 minute. Choose a shorter one.")
LOCKED = N_("This PDF has a password, so we can't open it. Save it without one first.")
TOO_MANY_PAGES = N_("This PDF has more than 100 pages. Choose a shorter one.")
TOO_HARD = N_("This file takes too long to open, so we can't keep it. Choose another one.")
BUSY = N_("We are working on other people's files just now. Try again in a minute.")
