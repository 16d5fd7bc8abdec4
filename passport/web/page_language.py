"""The language of pages: what the reader chose, else what the browser asks for, else English.

The choice is sealed in the passport. A cookie remembers it on this device, for the pages that are
shown before anybody has signed in, and for strangers; it says nothing else.
"""

import re
from functools import cache
from pathlib import Path

from babel import Locale
from flask import Flask, Response, g, request
from flask_babel import Babel, get_locale, refresh

from passport.web.own_preferences import own_preferences
from passport.web.session_cookie import lasting_cookie

PAGE_LANGUAGES = {
    "en": "English",
    "cy": "Cymraeg",
    "pl": "Polski",
    "tr": "Türkçe",
    "bn": "বাংলা",
    "ur": "اردو",
    "ar": "العربية",
}
"""Languages that pages can be shown in, by code, each named in itself."""
TRANSLATIONS = Path(__file__).parent.parent / "translations"
_COOKIE = "language"
_CHECKED_BY = re.compile(r'^"X-Checked-By: (.*)\\n"$', re.MULTILINE)
_NOBODY = "nobody yet"
_A_YEAR = 365 * 24 * 60 * 60
# Dates as they are written in the United Kingdom.
_LOCALES = {"en": "en_GB"}


def init_app(app: Flask) -> None:
    """Let templates and pages say words in the reader's language: `_`, `ngettext` and lazy ones."""
    Babel(
        app,
        locale_selector=_locale,
        default_timezone="Europe/London",
        default_translation_directories=str(TRANSLATIONS),
    )

    app.add_template_global(this_page)

    @app.context_processor
    def frame() -> dict[str, object]:
        return {
            "lang": language(),
            "dir": locale().text_direction,
            "page_languages": PAGE_LANGUAGES,
            "is_unchecked_translation": not is_checked(language()),
        }

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = g.get("chosen_language")
        if chosen and chosen != _on_this_device():
            name, flags = lasting_cookie(_COOKIE)
            response.set_cookie(name, chosen, max_age=_A_YEAR, **flags)
        return response


def language() -> str:
    """The code of the language that this page is shown in."""
    # In the address first: the reader's page is also for people who keep no cookies.
    said = _known(request.args.get("lang")) or _of_her_passport() or _on_this_device()
    return said or request.accept_languages.best_match(PAGE_LANGUAGES) or "en"


def locale() -> Locale:
    """The language of this page, with the ways of its people to write dates and lists."""
    return get_locale() or Locale.parse(_LOCALES["en"])


@cache
def is_checked(code: str) -> bool:
    """Whether somebody who speaks the language from home has read what its catalogue says."""
    if code == "en":
        return True
    catalogue = TRANSLATIONS / code / "LC_MESSAGES" / "messages.po"
    header = _CHECKED_BY.search(catalogue.read_text())
    return header is not None and header[1] != _NOBODY


def this_page() -> str:
    """The address that shows this page again; the first page for what only a form leads to."""
    can_be_asked_for = request.url_rule is None or "GET" in (request.url_rule.methods or ())
    return request.full_path.rstrip("?") if can_be_asked_for else "/"


def choose_language(code: str) -> None:
    """What the reader has just chosen counts from this answer on."""
    g.chosen_language = code
    refresh()


def _locale() -> str:
    code = language()
    return _LOCALES.get(code, code)


def _of_her_passport() -> str:
    """What was chosen just now, or by the owner who is signed in; empty for everybody else."""
    if "chosen_language" not in g:
        chosen = own_preferences()
        if chosen is None:
            return ""
        g.chosen_language = _known(chosen.language)
    return str(g.chosen_language)


def _on_this_device() -> str:
    # By the name that it has over TLS, or by the one on a developer's machine.
    return _known(request.cookies.get(f"__Host-{_COOKIE}", request.cookies.get(_COOKIE)))


def _known(code: str | None) -> str:
    return code if code in PAGE_LANGUAGES else ""
