"""How long the viewer holds up the page with a huge story, against parsing its JSON in the page."""

import json
import logging
import statistics
from types import SimpleNamespace
from unittest.mock import patch

from playwright.sync_api import Page

from passport.viewer import pages
from tests import servers
from tests.viewer import story_service
from tests.viewer.conftest import viewer_app
from tests.viewer.reader import Reader
from tests.viewer.stories import document, section

ROUNDS = 3
LONGEST_TASK = """
window.slowest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.slowest = Math.max(window.slowest, task.duration);
}).observe({type: 'longtask', buffered: true});
"""
PARSE = """
text => { const start = performance.now(); JSON.parse(text); return performance.now() - start; }
"""
HUGE = {
    "five megabytes of words": lambda: document(section("A", f"<p>{'word ' * 1_000_000}</p>")),
    "500,000 paragraphs": lambda: document(section("A", "<p>x</p>" * 500_000)),
    "10,000 sections": lambda: document(
        *(section(f"Section {number}", "<p>words</p>") for number in range(10_000))
    ),
}


def report() -> list[dict[str, object]]:
    """One line for each huge story: the longest task, in milliseconds and as a ratio."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = SimpleNamespace(base_url="http://127.0.0.1")
    wired = patch.object(pages, "wiring", lambda: SimpleNamespace(settings=settings))
    with wired, story_service.running(viewer_app()) as service, servers.chromium() as browser:
        lines = []
        for name, story in HUGE.items():
            bundle, measured = story(), []
            for _ in range(ROUNDS):
                with browser.new_context() as context:
                    measured.append(_longest(context.new_page(), service, bundle))
            longest, parsing = (statistics.median(column) for column in zip(*measured, strict=True))
            lines.append(
                {
                    "bench": f"longest task in the viewer, {name}",
                    "milliseconds": round(longest),
                    "ratio_to_parsing_its_json": round(longest / max(parsing, 0.1), 1),
                }
            )
    return lines


def _longest(page: Page, service: story_service.Service, bundle: object) -> tuple[float, float]:
    page.add_init_script(LONGEST_TASK)
    reader = Reader(page, service.origin)
    reader.scan(service.share_of(bundle))
    reader.press_open()
    page.locator("[data-view=story]:visible, [data-view=problem]:visible").wait_for(timeout=60_000)
    page.wait_for_timeout(300)
    return page.evaluate("window.slowest"), page.evaluate(PARSE, json.dumps(bundle))
