"""A code in a photo, on a screen or before the camera, read on this device alone."""

import base64
import io

import pytest
import qrcode
from playwright.sync_api import expect

from tests.viewer.stories import story

# A camera that sees one picture: what a browser gives for a camera, without one.
ONE_PICTURE = """
src => {
  navigator.mediaDevices.getUserMedia = async () => {
    const picture = new Image();
    picture.src = src;
    await picture.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [640, 480];
    const draw = () => {
      canvas.getContext('2d').fillRect(0, 0, 640, 480);
      canvas.getContext('2d').drawImage(picture, 120, 40, 400, 400);
    };
    draw();
    setInterval(draw, 50);
    return window.seen = canvas.captureStream(20);
  };
}
"""


def photo_of(text):
    made = io.BytesIO()
    qrcode.make(text).save(made)
    return made.getvalue()


def choose(reader, name, data):
    photo = {"name": name, "mimeType": "image/png", "buffer": data}
    reader.page.get_by_label("Or choose a photo of the code").set_input_files(photo)


@pytest.fixture
def scanning(reader, service):
    reader.page.goto(f"{service.origin}/view/scan")
    return reader


def test_a_photo_of_a_code_leads_to_its_story_and_the_key_goes_nowhere(scanning, service):
    address = f"{service.origin}/view#"
    choose(scanning, "code.png", photo_of(address + service.share_of(story())))
    scanning.press_open()
    expect(scanning.story).to_contain_text("left arm")
    assert not [url for url in scanning.requests if "shlink" in url.split("#")[0]]
    assert scanning.page.url == f"{service.origin}/view"


def test_what_is_no_code_of_a_story_is_said_in_words(scanning):
    said = scanning.page.locator("#scan-said")
    choose(scanning, "other.png", photo_of("https://example.org/menu"))
    expect(said).to_contain_text("not a link to a story")
    choose(scanning, "broken.png", b"no picture at all")
    expect(said).to_contain_text("can’t be read as a picture")
    blank = io.BytesIO()
    qrcode.make("x").resize((40, 40)).crop((0, 0, 4, 4)).save(blank, "PNG")
    choose(scanning, "blank.png", blank.getvalue())
    expect(said).to_contain_text("No code was found")


def test_the_camera_reads_a_code_and_is_let_go(scanning, service, axe):
    picture = base64.b64encode(photo_of(service.share_of(story()))).decode()
    scanning.page.evaluate(ONE_PICTURE, f"data:image/png;base64,{picture}")
    assert axe(scanning.page) == []
    scanning.page.get_by_role("button", name="Use the camera").click()
    expect(scanning.page.get_by_label("Who is reading?")).to_be_visible()
    assert scanning.service_requests == []


def test_a_camera_that_is_not_allowed_is_said_with_what_to_do(scanning):
    refuse = "() => { navigator.mediaDevices.getUserMedia = async () => { throw new Error('no') } }"
    scanning.page.evaluate(refuse)
    scanning.page.get_by_role("button", name="Use the camera").click()
    expect(scanning.page.locator("#scan-said")).to_contain_text("choose a photo of the code")


def test_only_the_page_that_scans_may_use_the_camera_and_it_can_reach_nobody(scanning, service):
    headers = scanning.page.request.get(f"{service.origin}/view/scan").headers
    assert "camera=(self)" in headers["permissions-policy"]
    assert "connect-src 'none'" in headers["content-security-policy"]
    elsewhere = scanning.page.request.get(f"{service.origin}/view").headers
    assert "camera=()" in elsewhere["permissions-policy"]
