"""Short video: decoded and written anew, small, as WebM (VP8 and Opus)."""

import io
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from passport.media import kinds
from passport.media.kinds import Cleaned, MediaRefused

LONGEST_SECONDS = 60
GRACE_SECONDS = 2
MOST_PIXELS = 4096 * 2304
MOST_FRAMES = 62 * 60
_LONGEST_EDGE = 854
_FRAMES_PER_SECOND = 25
_BITS_PER_SECOND = 600_000
_SOUND_BITS_PER_SECOND = 48_000
_SOUND_RATE = 48_000
_MILLISECONDS = Fraction(1, 1000)
# FFmpeg counts degrees anticlockwise, as Pillow does.
_TURNS = {
    90: Image.Transpose.ROTATE_90,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_270,
}


def clean_video(container: InputContainer) -> Cleaned:
    """What is seen and heard, and nothing else. Raises MediaRefused."""
    _refuse_too_much(container)
    out = io.BytesIO()
    with av.open(out, "w", format="webm", options={"fflags": "+bitexact"}) as made:
        writer = _Writer(made, has_sound=bool(container.streams.audio))
        streams = [container.streams.video[0], *container.streams.audio[:1]]
        try:
            for frame in container.decode(*streams):
                if isinstance(frame, VideoFrame | AudioFrame):
                    writer.take(frame)
        except (FFmpegError, EOFError, IndexError):
            # Where a recording broke off: what is there is kept.
            pass
        writer.finish()
    return Cleaned("video/webm", out.getvalue())


def _refuse_too_much(container: InputContainer) -> None:
    stream = container.streams.video[0]
    if stream.codec_context.width * stream.codec_context.height > MOST_PIXELS:
        raise MediaRefused(kinds.TOO_MANY_PIXELS)
    if container.duration and container.duration / av.time_base > LONGEST_SECONDS + GRACE_SECONDS:
        raise MediaRefused(kinds.VIDEO_TOO_LONG)


class _Writer:
    """One WebM that is being written. Streams are added when the first picture tells its size."""

    def __init__(self, made: OutputContainer, *, has_sound: bool) -> None:
        self._made = made
        self._pictures: VideoStream | None = None
        self._sound: AudioStream | None = None
        if has_sound:
            self._sound = made.add_stream("libopus", rate=_SOUND_RATE, layout="mono")
            self._sound.bit_rate = _SOUND_BITS_PER_SECOND
        self._resampler = AudioResampler("s16", "mono", _SOUND_RATE)
        self._first: float | None = None
        self._next_at = 0.0
        self._seen = self._samples = 0
        self._waiting: list[AudioFrame] = []

    def take(self, frame: VideoFrame | AudioFrame) -> None:
        """Write one frame, as far as it is wanted."""
        if isinstance(frame, VideoFrame):
            self._take_picture(frame)
        elif self._pictures is None:
            # No header before the first picture is known.
            self._waiting.append(frame)
        else:
            self._take_sound(frame)

    def finish(self) -> None:
        """Write what is still inside the encoders. Raises MediaRefused if nothing was seen."""
        if self._pictures is None:
            raise MediaRefused(kinds.BROKEN)
        self._made.mux(self._pictures.encode(None))
        if self._sound is not None:
            self._made.mux(self._sound.encode(None))

    def _take_picture(self, frame: VideoFrame) -> None:
        self._seen += 1
        at = frame.time or 0.0
        self._first = at if self._first is None else self._first
        at = max(0.0, at - self._first)
        if at > LONGEST_SECONDS + GRACE_SECONDS or self._seen > MOST_FRAMES:
            raise MediaRefused(kinds.VIDEO_TOO_LONG)
        if at < self._next_at:
            return
        self._next_at = at + 0.9 / _FRAMES_PER_SECOND
        small = _small(frame)
        pictures = self._pictures or self._begin(small)
        small.pts, small.time_base = round(at * 1000), _MILLISECONDS
        self._made.mux(pictures.encode(small))

    def _begin(self, first: VideoFrame) -> VideoStream:
        options = {"deadline": "realtime", "cpu-used": "6", "threads": "2"}
        stream = self._made.add_stream("libvpx", rate=_FRAMES_PER_SECOND, options=options)
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, "yuv420p"
        stream.bit_rate, stream.codec_context.time_base = _BITS_PER_SECOND, _MILLISECONDS
        self._pictures = stream
        waiting, self._waiting = self._waiting, []
        for frame in waiting:
            self._take_sound(frame)
        return stream

    def _take_sound(self, frame: AudioFrame) -> None:
        if self._sound is None or self._samples > (LONGEST_SECONDS + GRACE_SECONDS) * _SOUND_RATE:
            return
        frame.pts = None
        for piece in self._resampler.resample(frame):
            piece.pts, self._samples = self._samples, self._samples + piece.samples
            self._made.mux(self._sound.encode(piece))


def _small(frame: VideoFrame) -> VideoFrame:
    shrink = min(1.0, _LONGEST_EDGE / max(frame.width, frame.height))
    width, height = (max(2, round(n * shrink / 2) * 2) for n in (frame.width, frame.height))
    turn = _TURNS.get(frame.rotation % 360)
    if turn is None:
        return frame.reformat(width, height, "yuv420p")
    picture = frame.reformat(width, height, "rgb24").to_image().transpose(turn)
    return VideoFrame.from_image(picture).reformat(format="yuv420p")
