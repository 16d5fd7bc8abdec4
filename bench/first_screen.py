"""From a scanned code to the first screen of a story: time, bytes and requests, on a slow phone.

Chromium with a four times slower processor, 1.6 Mbit/s and 150 ms for each request, against the
real service. The press on Open is automated: what a person takes for it is not ours to measure.
"""

import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests import live_service, servers

ROUNDS = 5
# Of the demo: the parts of the first screen, people and support; and all sixteen parts.
SHARES = {"a story for a visit": "short", "a whole story": "open"}
PHONE = {"width": 390, "height": 844}
SLOW_LINE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 1_600_000 / 8,
}
# Presses Open as soon as that is possible; says when the first screen has been painted.
PRESS = """
let isReadable;
window.readable = new Promise((resolve) => { isReadable = resolve; });
new MutationObserver((changes, observer) => {
  const shows = (name) => document.querySelector(`[data-view=${name}]:not([hidden])`);
  if (shows('open') && !window.pressed) {
    window.pressed = true;
    document.querySelector('#recipient').value = 'Nurse, Ward 5';
    document.querySelector('#open-button').click();
  }
  if (shows('story') && document.querySelector('.story-first > :nth-child(5)')) {
    observer.disconnect();
    // A message comes as soon as the frame is done, before timers that wait for it.
    const frame = new MessageChannel();
    frame.port1.onmessage = () => isReadable(performance.now());
    requestAnimationFrame(() => frame.port2.postMessage(""));
  }
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


def report() -> list[dict[str, object]]:
    """For each share, one line for a phone that never was here, one for its second scan."""
    with tempfile.TemporaryDirectory(prefix="passport-bench-") as folder:
        running = live_service.running(Path(folder) / "instance", {})
        with running as service, servers.chromium() as browser:
            shares = json.loads(service.flask("demo", "--json"))["shares"]
            return [
                line
                for name, share in SHARES.items()
                for line in _lines(name, browser, shares[share]["link"])
            ]


def _lines(name: str, browser: Browser, link: str) -> list[dict[str, object]]:
    scans = [_two_scans(browser, link) for _ in range(ROUNDS)]
    firsts, seconds = zip(*scans, strict=True)
    return [_line(f"{name}, first scan", firsts), _line(f"{name}, second scan", seconds)]


def _two_scans(browser: Browser, link: str) -> tuple[dict[str, float], dict[str, float]]:
    with browser.new_context(viewport=PHONE) as context:
        context.add_init_script(PRESS)
        return _scan(context.new_page(), link), _scan(context.new_page(), link)


def _scan(page: Page, link: str) -> dict[str, float]:
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", SLOW_LINE)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sizes: list[float] = []
    cached: set[str] = set()
    client.on("Network.requestServedFromCache", lambda event: cached.add(event["requestId"]))
    client.on("Network.loadingFinished", lambda event: _note(event, cached, sizes))
    page.goto(link, wait_until="commit")
    found = {"milliseconds": page.evaluate("window.readable")}
    page.wait_for_timeout(500)
    page.close()
    return found | {"bytes": sum(sizes), "requests": len(sizes)}


def _note(event: dict[str, Any], cached: set[str], sizes: list[float]) -> None:
    if event["requestId"] not in cached and event["encodedDataLength"] > 0:
        sizes.append(event["encodedDataLength"])


def _line(name: str, found: tuple[dict[str, float], ...]) -> dict[str, object]:
    medians = {key: round(statistics.median(one[key] for one in found)) for key in found[0]}
    return {"bench": f"first screen on a slow phone, {name}", **medians}
