"""Adding photos, voice, video and papers to a part of the story, without a script."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import quote

import pytest
from flask import Flask

from passport.media.kinds import Cleaned
from passport.story import uploads
from passport.story.attachments import list_attachments
from passport.story.uploads import begin_upload, keep_part
from passport.web import adding_files, sent_file
from tests.media import made_media as made
from tests.residents import Resident
from tests.supporters import helper_of
from tests.web.visitor import Visitor

NEW = "/story/please-do/files/new"
FILES = "/story/please-do/files"


def add(visitor: Visitor, content: bytes, name: str = "IMG_7.jpg", **words: str):
    data = visitor.form(NEW).filled(words)
    return visitor.client.post(NEW, data={**data, "file": (io.BytesIO(content), name)})


def kept(maud: Resident):
    with maud.database.read() as connection:
        return list_attachments(connection, maud.passport, "please-do")


def content_of(visitor: Visitor, page: str = FILES):
    (address,) = set(re.findall(r'"(/story/[^"]+/content)"', visitor.sees(page).text))
    return visitor.sees(address)


@pytest.fixture
def with_photo(signed_in: Visitor) -> Visitor:
    assert add(signed_in, made.photo(), caption="My splint").status_code == 303
    return signed_in


def test_a_photo_is_added_and_shown_without_where_it_was_taken(
    with_photo: Visitor, maud: Resident
) -> None:
    page = with_photo.sees(FILES).text
    assert "My splint" in page
    assert "<img" in page
    answer = content_of(with_photo)
    assert answer.content_type == "image/jpeg"
    assert not [w for w in (made.PLACE, made.DEVICE, "Exif") if w.encode() in answer.data]
    (file,) = kept(maud)
    assert file.name == "IMG_7.jpg"


def test_a_file_alone_can_do_nothing_in_a_browser(with_photo: Visitor) -> None:
    headers = content_of(with_photo).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Cache-Control"] == "no-store"


def test_sound_can_be_asked_for_in_ranges(signed_in: Visitor) -> None:
    add(signed_in, made.sound(), "note.webm")
    (address,) = set(re.findall(r'"(/story/[^"]+/content)"', signed_in.sees(FILES).text))
    answer = signed_in.client.get(address, headers={"Range": "bytes=0-1"})
    assert (answer.status_code, len(answer.data)) == (206, 2)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "", "Choose a file to add"),
        (made.photo()[:200], "cut.jpg", "broken"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "a.png", "hold a program"),
        (b"MZ\x90\0\3\0", "photo.jpg", "keep this kind of file"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_the_field(
    signed_in: Visitor, maud: Resident, content: bytes, name: str, words: str
) -> None:
    answer = add(signed_in, content, name, caption="My words stay")
    assert answer.status_code == 400
    assert re.search(rf'class="nhsuk-error-message".*?{words}', answer.text, re.DOTALL)
    assert "My words stay" in answer.text
    assert kept(maud) == []


def test_a_video_of_60_mb_is_refused_beside_the_field_and_nothing_of_it_is_read(
    signed_in: Visitor, maud: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent_file, "MOST_BYTES", 3_000_000)
    answer = add(signed_in, bytes(4_000_000), "film.mp4")
    assert answer.status_code == 413
    assert re.search('class="nhsuk-error-message".*?larger than 50 MB', answer.text, re.DOTALL)
    assert kept(maud) == []


def test_a_file_larger_than_any_form_is_taken(signed_in: Visitor, maud: Resident) -> None:
    assert add(signed_in, made.photo() + bytes(3_000_000)).status_code == 303
    assert len(kept(maud)) == 1


def test_full_storage_is_said_plainly(
    signed_in: Visitor, maud: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("passport.story.attachments.MOST_BYTES_TOGETHER", 100)
    answer = add(signed_in, made.photo())
    assert answer.status_code == 400
    assert "There is no room for this file. Remove another file first." in answer.text
    assert kept(maud) == []


def test_the_words_about_a_file_can_change_and_the_file_can_go(
    with_photo: Visitor, maud: Resident
) -> None:
    address = f"{FILES}/{kept(maud)[0].attachment_id}"
    with_photo.sends(address, caption="My new splint", transcript="Straps go round the wrist")
    (file,) = kept(maud)
    assert (file.caption, file.transcript, file.version) == (
        "My new splint",
        "Straps go round the wrist",
        2,
    )
    assert with_photo.sends(f"{address}/remove").status_code == 303
    assert kept(maud) == []


def test_the_part_itself_leads_to_its_files(signed_in: Visitor) -> None:
    assert f'href="{FILES}"' in signed_in.sees("/story/please-do").text


def pieces(visitor: Visitor, content: bytes, step: int = 2000) -> tuple[str, list[bytes]]:
    base = "/story/please-do/uploads"
    fields = {k: v[0] for k, v in visitor.form(NEW).filled({}).items() if v}
    upload = visitor.client.post(base, data={**fields, "name": "voice"}).json["upload"]
    return f"{base}/{upload}", [content[n : n + step] for n in range(0, len(content), step)]


def send(visitor: Visitor, address: str, number: int, piece: bytes):
    fields = {k: v[0] for k, v in visitor.form(NEW).filled({}).items() if v}
    data = {**fields, "piece": (io.BytesIO(piece), "piece")}
    return visitor.client.post(f"{address}/{number}", data=data)


def test_pieces_become_a_file_also_when_one_is_sent_twice(
    signed_in: Visitor, maud: Resident
) -> None:
    address, sent = pieces(signed_in, made.sound(seconds=2))
    for number, piece in enumerate(sent):
        assert send(signed_in, address, number, piece).json["received"] == number + 1
        assert send(signed_in, address, number, piece).json["received"] == number + 1
    assert signed_in.sees(address).json == {"received": len(sent)}
    fields = {k: v[0] for k, v in signed_in.form(NEW).filled({"caption": "Hello"}).items() if v}
    answer = signed_in.client.post(f"{address}/finish", data=fields)
    assert answer.json == {"address": FILES}
    (file,) = kept(maud)
    assert (file.content_type, file.caption) == ("audio/mpeg", "Hello")
    assert signed_in.sees(address).status_code == 404


def test_what_is_finished_twice_at_once_is_kept_once(
    app: Flask, maud: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = Barrier(2, timeout=30)

    def cleaned_together(content: bytes) -> Cleaned:
        both.wait()
        return Cleaned("text/plain", content)

    monkeypatch.setattr(adding_files, "clean", cleaned_together)
    upload = begin_upload(maud.database, maud.passport, "please-do", "words").upload_id
    keep_part(maud.database, maud.passport, "please-do", upload, 0, b"Hello")

    def finish(visitor: Visitor) -> int:
        data = visitor.form("/story", "/sign-out").filled({})
        return visitor.client.post(
            f"/story/please-do/uploads/{upload}/finish", data=data
        ).status_code

    with ThreadPoolExecutor() as at_once:
        codes = list(at_once.map(finish, [Visitor(app, maud.cookie) for _ in range(2)]))
    assert sorted(codes) == [200, 404]
    assert len(kept(maud)) == 1


def test_a_name_in_any_script_is_said_as_browsers_read_it(signed_in: Visitor) -> None:
    add(signed_in, "اردو".encode(), "میری کہانی.txt")
    page = signed_in.sees(FILES).text
    address = re.findall(r'"(/story/[^"]+/content)"', page)[0]
    said = signed_in.sees(address).headers["Content-Disposition"]
    assert said == "attachment; filename*=UTF-8''" + quote("میری کہانی.txt")


def test_a_missing_piece_is_asked_for_again(signed_in: Visitor) -> None:
    address, sent = pieces(signed_in, made.sound())
    assert send(signed_in, address, 1, sent[1]).status_code == 409
    assert signed_in.sees(address).json == {"received": 0}


def test_a_recording_that_stopped_halfway_is_there_to_keep(
    signed_in: Visitor, maud: Resident
) -> None:
    address, sent = pieces(signed_in, made.sound(seconds=4))
    for number, piece in enumerate(sent[: len(sent) // 2]):
        send(signed_in, address, number, piece)
    assert "stopped halfway" in signed_in.sees(FILES).text
    signed_in.presses(FILES, f"{address}/keep")
    (file,) = kept(maud)
    assert file.content_type == "audio/mpeg"
    assert "stopped halfway" not in signed_in.sees(FILES).text


def test_what_is_never_finished_goes_after_a_day(
    maud: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = begin_upload(maud.database, maud.passport, "please-do", "voice")
    keep_part(maud.database, maud.passport, "please-do", old.upload_id, 0, b"piece")
    monkeypatch.setattr(uploads.clock, "epoch", lambda: 10**11)
    begin_upload(maud.database, maud.passport, "please-do", "voice")
    with maud.database.read() as connection:
        (left,) = connection.exec_driver_sql("SELECT count(*) FROM upload_parts").one()
    assert left == 0


def test_a_supporter_never_pushes_out_what_the_owner_is_sending(maud: Resident) -> None:
    begin_upload(maud.database, maud.passport, "please-do", "voice")
    helping = helper_of(maud, "write", sections=("please-do",))
    for _ in range(uploads.MOST_UPLOADS + 1):
        begin_upload(maud.database, helping, "please-do", "photo")
    assert len(uploads.unfinished_uploads(maud.database, helping, "please-do")) == 5
    assert uploads.unfinished_uploads(maud.database, maud.passport, "please-do")


def test_no_more_than_five_wait_and_none_grows_for_ever(
    maud: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(7):
        last = begin_upload(maud.database, maud.passport, "please-do", "voice")
    waiting = uploads.unfinished_uploads(maud.database, maud.passport, "please-do")
    assert len(waiting) == 5
    monkeypatch.setattr(uploads, "MOST_BYTES", 5000)
    args = (maud.database, maud.passport, "please-do", last.upload_id)
    keep_part(*args, 0, bytes(5000))
    with pytest.raises(uploads.AttachmentRefused, match="50 MB"):
        keep_part(*args, 1, bytes(5000))
