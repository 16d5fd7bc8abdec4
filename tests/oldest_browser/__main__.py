"""`make oldest`: what a reader does, in the oldest Chromium that is still to be had.

Playwright can't drive it. Prints a line of JSON for each step; ends with 1 if one failed.
"""

import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.devtools import DevTools
from tests import live_service
from tests.oldest_browser import chromium_83

PATIENCE_S = 20
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
WORDS = "document.querySelector('main').innerText"


@dataclass
class Reader:
    """Somebody with one page of that browser; `failed` counts steps that did not come true."""

    browser: DevTools
    page: str
    failed: int = 0

    def scans(self, link: str) -> None:
        self.browser.send("Page.navigate", self.page, url=link)
        self.sees("the form", "!document.querySelector('[data-view=open]').hidden")

    def opens(self, passcode: str | None = None) -> None:
        self.does("document.getElementById('recipient').value = 'Nurse, Ward 5'")
        if passcode:
            self.does(f"document.getElementById('passcode').value = {json.dumps(passcode)}")
        self.does("document.getElementById('open-button').click()")

    def does(self, script: str) -> object:
        found = self.browser.send(
            "Runtime.evaluate", self.page, expression=script, returnByValue=True
        )
        return found["result"].get("value")

    def sees(self, step: str, script: str) -> None:
        until, is_so = time.monotonic() + PATIENCE_S, False
        while not is_so and time.monotonic() < until:
            is_so = self.does(script) is True
            time.sleep(0.1)
        self.failed += not is_so
        print(json.dumps({"step": step, "works": is_so}), flush=True)


def read_and_answer(reader: Reader, share: dict[str, str]) -> None:
    reader.scans(share["link"])
    reader.opens()
    reader.sees("the story", f"{WORDS}.includes('Take blood from my right arm')")
    reader.sees("the rest of it", "document.querySelectorAll('#story-rest > section').length > 5")
    reader.does("document.querySelector('[data-size=\"150\"]').click()")
    reader.sees("larger text", "document.documentElement.dataset.size === '150'")
    reader.does("document.querySelector('[data-kind=acknowledgement] button').click()")
    reader.sees("an answer", "document.getElementById('after-said').textContent.length > 0")
    reader.does("document.querySelector('[data-close]:not([hidden])').click()")
    reader.sees("the story closed", f"!{WORDS}.includes('right arm')")


def mistype_a_passcode(reader: Reader, share: dict[str, str]) -> None:
    reader.scans(share["link"])
    reader.opens("000000")
    reader.sees(
        "the focus on what was wrong",
        "document.activeElement.className === 'nhsuk-error-summary'",
    )
    reader.opens(share["passcode"])
    reader.sees(
        "the story behind a passcode", "!document.querySelector('[data-view=story]').hidden"
    )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="passport-oldest-") as name:
        folder, failed = Path(name), 0
        with (
            live_service.running(folder / "instance", {}) as service,
            chromium_83.running(folder) as browser,
        ):
            print(json.dumps({"browser": browser.send("Browser.getVersion")["product"]}))
            shares = json.loads(service.flask("demo", "--json"))["shares"]
            for act, share in ((read_and_answer, "open"), (mistype_a_passcode, "passcode")):
                with browser.visitor() as visitor, browser.page(visitor) as page:
                    browser.send("Page.enable", page)
                    browser.send("Runtime.enable", page)
                    browser.send("Emulation.setDeviceMetricsOverride", page, **PHONE)
                    reader = Reader(browser, page)
                    act(reader, shares[share])
                    failed += reader.failed
            thrown = [one for one in browser.events if one["method"] == "Runtime.exceptionThrown"]
            print(json.dumps({"errors of scripts": len(thrown)}))
    return 1 if failed or thrown else 0


if __name__ == "__main__":
    sys.exit(main())
