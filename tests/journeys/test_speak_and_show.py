"""A photo and a voice, from her phone to a clinician's screen, in real browsers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.people import AtHerBrowser, AtTheWard, scan
from tests.media.made_media import DEVICE, photo
from tests.servers import CHROMIUM_FLAGS, program

pytestmark = pytest.mark.browser
DO = "Warm your hands before you touch my knee"
# A decoder in a process of its own, on a busy machine.
PATIENCE_MS = 60_000
PHONE = {"viewport": {"width": 390, "height": 844}}
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def hearing_browser(browser: Browser) -> Iterator[Browser]:
    """Chromium with a microphone that hums."""
    flags = [*CHROMIUM_FLAGS, *MICROPHONE]
    hearing = browser.browser_type.launch(executable_path=program("chromium"), args=flags)
    yield hearing
    hearing.close()


def test_a_photo_and_a_voice_are_added_shared_seen_and_heard(
    hearing_browser: Browser, live_server, axe, tmp_path: Path
) -> None:
    service = live_server()
    taken = tmp_path / "IMG_1.jpg"
    taken.write_bytes(photo())
    hers = hearing_browser.new_context(**PHONE)
    resident = AtHerBrowser(hers.new_page(), service.base_url)
    page = resident.page
    resident.signs_up("Maud Ellery")
    resident.writes("Please do", "What should people do?", DO)
    page.get_by_role("link", name="Photos, voice, video and papers").click()

    page.get_by_role("button", name="Add something").click()
    page.get_by_label("Choose a file").set_input_files(taken)
    page.get_by_label("What does it show or say?").fill("My splint")
    # The connection breaks off: the sending goes on by itself when it is back.
    lost = {"times": 2}

    def break_off(route) -> None:
        lost["times"] -= 1
        route.abort() if lost["times"] >= 0 else route.fallback()

    page.route("**/uploads/*/0", break_off)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("We have kept your file.")).to_be_visible(timeout=PATIENCE_MS)
    assert lost["times"] < 0
    expect(page.get_by_text("My splint").first).to_be_visible()
    expect(page.locator(".passport-file__picture")).to_have_js_property("naturalWidth", 200)

    page.get_by_role("button", name="Add something").click()
    page.get_by_role("button", name="Start to record").click()
    expect(page.get_by_text("Recording.")).to_be_visible()
    expect(page.locator("[data-clock]")).to_have_text("00:03")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("This is what you said.")).to_be_visible()
    assert axe(page) == []
    page.get_by_label("What does it show or say?").fill("How to say my name")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("We have kept your file.")).to_be_visible(timeout=PATIENCE_MS)

    # Another recording stops halfway: the page is gone before anybody pressed a button.
    page.goto(f"{service.base_url}/story/please-do/files/new")
    with page.expect_response("**/uploads/*/0"):
        page.get_by_role("button", name="Start to record").click()
    page.goto(f"{service.base_url}/story/please-do/files")
    page.get_by_role("button", name="Keep what is here").click()
    expect(page.get_by_text("We have kept what was there.")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator("audio")).to_have_count(2)
    assert axe(page) == []

    resident.shares("Ward 7", "Please do")
    link = scan(resident.shows_her_screen())
    passcode = resident.passcode
    with hearing_browser.new_context(**PHONE) as theirs:
        clinician = AtTheWard(theirs.new_page())
        clinician.opens(link, "Nurse Adeyemi", passcode)
        clinician.reads(DO)
        seen = clinician.page
        seen.get_by_role("button", name="Show photo: My splint").click()
        picture = seen.get_by_role("img", name="My splint")
        expect(picture).to_be_visible()
        seen.get_by_role("button", name="Play sound: How to say my name").click()
        expect(seen.locator("audio")).to_be_visible(timeout=PATIENCE_MS)
        seen.wait_for_function("() => document.querySelector('audio.story-player').duration > 1")
        seen.locator("audio").evaluate("player => player.play()")
        seen.wait_for_function("() => document.querySelector('audio.story-player').currentTime > 0")
        assert axe(seen) == []
    hers.close()
    stored = [path.read_bytes() for path in service.instance_path.rglob("*") if path.is_file()]
    assert not [data for data in stored if DEVICE.encode() in data]
