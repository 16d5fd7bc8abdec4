"""Stories and links of people who mean harm, in one real browser, with every report collected."""

import pytest
from playwright.sync_api import expect

from tests.viewer.corpus import LINKS, SAFE, STORIES

# Whatever the policy stopped, and whatever ran all the same.
WATCH = """
window.reports = [];
window.stolen = (what) => window.reports.push(`ran: ${what}`);
document.addEventListener('securitypolicyviolation', (event) =>
  window.reports.push(`${event.violatedDirective} ${event.blockedURI}`));
window.longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({type: 'longtask', buffered: true});
"""
SETTLED = "[data-view=story]:visible, [data-view=problem]:visible"
HANGING_MS = 5000
"""A second on a phone of its own; this machine runs other tests meanwhile."""


@pytest.fixture
def watched(reader):
    reader.page.add_init_script(WATCH)
    return reader


def unharmed(reader, service, name):
    reports, longest = reader.page.evaluate("[window.reports, window.longest]")
    assert reports == [], name
    assert longest < HANGING_MS, name
    outside = [
        url
        for url in reader.requests
        if not url.startswith((service.origin, "data:")) or "stolen" in url
    ]
    assert outside == [], name
    # Our own forms have ids, or stand where answers are given.
    forms = "form:not([id], #after form)"
    acting = f"script:not([src]), iframe, object, embed, {forms}, base, [onerror], [onclick]"
    assert reader.page.locator(f"main [data-view] :is({acting})").count() == 0, name
    assert reader.page.url == f"{service.origin}/view", name


def test_hostile_stories_are_words_and_do_nothing(watched, service):
    for name, made in STORIES.items():
        watched.scan(service.share_of(made()))
        watched.press_open()
        expect(watched.story, name).to_be_visible(timeout=30_000)
        expect(watched.story, name).to_contain_text(SAFE)
        unharmed(watched, service, name)


def test_hostile_links_are_refused_in_a_sentence(watched, service):
    for name, (made, words) in LINKS.items():
        watched.scan(made(service))
        if watched.problem.is_hidden():
            offered = watched.page.locator("[data-view=elsewhere]")
            assert offered.is_hidden(), name
            watched.press_open()
        expect(watched.page.locator(SETTLED), name).to_have_count(1, timeout=30_000)
        expect(watched.problem, name).to_contain_text(words)
        unharmed(watched, service, name)
    assert len(STORIES) + len(LINKS) >= 40
