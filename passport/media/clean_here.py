"""Clean one file in this very process. Outside of tests only the worker may: see `clean`."""

import io

import av
from av.error import FFmpegError

from passport.media import kinds
from passport.media.document import clean_pdf, clean_text
from passport.media.kinds import Cleaned, MediaRefused
from passport.media.photo import clean_photo
from passport.media.recognise import recognise
from passport.media.sound import clean_sound
from passport.media.video import clean_video

# Named for FFmpeg, so that it never tries others: some formats are lists of further files.
_CONTAINERS = {"mp4": "mov", "webm": "matroska", "ogg": "ogg", "wav": "wav", "mp3": "mp3"}


def clean_here(content: bytes) -> Cleaned:
    """The file as it may be kept. Raises MediaRefused."""
    if len(content) > kinds.MOST_BYTES:
        raise MediaRefused(kinds.TOO_LARGE)
    cleaned = _cleaned(content, recognise(content))
    if len(cleaned.content) > kinds.MOST_BYTES_KEPT:
        raise MediaRefused(kinds.TOO_LARGE_TO_KEEP)
    return cleaned


def _cleaned(content: bytes, name: str) -> Cleaned:
    if name in _CONTAINERS:
        return _sound_or_video(content, _CONTAINERS[name])
    if name == "pdf":
        return clean_pdf(content)
    return clean_text(content) if name == "text" else clean_photo(content, name)


def _sound_or_video(content: bytes, container_name: str) -> Cleaned:
    av.logging.set_level(av.logging.PANIC)
    try:
        with av.open(io.BytesIO(content), "r", format=container_name) as container:
            # The picture of an album is no video.
            pictures = [s for s in container.streams.video if not _is_cover(s)]
            if pictures:
                return clean_video(container)
            if container.streams.audio:
                return clean_sound(container)
    except (FFmpegError, ValueError, EOFError, IndexError, StopIteration):
        pass
    raise MediaRefused(kinds.BROKEN)


def _is_cover(stream: av.video.stream.VideoStream) -> bool:
    return bool(stream.disposition & av.stream.Disposition.attached_pic)
