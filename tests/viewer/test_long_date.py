"""A day is written as the readers of the page write it, whatever their browser knows of that."""

import re
from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from playwright.sync_api import expect

from passport.web.page_language import PAGE_LANGUAGES
from tests.viewer.demo import demo_bundle

BORN = date(1953, 10, 6)


@pytest.mark.parametrize("code", PAGE_LANGUAGES)
def test_a_day_is_written_in_the_language_of_the_page(reader, service, code):
    bundle = demo_bundle()
    patient = next(
        e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Patient"
    )
    patient["birthDate"] = BORN.isoformat()
    link = service.share_of(bundle)
    reader.page.goto(f"{service.origin}/view?lang={code}#{link}")
    reader.page.locator("#recipient").fill("Nurse, Ward 5")
    reader.page.locator("#open-button").click()
    locale = Locale("en", "GB") if code == "en" else Locale.parse(code)
    expect(reader.page.locator("#story-head")).to_contain_text(
        format_date(BORN, "long", locale=locale)
    )
    opened = reader.page.locator("#story-read").inner_text()
    assert re.search(r"\b\d\d:\d\d\b", opened)
    assert not re.search("AM|PM", opened)
