"""Every page in other languages than English, which is in test_every_page.py, on a narrow screen.

Urdu reads from the right, and Welsh has the longest words: by the rules that words can break, and
for width. `LANGUAGES=all` looks at all languages by every rule, in some minutes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from passport.accounts.preferences import change_quietly
from passport.web.page_language import PAGE_LANGUAGES
from tests import accessibility
from tests.web.conftest import Served
from tests.web.test_every_page import (
    NARROW,
    STRANGERS,
    card_to_print,
    files_of,
    page_addresses,
    problems_of,
    recovery_helpers_of,
    share_to_look_at,
    supporters_of,
    write_a_full_story,
)

LANGUAGES = [
    code
    for code in PAGE_LANGUAGES
    if code in ("ur", "cy") or accessibility.is_looked_at_closely(code)
]


@pytest.fixture
def addresses(served: Served) -> list[str]:
    """The pages of a passport in which something stands everywhere."""
    found = page_addresses(
        served.app,
        *write_a_full_story(served),
        slot_id=card_to_print(served),
        attachment_id=files_of(served),
        try_id=share_to_look_at(served),
        **supporters_of(served),
        **recovery_helpers_of(served),
    )
    return list(found)


@contextmanager
def narrow_browser(browser: Browser, served: Served, **cookies: str) -> Iterator[Page]:
    with browser.new_context(viewport=NARROW) as context:
        context.add_cookies(
            [{"name": name, "value": cookies[name], "url": served.base_url} for name in cookies]
        )
        accessibility.bring_along(context)
        yield context.new_page()


def found_on(page: Page, base_url: str, addresses: list[str], code: str) -> list[str]:
    """What is wrong with these pages in this language, each with its address."""
    look, found = accessibility.problems_in(code), []
    for address in addresses:
        page.goto(base_url + address)
        shown_in = page.evaluate("document.documentElement.lang")
        problems = problems_of(page, look) + ([] if shown_in == code else [f"in {shown_in}"])
        found += [f"{code} {address}: {problem}" for problem in problems]
    return found


@pytest.mark.browser
def test_every_page_is_open_to_everyone_in_other_languages_too(served, browser, addresses):
    maud, found = served.maud, []
    with narrow_browser(browser, served, session=maud.cookie) as page:
        for code in LANGUAGES:
            change_quietly(maud.database, maud.passport, language=code)
            found += found_on(page, served.base_url, addresses, code)
    for code in LANGUAGES:
        with narrow_browser(browser, served, language=code) as page:
            found += found_on(page, served.base_url, STRANGERS, code)
    pages = len(addresses) + len(STRANGERS)
    print(f"{pages} pages in {len(LANGUAGES)} languages: {len(found)} findings")
    assert not found, "\n".join(found)
