"""Taking a story out, bringing it in, erasing it: the pages."""

import json
from io import BytesIO

import pytest
from jsonschema import Draft202012Validator

from passport.leaving import read_export
from passport.storage.database import Database
from passport.story.attachment import Attachment
from passport.story.attachments import add_attachment
from passport.story.sections import section_history, story
from passport.wiring import wiring
from tests.residents import Resident, new_resident
from tests.web.visitor import Visitor, forms_on

HOSTILE = "<script>alert(1)</script>"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def exported(visitor: Visitor, kind: str = "json"):
    form = forms_on(visitor.sees("/account/export"))[-1]
    return visitor.client.post(
        "/account/export", data=form.filled({"kind": kind}), base_url=visitor.base_url
    )


def brings(visitor: Visitor, raw: bytes, name: str = "story.json"):
    data = visitor.form("/account/import").filled({})
    return visitor.client.post(
        "/account/import",
        data={**data, "file": (BytesIO(raw), name)},
        base_url=visitor.base_url,
        content_type="multipart/form-data",
    )


def erased(visitor: Visitor):
    second = visitor.sends("/account/erase", sure="y")
    return visitor.client.post(
        "/account/erase",
        data=visitor.form(second).filled({"confirm": "yes"}),
        base_url=visitor.base_url,
    )


@pytest.fixture
def newcomer(app, database: Database) -> tuple[Visitor, Resident]:
    resident = new_resident(database)
    return Visitor(app, resident.cookie), resident


def test_the_file_obeys_the_published_schema(signed_in, maud):
    maud.share("please-do", with_passcode=True)
    schema = signed_in.sees("/schemas/export-1.json")
    assert schema.content_type == "application/schema+json"
    Draft202012Validator.check_schema(schema.json)
    made = exported(signed_in)
    Draft202012Validator(schema.json, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(made.data)
    )
    assert schema.json["$id"] == "http://localhost/schemas/export-1.json"


def test_strangers_may_read_the_schema(stranger):
    answer = stranger.sees("/schemas/export-1.json")
    assert answer.status_code == 200
    assert "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("kind", ["json", "html"])
def test_the_file_is_saved_and_never_kept_by_a_browser(signed_in, kind):
    made = exported(signed_in, kind)
    assert made.headers["Content-Disposition"].startswith("attachment; filename=")
    assert made.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert made.headers["Cache-Control"] == "no-store"
    assert "Maudie" in made.text


def test_looking_at_the_page_makes_no_file(signed_in):
    page = signed_in.sees("/account/export")
    assert page.content_type.startswith("text/html")
    assert "Maudie" not in page.text


def test_a_file_cannot_be_asked_for_by_another_site(signed_in):
    made = signed_in.client.post("/account/export", data={"kind": "json"})
    assert made.status_code == 400
    assert "Maudie" not in made.text


def test_no_link_code_or_passcode_is_in_a_file(signed_in, maud):
    share = maud.share("please-do", with_passcode=True)
    secrets = share.record.secrets
    assert secrets is not None
    for kind in ("json", "html"):
        text = exported(signed_in, kind).text
        kept = [secrets.address, secrets.share_key, str(secrets.passcode), maud.recovery_code]
        assert [secret for secret in [*kept, maud.cookie] if secret in text] == []
        assert "Rose ward" in text


def test_the_page_to_read_runs_nothing_and_asks_for_nothing(signed_in, maud, database):
    maud.write("my-story", HOSTILE)
    maud.write("own-0badcafe", HOSTILE, title=HOSTILE)
    maud.write("people", [{"name": f'"{HOSTILE}'}])
    with database.write() as connection:
        add_attachment(
            connection, maud.passport, "people", Attachment("a.png", "image/png", PICTURE, HOSTILE)
        )
        add_attachment(
            connection, maud.passport, "people", Attachment("b.txt", "text/plain", b"<b>hello")
        )
    page = exported(signed_in, "html").text
    assert "<script" not in page.lower()
    assert "&lt;script&gt;" in page
    assert page.count("data:image/png;base64,") == 1
    assert "data:text" not in page
    assert "http" not in page.replace("http://localhost", "").replace("http-equiv", "")


def test_a_story_comes_in_whole(signed_in, maud, newcomer):
    visitor, resident = newcomer
    maud.write("my-story", "First")
    maud.write("my-story", "Second")
    raw = exported(signed_in).data
    answer = brings(visitor, raw)
    assert answer.status_code == 303
    assert "6 versions and 0 files" in visitor.sees("/story").text
    database = maud.database
    assert story(database, resident.passport) == story(database, maud.passport)
    assert section_history(database, resident.passport, "my-story") == section_history(
        database, maud.passport, "my-story"
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "Choose the file"),
        (b"PK\x03\x04 zip", "packed"),
        (b"GIF89a", "not a story from Story Passport"),
        (b'{"format": "story-passport/export/1", "sec', "cut off or damaged"),
        (b'{"format": "story-passport/export/2"}', "newer Story Passport"),
    ],
)
def test_a_wrong_file_is_refused_beside_its_field(newcomer, raw, words):
    visitor, resident = newcomer
    answer = brings(visitor, raw)
    assert answer.status_code == 400
    assert words in answer.text
    assert "<title>Error: " in answer.text
    assert story(resident.database, resident.passport) == []


def test_a_file_larger_than_any_form_comes_in(newcomer, signed_in, maud, database):
    visitor, _ = newcomer
    with database.write() as connection:
        for n in range(3):
            voice = Attachment(f"{n}.webm", "audio/webm", bytes([n]) * 1_500_000)
            add_attachment(connection, maud.passport, "people", voice)
    raw = exported(signed_in).data
    assert len(raw) > 6_000_000
    assert brings(visitor, raw).status_code == 303


def test_a_stranger_may_not_send_a_large_file(app, stranger):
    answer = stranger.client.post(
        "/account/import",
        data={"file": (BytesIO(b"x" * 3_000_000), "a.json")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/account/import"


def test_a_file_larger_than_any_story_is_refused(newcomer, monkeypatch):
    monkeypatch.setattr("passport.web.large_file.LARGEST_FILE", 2_500_000)
    monkeypatch.setattr(read_export, "LARGEST_FILE", 2_500_000)
    visitor, _ = newcomer
    answer = brings(visitor, b"{" + b" " * 3_000_000)
    assert answer.status_code == 413
    assert "larger than any story" in answer.text


def test_what_is_sent_is_never_written_to_disk(newcomer, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file on disk")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    monkeypatch.setattr("tempfile.SpooledTemporaryFile", refuse)
    monkeypatch.setattr("werkzeug.formparser.TemporaryFile", refuse, raising=False)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refuse, raising=False)
    visitor, _ = newcomer
    assert brings(visitor, b"{" + b" " * 1_500_000).status_code == 400


def test_erasing_asks_twice(signed_in, maud):
    assert "Tick the box" in signed_in.sends("/account/erase").text
    second = signed_in.sends("/account/erase", sure="y")
    assert "This is the last step" in second.text
    assert signed_in.sees("/story").status_code == 200


def test_pressing_the_last_button_alone_erases_nothing(signed_in):
    data = signed_in.form("/account/erase").filled({"confirm": "yes"})
    assert signed_in.client.post("/account/erase", data=data).status_code == 400
    assert signed_in.sees("/story").status_code == 200


def test_after_erasing_she_has_a_receipt_and_no_session(app, signed_in, maud):
    other_device = Visitor(app, maud.cookie)
    page = erased(signed_in)
    assert page.status_code == 200
    assert "Your passport is erased" in page.text
    assert "Sign out" not in page.text
    assert signed_in.client.get_cookie("session") is None
    assert other_device.sees("/story").location.startswith("/sign-in")
    saved = signed_in.client.post(
        "/erased/receipt", data=signed_in.form(page, "/erased/receipt").filled({})
    )
    assert saved.headers["Content-Disposition"] == 'attachment; filename="receipt.txt"'
    assert "Parts of your story: 4" in saved.text
    assert "Old backups can't be opened." in saved.text


def test_nobody_can_have_a_receipt_made_up(signed_in):
    page = erased(signed_in)
    form = signed_in.form(page, "/erased/receipt")
    made_up = form.filled({"receipt": "e30.made.up"})
    assert signed_in.client.post("/erased/receipt", data=made_up).status_code == 400


def test_a_share_is_not_found_from_the_moment_of_erasing(app, signed_in, maud):
    share = maud.share("please-do")
    direct = maud.share("please-do", is_direct=True)
    addresses = [f"/shl/{one.record.secrets.address}" for one in (share, direct)]
    ask = {"recipient": "Nurse"}
    assert app.test_client().post(addresses[0], json=ask).status_code == 200
    located = app.test_client().post(addresses[0], json={**ask, "embeddedLengthMax": 0})
    location = located.json["files"][0]["location"]
    assert app.test_client().get(location).status_code == 200
    erased(signed_in)
    assert app.test_client().post(addresses[0], json=ask).status_code == 404
    assert app.test_client().get(f"{addresses[1]}?recipient=Nurse").status_code == 404
    assert app.test_client().get(location).status_code == 404


def test_her_name_is_free_again(app, signed_in, maud):
    erased(signed_in)
    with app.app_context():
        assert new_resident(wiring().database, maud.name)
