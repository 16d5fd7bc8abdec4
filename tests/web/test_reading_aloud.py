"""Easy read in a real browser: read aloud, with the word that is being said marked."""

from playwright.sync_api import Browser, Page, expect

# A voice that says each word when it is told to: no machine that runs tests has one of its own.
VOICE = """
window.said = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(speech) { said.push([speech.text, speech.lang]); window.now = speech; speech.onstart(); },
  cancel() { window.now = null; },
} });
"""


def _opened(browser: Browser, served, script: str = VOICE) -> Page:
    context = browser.new_context()
    context.add_init_script(script)
    context.add_cookies([{"name": "session", "value": served.maud.cookie, "url": served.base_url}])
    page = context.new_page()
    page.goto(f"{served.base_url}/story/easy")
    return page


def test_each_line_is_read_in_its_language_and_each_word_is_marked(served, browser):
    served.maud.write("please-do", ["Curwch ar y drws"], based_on=1, language="cy")
    page = _opened(browser, served)
    page.get_by_role("button", name="Read aloud").click()
    assert page.evaluate("said") == [["Please do", "en"]]
    page.evaluate("now.onend()")
    assert page.evaluate("said[1]") == ["Curwch ar y drws", "cy"]
    page.evaluate("now.onboundary({ charIndex: 7 })")
    expect(page.locator(".passport-easy__word")).to_have_text("ar")
    page.evaluate("now.onend()")
    expect(page.locator(".passport-easy__word")).to_have_count(0)
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    expect(page.get_by_text("Curwch ar y drws")).to_be_visible()
    page.context.close()


def test_stopping_is_one_press_and_a_silent_device_says_so(served, browser):
    page = _opened(browser, served)
    page.get_by_role("button", name="Read aloud").click()
    page.get_by_role("button", name="Stop reading").click()
    expect(page.locator(".passport-easy__now")).to_have_count(0)
    page.get_by_role("button", name="Read aloud").click()
    page.evaluate("now.onerror({ error: 'language-unavailable' })")
    expect(page.get_by_text("This device can’t read aloud in this language.")).to_be_visible()
    page.context.close()
