"""From a scanned code to the first screen of a story: time, bytes and requests, on a slow phone.

Chromium with a four times slower processor, 1.6 Mbit/s and 150 ms for each request, against the
real service. The press on Open is automated: what a person takes for it is not ours to measure.
"""

import json
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from bench import devtools
from bench.devtools import DevTools
from tests import live_service

ROUNDS = 9
# A browser that was given a new visitor is busy with that for a while, which is no part of a scan.
QUIET_S = 1
# Of the demo: the parts of the first screen, people and support; and all sixteen parts.
SHARES = {"a story for a visit": "short", "a whole story": "open"}
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": False}
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 1_600_000 / 8,
}
# Presses Open as soon as that is possible; says when the last part of the first screen was seen
# (W3C Element Timing: when a frame that holds it was shown).
PRESS = """
window.readable = new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const shown = list.getEntries().find((entry) => entry.identifier === 'first-screen');
    if (shown) resolve(shown.renderTime);
  }).observe({type: 'element', buffered: true});
});
new MutationObserver((changes, observer) => {
  const shows = (name) => document.querySelector(`[data-view=${name}]:not([hidden])`);
  if (shows('open') && !window.pressed) {
    window.pressed = true;
    document.querySelector('#recipient').value = 'Nurse, Ward 5';
    document.querySelector('#open-button').click();
  }
  const parts = shows('story') && document.querySelectorAll('.story-first > section h2');
  if (parts && parts.length >= 5) {
    observer.disconnect();
    for (const part of parts) part.setAttribute('elementtiming', 'first-screen');
  }
}).observe(document, {subtree: true, attributes: true, attributeFilter: ['hidden']});
"""


def report() -> list[dict[str, object]]:
    """For each share, one line for a phone that never was here, one for its second scan."""
    with tempfile.TemporaryDirectory(prefix="passport-bench-") as folder:
        running = live_service.running(Path(folder) / "instance", {})
        with running as service, devtools.running() as browser:
            shares = json.loads(service.flask("demo", "--json"))["shares"]
            # A browser that was just started is busy with itself.
            _two_scans(browser, shares["short"]["link"])
            return [
                line
                for name, share in SHARES.items()
                for line in _lines(name, browser, shares[share]["link"])
            ]


def _lines(name: str, browser: DevTools, link: str) -> list[dict[str, object]]:
    scans = [_two_scans(browser, link) for _ in range(ROUNDS)]
    firsts, seconds = zip(*scans, strict=True)
    return [_line(f"{name}, first scan", firsts), _line(f"{name}, second scan", seconds)]


def _two_scans(browser: DevTools, link: str) -> tuple[dict[str, float], dict[str, float]]:
    with browser.visitor() as visitor:
        return _scan(browser, visitor, link), _scan(browser, visitor, link)


def _scan(browser: DevTools, visitor: str, link: str) -> dict[str, float]:
    with browser.page(visitor) as page:
        browser.send("Page.enable", page)
        browser.send("Network.enable", page)
        browser.send("Emulation.setDeviceMetricsOverride", page, **PHONE)
        browser.send("Network.emulateNetworkConditions", page, **SLOW_LINE)
        browser.send("Emulation.setCPUThrottlingRate", page, rate=4)
        browser.send("Page.addScriptToEvaluateOnNewDocument", page, source=PRESS)
        time.sleep(QUIET_S)
        browser.events.clear()
        browser.send("Page.navigate", page, url=link)
        found = browser.send(
            "Runtime.evaluate", page, expression="window.readable", awaitPromise=True
        )
        # What is asked for after the first screen counts too.
        time.sleep(0.5)
        sizes = _sizes(browser)
    return {
        "milliseconds": found["result"]["value"],
        "bytes": sum(sizes),
        "requests": len(sizes),
    }


def _sizes(browser: DevTools) -> list[int]:
    # Whatever Chromium had to say meanwhile comes before this answer.
    browser.send("Target.getTargets")
    pieces, wholes = Counter[str](), Counter[str]()
    for event in browser.events:
        params = event.get("params", {})
        match event.get("method"):
            case "Network.responseReceived":
                pieces[params["requestId"]] += params["response"]["encodedDataLength"]
            case "Network.dataReceived":
                pieces[params["requestId"]] += params["encodedDataLength"]
            case "Network.loadingFinished":
                wholes[params["requestId"]] = params["encodedDataLength"]
    # A document has no pieces, and an answer that a script has read may have no end. What comes
    # from the browser's own cache has no bytes.
    return [size for size in (pieces | wholes).values() if size]


def _line(name: str, found: tuple[dict[str, float], ...]) -> dict[str, object]:
    medians = {key: round(statistics.median(one[key] for one in found)) for key in found[0]}
    return {"bench": f"first screen on a slow phone, {name}", **medians}
