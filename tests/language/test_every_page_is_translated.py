"""What pages say in another language: everything but what people wrote, names and numbers."""

import re
from pathlib import Path

import pytest

from config.secrets_file import InstanceSecrets
from passport.accounts.preferences import change_quietly
from passport.leaving.erase import erase_passport
from passport.leaving.export import make_export
from passport.leaving.readable import readable_page
from passport.leaving.receipt_text import receipt_text
from passport.story import example
from passport.story.catalogue import CATALOGUE
from passport.story.language_names import LANGUAGE_NAMES
from passport.story.section_rules import texts_in
from passport.web import page_language
from passport.web.forms import account_forms
from passport.web.readers_language import readers_language
from passport.wiring import wiring
from tests.applications import make_app
from tests.language.bracketed import CODE, untranslated, write_catalogue
from tests.residents import PEPPER_SECRET, new_resident
from tests.web.conftest import Served
from tests.web.test_every_page import (
    LONG,
    card_to_print,
    files_of,
    page_addresses,
    recovery_helpers_of,
    share_to_look_at,
    supporters_of,
    write_a_full_story,
)
from tests.web.visitor import Visitor

SUGGESTED = "lantern ferry violet"
STRANGERS = ("/", "/sign-up", "/sign-in", "/recover", "/recover/with-help", "/card", "/nowhere")
VIEWER = ("/view", "/view/scan")
# Names of what is not ours to translate, and what the people of these tests and of the example
# wrote. The longest go first, because some stand in others.
NAMES = (
    "Story Passport",
    *page_language.PAGE_LANGUAGES.values(),
    *LANGUAGE_NAMES.values(),
    *("Northern Ireland: Public Services Ombudsman", "Information Commissioner’s Office (ICO)"),
    "Scotland: Scottish Public Services Ombudsman",
    "England: Parliamentary and Health Service Ombudsman",
    "Wales: Public Services Ombudsman for Wales",
)
MADE_UP = (LONG, LONG[:60], LONG[:90], "Llanfair" * 7, "Biscuit", "Maudie", "Maud", "Ada", "Purse")
WRITTEN = ("Quiet", "My daughter", "1 Row", "Holm", "A brown dog", "note.mp3", "dog.jpg", SUGGESTED)
OF_THE_EXAMPLE = (
    *(line for text in texts_in([example.IDENTITY, example.CONTENT]) for line in text.split("\n")),
    example.OWN_TITLE,
    "Two tubs of beans and one tomato on the balcony. They are my mornings.",
    *("Ward 7, Marlbrook General", "Lantern Row Surgery", "Hospital transport", "Nurse, Ward 7"),
)
# Dates and what they are made of, codes, addresses, and the number of whoever has no name.
CODES = re.compile(
    r"\{day\}.*\{year\}|\w+(?:\|\w+){11}|\d+ \w+، \d{4}|\b[0-9A-Z]{5}\b"
    r"|\bhttp://\S+|^(/[\w-]+)+$|^resident [0-9a-f]+$"
)
# Packages and licences, by their names.
FILE_CODES = re.compile(r"\d+ \w+، \d{4}|http://\S+")
ONLY_NAMES = {"/credits"}


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Pages whose every text stands in brackets, and Maud, who wrote something everywhere."""
    monkeypatch.setattr(page_language, "TRANSLATIONS", tmp_path / "translations")
    page_language.is_checked.cache_clear()
    write_catalogue(tmp_path / "translations")
    monkeypatch.setattr(account_forms, "new_suggestion", lambda: SUGGESTED)
    app = make_app(tmp_path, secrets=InstanceSecrets(b"s" * 32, PEPPER_SECRET))
    with app.app_context():
        maud = new_resident(wiring().database)
    return Served(app, "http://localhost", maud)


def left_in_english(visitor: Visitor, addresses: list[str]) -> dict[str, set[str]]:
    shown = {address: visitor.sees(address) for address in addresses}
    pages = {
        address: page.text
        for address, page in shown.items()
        if page.mimetype == "text/html" and not page.location and address not in ONLY_NAMES
    }
    apart = sorted({*NAMES, *MADE_UP, *WRITTEN, *OF_THE_EXAMPLE}, key=len, reverse=True)
    found = {address: untranslated(page, apart, CODES) for address, page in pages.items()}
    # What readers will see: titles are part of what is shared, in the words that they get.
    titles = {kind.title for kind in CATALOGUE} | {"Photo", "Sound", "Video", "Document"}
    left = {a: texts - titles if a.endswith("/check") else texts for a, texts in found.items()}
    return {address: texts for address, texts in left.items() if texts}


def test_a_page_says_nothing_in_english_to_who_reads_another_language(served):
    addresses = page_addresses(
        served.app,
        *write_a_full_story(served),
        slot_id=card_to_print(served),
        attachment_id=files_of(served),
        try_id=share_to_look_at(served),
        **supporters_of(served),
        **recovery_helpers_of(served),
    )
    change_quietly(served.maud.database, served.maud.passport, language=CODE)
    found = left_in_english(Visitor(served.app, served.maud.cookie), list(addresses))
    assert found == {}


def test_a_stranger_and_a_clinician_are_told_nothing_in_english_either(served):
    visitor = Visitor(served.app)
    visitor.client.set_cookie("language", CODE)
    found = left_in_english(visitor, [*STRANGERS, *VIEWER])
    assert found == {}


def test_the_file_to_read_and_the_receipt_are_in_her_language_too(served):
    maud = served.maud
    write_a_full_story(served)
    change_quietly(maud.database, maud.passport, language=CODE)
    made = make_export(maud.database, maud.passport, served.base_url, lambda _line: "")
    with served.app.test_request_context(headers={"Accept-Language": CODE}):
        reader = readers_language()
    # It goes out piece by piece, after the request.
    page = b"".join(readable_page(made, reader)).decode()
    assert f'lang="{CODE}" dir="rtl"' in page
    apart = sorted({*NAMES, *MADE_UP, *WRITTEN, "Llanfair", "UTC"}, key=len, reverse=True)
    assert untranslated(page, apart, FILE_CODES) == set()
    erased = erase_passport(maud.database, maud.passport)
    receipt = receipt_text(erased, served.base_url, reader)
    assert untranslated(receipt, apart, FILE_CODES) == set()
