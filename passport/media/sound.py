"""Sound: decoded and written anew as MP3, which every browser plays, Safari too."""

import io
from collections.abc import Iterator

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError

from passport.media import kinds
from passport.media.kinds import Cleaned, MediaRefused

LONGEST_SECONDS = 180
RATE = 32_000
_BITS_PER_SECOND = 64_000
# A recording may run a little over the length at which its page stops it.
GRACE_SECONDS = 5


def clean_sound(container: InputContainer) -> Cleaned:
    """What is heard, in one channel, and nothing else. Raises MediaRefused."""
    out = io.BytesIO()
    resampler = AudioResampler("s16p", "mono", RATE)
    samples = 0
    with av.open(out, "w", format="mp3", options={"write_xing": "1", "id3v2_version": "0"}) as made:
        stream = made.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = _BITS_PER_SECOND
        for frame in heard(container):
            for piece in resampler.resample(frame):
                piece.pts, samples = samples, samples + piece.samples
                made.mux(stream.encode(piece))
            if samples > (LONGEST_SECONDS + GRACE_SECONDS) * RATE:
                raise MediaRefused(kinds.SOUND_TOO_LONG)
        made.mux(stream.encode(None))
    if not samples:
        raise MediaRefused(kinds.BROKEN)
    return Cleaned("audio/mpeg", out.getvalue())


def heard(container: InputContainer) -> Iterator[AudioFrame]:
    """Every frame up to the end, or to where a recording broke off: what is there is kept."""
    try:
        for frame in container.decode(audio=0):
            frame.pts = None
            yield frame
    except (FFmpegError, EOFError, IndexError):
        return
