"""Photos, sounds, videos and documents, made while tests run: none is kept in the repository."""

import io
import math
from array import array
from fractions import Fraction

import av
import pikepdf
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

# Invented: a field near nobody.
PLACE = "Quibbleshire"
DEVICE = "QuibblePhone 9"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">QuibbleXmp</x:xmpmeta>'


def photo(form: str = "JPEG", size: tuple[int, int] = (320, 200), **more: object) -> bytes:
    """A picture that says where, when and with what it was taken."""
    image = Image.new("RGB", size, (30, 90, 120))
    image.paste((200, 40, 40), (0, 0, size[0] // 2, size[1] // 2))
    out = io.BytesIO()
    image.save(out, form, exif=_exif(), xmp=XMP, **more)  # type: ignore[arg-type]
    return out.getvalue()


def _exif(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Model], exif[Base.Orientation] = PLACE, DEVICE, orientation
    place = exif.get_ifd(IFD.GPSInfo)
    place[GPS.GPSLatitude], place[GPS.GPSLatitudeRef] = (53.0, 24.0, 7.5), "N"
    place[GPS.GPSAreaInformation] = PLACE.encode()
    return exif.tobytes()


def sound(
    form: str = "webm", codec: str = "libopus", seconds: float = 1.0, rate: int = 48_000
) -> bytes:
    """A note at 440 Hz, with a title that says where it was recorded."""
    out = io.BytesIO()
    with av.open(out, "w", format=form) as made:
        made.metadata["title"] = PLACE
        stream = made.add_stream(codec, rate=rate, layout="mono")
        for number in range(math.ceil(seconds * rate / 960)):
            made.mux(stream.encode(_tone(number, rate)))
        made.mux(stream.encode(None))
    return out.getvalue()


def video(seconds: float = 1.0, size: tuple[int, int] = (320, 240), form: str = "mp4") -> bytes:
    """A moving square with a note, with a title that says where it was filmed."""
    out = io.BytesIO()
    pictures, sounds = ("libx264", "aac") if form == "mp4" else ("libvpx", "libopus")
    with av.open(out, "w", format=form) as made:
        made.metadata["title"] = PLACE
        stream = made.add_stream(pictures, rate=10)
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        heard = made.add_stream(sounds, rate=48_000, layout="mono")
        for number in range(math.ceil(seconds * 10)):
            image = Image.new("RGB", size, (number % 255, 120, 60))
            frame = VideoFrame.from_image(image)
            frame.pts, frame.time_base = number, Fraction(1, 10)
            made.mux(stream.encode(frame))
            for beat in range(5):
                made.mux(heard.encode(_tone(number * 5 + beat, 48_000)))
        made.mux(stream.encode(None))
        made.mux(heard.encode(None))
    return out.getvalue()


def pdf(picture: bytes | None = None) -> bytes:
    """A page with everything on it that a page should not have."""
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 200))
        page.obj.Contents = made.make_stream(b"q Q")
        script = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Quibble')")
        )
        made.Root.OpenAction = script
        page.obj.AA = pikepdf.Dictionary(O=script)
        link = {"/Type": "/Annot", "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9]}
        page.obj.Annots = made.make_indirect([pikepdf.Dictionary({**link, "/A": script})])
        made.attachments["quibble.exe"] = b"MZ QuibbleFile"
        made.docinfo["/Author"] = PLACE
        with made.open_metadata() as words:
            words["dc:creator"] = [PLACE]
        if picture:
            image = made.make_stream(
                picture,
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=320,
                Height=200,
            )
            image.Filter = pikepdf.Name.DCTDecode
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        out = io.BytesIO()
        made.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def _tone(number: int, rate: int) -> AudioFrame:
    wave = array("h", (int(9000 * math.sin(2 * math.pi * 440 * n / rate)) for n in range(960)))
    frame = AudioFrame(format="s16", layout="mono", samples=960)
    frame.planes[0].update(wave.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
    frame.rate, frame.pts = rate, number * 960
    frame.time_base = Fraction(1, rate)
    return frame
