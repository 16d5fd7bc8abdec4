"""Times, lists and numbers in the reader's language: what templates and messages say.

A moment becomes words such as "yesterday at 14:05" or "on Friday 4 December", which every one of
our languages can put into a sentence as they are.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from flask import Flask
from flask_babel import get_translations
from flask_babel import gettext as _

from passport import clock
from passport.web.page_language import locale

UK = ZoneInfo("Europe/London")
_PLAIN_DAY = "EEEE d MMMM"
_YEAR = re.compile(r"[,،]?\s*y+")


def init_app(app: Flask) -> None:
    """Make the filters known to templates, by their own names."""
    for function in (listed, day_words, time_words, until_words, count_words):
        app.add_template_filter(function)
    app.add_template_global(plural_texts)


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return format_list(items, locale=locale())


def count_words(count: int, one: str, many: str) -> str:
    """`1 part`, `6 parts`."""
    return f"{count} {one if count == 1 else many}"


def plural_texts(one: str, many: str) -> dict[str, str]:
    """The texts for each kind of number that the language knows, for scripts that count.

    What stands in braces is left to the script.
    """
    rule, say = locale().plural_form, get_translations().ungettext
    samples = {rule(number): number for number in range(200, -1, -1)}
    texts = {kind: say(one, many, number) for kind, number in samples.items()}
    return {"other": texts.get("other") or say(one, many, 200)} | texts


def day_words(moment: datetime) -> str:
    """A day in the UK: `today`, `yesterday`, `on Friday 4 December`; the year if not this one."""
    day, today = moment.astimezone(UK).date(), _today()
    if day == today:
        return _("today")
    if day == today - timedelta(days=1):
        return _("yesterday")
    return _("on %(date)s", date=_date_words(day))


def time_words(moment: datetime) -> str:
    """A day and a time in the UK: `yesterday at 14:05`."""
    local = moment.astimezone(UK)
    day, today, at = local.date(), _today(), f"{local:%H:%M}"
    if day == today:
        return _("today at %(time)s", time=at)
    if day == today - timedelta(days=1):
        return _("yesterday at %(time)s", time=at)
    return _("on %(date)s at %(time)s", date=_date_words(day), time=at)


def until_words(moment: datetime | None) -> str:
    """When something ends: `until today at 17:00`, `until 17:00 on Friday 4 December`."""
    if moment is None:
        return _("until you stop it")
    local = moment.astimezone(UK)
    if local.time() == time.min:
        return _until_the_end_of(local.date() - timedelta(days=1))
    day, today, at = local.date(), _today(), f"{local:%H:%M}"
    if day == today:
        return _("until today at %(time)s", time=at)
    if day == today + timedelta(days=1):
        return _("until tomorrow at %(time)s", time=at)
    return _("until %(time)s on %(date)s", time=at, date=_date_words(day))


def _until_the_end_of(day: date) -> str:
    # People choose a last day, and midnight could be at either end of one.
    if day == _today():
        return _("until the end of today")
    return _("until the end of %(date)s", date=_date_words(day))


def date_of(text: str) -> str:
    """A day as people write it, such as `27 March 1962`, from ISO 8601."""
    return format_date(date.fromisoformat(text), "long", locale=locale())


def _date_words(day: date) -> str:
    in_full = locale().date_formats["full"].pattern
    if locale().language == "en":
        # Without the comma that CLDR has there.
        in_full = f"{_PLAIN_DAY} y"
    pattern = _YEAR.sub("", in_full) if day.year == _today().year else in_full
    return format_date(day, pattern, locale=locale())


def _today() -> date:
    return clock.now().astimezone(UK).date()
