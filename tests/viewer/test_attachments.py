"""Photos, voice and papers: loaded when asked for, decrypted here, and unable to do anything."""

import json
from base64 import b64encode
from typing import Any
from uuid import UUID

import pytest
from flask import Response
from playwright.sync_api import expect

from passport.fhir.document import write_document
from passport.fhir.files import write_file
from passport.fhir.model import AttachedFile
from passport.media.clean_here import clean_here
from tests.fhir.stories import WRITTEN, document, section, text
from tests.media import made_media as made
from tests.viewer.story_service import FHIR_JSON, Service, base64url, link_to, seal

KEY = base64url(bytes(32))


def described(number: int, content_type: str, title: str, transcript: str = "") -> AttachedFile:
    return AttachedFile(UUID(int=number), content_type, 9, title, transcript, WRITTEN)


def link_with(service: Service, *files: tuple[AttachedFile, bytes]) -> str:
    """A link of this service to a story with these files, each at a location that gives once."""
    part = section(
        "please-do", "Please do", text("Warm my hands."), files=tuple(f for f, _ in files)
    )

    def manifest() -> Response:
        listed = [{"contentType": FHIR_JSON, "embedded": seal(write_document(document(part)), KEY)}]
        for file, content in files:
            jwe = seal(write_file(file, content), KEY)
            listed.append({"contentType": FHIR_JSON, "location": _once(service, jwe)})
        return Response(json.dumps({"files": listed}), mimetype="application/json")

    return link_to(service.at_new_address(manifest), KEY)


def _once(service: Service, jwe: str) -> str:
    left = [jwe]
    return service.at_new_address(
        lambda: Response(left.pop(), mimetype="application/jose") if left else Response(status=404)
    )


def test_files_wait_until_they_are_asked_for(service: Service, reader: Any, axe: Any) -> None:
    photo = clean_here(made.photo()).content
    sound = clean_here(made.sound()).content
    link = link_with(
        service,
        (described(1, "image/jpeg", "My splint", "Straps round the wrist"), photo),
        (described(2, "audio/mpeg", "How to say my name", "Nia, as in Nina"), sound),
        (described(3, "text/plain", "My plan"), b"<script>parent.hurt()</script>"),
    )
    story = reader.open(link)
    # The words are there without any file, and the first screen asked for none.
    expect(story.get_by_text("Straps round the wrist")).to_be_visible()
    assert len(reader.service_requests) == 1
    story.get_by_role("button", name="Show photo: My splint").click()
    expect(story.get_by_role("img", name="My splint")).to_be_visible()
    expect(reader.page.locator(".story-picture")).to_have_js_property("naturalWidth", 200)
    story.get_by_role("button", name="Play sound: How to say my name").click()
    player = story.locator("audio")
    expect(player).to_be_visible()
    reader.page.wait_for_function(
        "() => document.querySelector('audio.story-player').duration > 0.5"
    )
    story.get_by_role("button", name="Get document: My plan").click()
    saved = story.get_by_role("link", name="Save document: My plan")
    with reader.page.expect_download() as download:
        saved.click()
    assert download.value.suggested_filename == "document.txt"
    assert axe(reader.page) == []
    assert len(reader.service_requests) == 4


def test_a_spent_location_is_asked_for_anew(service: Service, reader: Any) -> None:
    link = link_with(
        service, (described(1, "image/jpeg", "Splint"), clean_here(made.photo()).content)
    )
    story = reader.open(link)
    # As when another window, or ten minutes, used it up.
    service.answers[list(service.answers)[-1]] = lambda: Response(status=404)
    story.get_by_role("button", name="Show photo: Splint").click()
    expect(story.get_by_role("img", name="Splint")).to_be_visible()


def test_what_could_act_is_never_opened(service: Service, reader: Any) -> None:
    hostile = b"<svg xmlns='http://www.w3.org/2000/svg'><script>parent.hurt()</script></svg>"
    link = link_with(
        service,
        (described(1, "image/svg+xml", "A drawing"), hostile),
        (described(2, "text/html", "A page"), hostile),
        (described(3, "image/jpeg", "No photo"), hostile),
    )
    story = reader.open(link)
    for name in ("Get document: A drawing", "Get document: A page"):
        story.get_by_role("button", name=name).click()
        expect(story.get_by_text("does not open files of this kind").first).to_be_visible()
    story.get_by_role("button", name="Show photo: No photo").click()
    assert story.locator("svg, iframe, object, embed").count() == 0


def test_files_inside_another_services_story_open_too(other_service: Service, reader: Any) -> None:
    photo = b64encode(clean_here(made.photo()).content).decode()
    attachment = {"contentType": "image/jpeg", "title": "A scan", "data": photo}
    file = {"resourceType": "DocumentReference", "content": [{"attachment": attachment}]}
    link = other_service.share_of(file)
    story = reader.open(link, "/view/elsewhere")
    story.get_by_role("button", name="Show photo: A scan").click()
    expect(story.get_by_role("img", name="A scan")).to_be_visible()


def test_however_many_files_a_part_has_every_one_can_be_reached(
    service: Service, reader: Any
) -> None:
    files = [(described(n, "image/jpeg", f"Photo number {n}."), b"-") for n in range(1, 121)]
    story = reader.open(link_with(service, *files))
    buttons = story.get_by_role("button", name="Show photo: Photo number")
    expect(buttons).to_have_count(50)
    story.get_by_role("button", name="Show more files (70)").click()
    expect(buttons).to_have_count(100)
    expect(story.get_by_role("button", name="Photo number 51.")).to_be_focused()
    story.get_by_role("button", name="Show more files (20)").click()
    expect(buttons).to_have_count(120)
    expect(story.get_by_role("button", name="Show more files")).to_have_count(0)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("with-it", "Readers can open this file: My splint"),
        ("not-with-it", "Not in this link: My splint"),
    ],
)
def test_a_look_before_sharing_says_what_readers_can_do_with_a_file(
    service: Service, reader: Any, header: str, said: str
) -> None:
    file = described(1, "image/jpeg", "My splint")
    part = section("please-do", "Please do", text("Warm my hands."), files=(file,))
    body = json.dumps(write_document(document(part)))
    headers = {"Passport-Files": header}
    reader.page.route(
        "**/preview.json",
        lambda route: route.fulfill(body=body, content_type=FHIR_JSON, headers=headers),
    )
    reader.page.goto(f"{service.origin}/view#preview={32 * 'a'}")
    expect(reader.story.get_by_text(said)).to_be_visible()
