"""What is kept of a file: what is seen and heard, and nothing that acts or tells on its maker."""

import base64
import io
import subprocess
import zlib

import av
import pikepdf
import pytest
from PIL import Image

from passport.media import clean as in_process
from passport.media import kinds, photo
from passport.media.clean import clean
from passport.media.clean_here import clean_here
from passport.media.kinds import MediaRefused
from tests.media import made_media as made

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
TOLD = (made.PLACE.encode(), made.DEVICE.encode(), b"Exif", b"GPS", b"Quibble", b"xmpmeta")


def refusal(content: bytes) -> str:
    with pytest.raises(MediaRefused) as refused:
        clean_here(content)
    return str(refused.value)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_says_no_place_device_or_date_and_stands_upright(form: str) -> None:
    taken = made.photo(form)
    assert made.DEVICE.encode() in taken
    kept = clean_here(taken)
    assert kept.content_type == "image/jpeg"
    assert not [word for word in TOLD if word in kept.content]
    shown = opened(kept.content)
    # Taken with the camera on its side. HEIF readers turn it while decoding.
    assert shown.size == (200, 320)
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_large_photo_is_made_smaller() -> None:
    assert max(opened(clean_here(made.photo(size=(4000, 3000))).content).size) == 1600


def test_a_see_through_picture_stays_see_through() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (9, 9), (1, 2, 3, 0)).save(out, "PNG")
    kept = clean_here(out.getvalue())
    assert kept.content_type == "image/webp"
    assert opened(kept.content).mode == "RGBA"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(photo, "MOST_PIXELS", 100)
    assert "too large" in refusal(made.photo())


def test_a_picture_that_is_a_page_too_keeps_only_its_pixels() -> None:
    for tail in (b"PK\x03\x04 zip", b"%PDF-1.7 QuibblePdf", b"<script>QuibbleScript</script>"):
        kept = clean_here(made.photo() + tail)
        assert tail not in kept.content
    comment = b"\xff\xd8\xff\xfe\x00\x1b<script>QuibbleScript</sc" + made.photo()[2:]
    assert b"Quibble" not in clean_here(comment).content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in this file"),
        (made.photo()[:300], "broken"),
        (b"\xff\xd8\xff" + b"\0" * 90, "broken"),
        (SVG, "can hold a program"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>" + SVG, "can hold a program"),
        (b"hello <!doctype html><script>1</script>", "can hold a program"),
        (b"GIF89a<script>alert(1)</script>", "can hold a program"),
        (b"MZ\x90\x00\x03", "can't keep this kind"),
        (b"PK\x03\x04\x00\x00", "can't keep this kind"),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 90, "broken"),
        (b"\0\0\0\x18ftypisom" + b"\0" * 90, "broken"),
        (b"#EXTM3U\nfile:///etc/passwd\x00", "can't keep this kind"),
        (b"%PDF-1.7\nnothing more", "broken"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence_or_two(content: bytes, words: str) -> None:
    assert words in refusal(content)


@pytest.mark.parametrize(
    ("form", "codec", "rate"),
    [
        ("webm", "libopus", 48_000),
        ("ogg", "libopus", 48_000),
        ("mp4", "aac", 44_100),
        ("wav", "pcm_s16le", 16_000),
        ("mp3", "libmp3lame", 44_100),
    ],
)
def test_sound_of_every_kind_is_kept_as_mp3(form: str, codec: str, rate: int) -> None:
    recorded = made.sound(form, codec, rate=rate)
    kept = clean_here(recorded)
    assert kept.content_type == "audio/mpeg"
    assert made.PLACE.encode() not in kept.content
    with av.open(io.BytesIO(kept.content)) as heard:
        seconds = sum(f.samples / f.sample_rate for f in heard.decode(audio=0))
        assert not heard.metadata.get("title")
    assert 0.8 < seconds < 1.3


def test_a_recording_that_stops_halfway_is_kept_up_to_there() -> None:
    recorded = made.sound(seconds=4)
    kept = clean_here(recorded[: len(recorded) // 2])
    with av.open(io.BytesIO(kept.content)) as heard:
        assert sum(f.samples / f.sample_rate for f in heard.decode(audio=0)) > 1


def test_sound_longer_than_three_minutes_is_refused() -> None:
    assert "3 minutes" in refusal(made.sound("wav", "pcm_s16le", seconds=190, rate=8000))


def test_a_video_is_kept_small_without_where_it_was_filmed() -> None:
    kept = clean_here(made.video(size=(1280, 720)))
    assert kept.content_type == "video/webm"
    assert made.PLACE.encode() not in kept.content
    with av.open(io.BytesIO(kept.content)) as shown:
        pictures = list(shown.decode(video=0))
    assert (pictures[0].width, pictures[0].height) == (854, 480)
    assert 9 <= len(pictures) <= 11
    with av.open(io.BytesIO(kept.content)) as heard:
        assert len(list(heard.decode(audio=0))) > 10


def test_a_video_that_stops_halfway_is_kept_up_to_there() -> None:
    filmed = made.video(seconds=2, form="webm")
    assert clean_here(filmed[: len(filmed) * 2 // 3]).kind == "video"


def test_a_video_longer_than_a_minute_is_refused() -> None:
    assert "1 minute" in refusal(made.video(seconds=64, size=(32, 32)))


def test_a_pdf_keeps_its_pages_and_nothing_that_acts() -> None:
    kept = clean_here(made.pdf(picture=made.photo()))
    with pikepdf.open(io.BytesIO(kept.content)) as shown:
        assert len(shown.pages) == 1
        assert set(shown.Root.keys()) <= {"/Type", "/Pages"}
        shown.save(plain := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.none)
    for word in (b"/JS", b"/AA", b"OpenAction", b"EmbeddedFile", *TOLD):
        assert word not in plain.getvalue(), word


def _pdf_of(picture: bytes, *filters: pikepdf.Name) -> bytes:
    with pikepdf.open(io.BytesIO(made.pdf(picture=picture))) as found:
        found.pages[0].Resources.XObject.Im0.write(picture, filter=pikepdf.Array(filters))
        found.save(out := io.BytesIO(), stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def _picture_in(kept: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(kept)) as shown:
        return shown.pages[0].Resources.XObject.Im0.read_raw_bytes()


@pytest.mark.parametrize(
    ("filters", "wrapped"),
    [
        (["/FlateDecode"], zlib.compress),
        (["/ASCII85Decode"], lambda picture: base64.a85encode(picture) + b"~>"),
        (["/FlateDecode", "/FlateDecode"], lambda picture: zlib.compress(zlib.compress(picture))),
        ([], lambda picture: picture + picture),
    ],
)
def test_a_photo_in_a_pdf_says_nothing_more_however_it_is_wrapped(filters, wrapped) -> None:
    names = [pikepdf.Name(one) for one in (*filters, "/DCTDecode")]
    kept = _picture_in(clean_here(_pdf_of(wrapped(made.photo()), *names)).content)
    assert Image.open(io.BytesIO(kept)).convert("RGB").getpixel((10, 10))[0] > 150
    for word in TOLD:
        assert word not in kept, word


def test_a_jpeg_2000_in_a_pdf_says_nothing_more() -> None:
    Image.new("RGB", (20, 20), "red").save(plain := io.BytesIO(), "JPEG2000")
    told = b"uuid" + b"u" * 16 + b"".join(TOLD)
    box = (len(told) + 4).to_bytes(4, "big") + told
    whole = plain.getvalue()
    at = whole.index(b"jp2c") - 4
    sent = _pdf_of(whole[:at] + box + whole[at:] + box, pikepdf.Name.JPXDecode)
    assert _picture_in(clean_here(sent).content) == whole


def test_a_pdf_that_stands_for_more_than_it_is_costs_no_time_and_stays_small() -> None:
    many = zlib.compress(zlib.compress(bytes(200_000_000), 9), 9)
    flate = pikepdf.Name.FlateDecode
    with pikepdf.open(io.BytesIO(made.pdf())) as found:
        found.pages[0].Contents = pikepdf.Stream(found, b"")
        found.pages[0].Contents.write(many, filter=pikepdf.Array([flate, flate]))
        found.save(
            out := io.BytesIO(),
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    assert len(clean_here(out.getvalue()).content) < 10_000


def test_a_locked_pdf_is_refused() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.pdf())) as found:
        found.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    assert "password" in refusal(out.getvalue())


def test_plain_text_is_kept_as_it_is_in_any_script() -> None:
    kept = clean_here("Zażółć\r\nاردو 🙂".encode())
    assert (kept.content_type, kept.content.decode()) == ("text/plain", "Zażółć\nاردو 🙂")


def test_the_worker_cleans_as_we_would_here() -> None:
    assert clean(made.photo()).content == clean_here(made.photo()).content
    with pytest.raises(MediaRefused, match="can hold a program"):
        clean(SVG)


def test_a_worker_that_crashes_is_a_refusal_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    crashed = subprocess.CompletedProcess([], -11, b"ok image/png\n<half a file>")
    monkeypatch.setattr(in_process.subprocess, "run", lambda *_, **__: crashed)
    with pytest.raises(MediaRefused, match="takes too long"):
        clean(made.photo())


def test_a_file_of_60_mb_never_reaches_a_decoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_process.subprocess, "run", None)
    with pytest.raises(MediaRefused, match="50 MB"):
        clean(bytes(kinds.MOST_BYTES + 1))
