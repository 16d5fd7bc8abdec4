"""Times and lists in plain words: what templates and messages say."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Flask

from passport import clock

UK = ZoneInfo("Europe/London")


def init_app(app: Flask) -> None:
    """Make the filters known to templates, by their own names."""
    for function in (listed, day_words, time_words, until_words, count_words):
        app.add_template_filter(function)


def listed(items: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, last = items
    return f"{', '.join(first)} and {last}" if first else last


def count_words(count: int, one: str, many: str) -> str:
    """`1 part`, `6 parts`."""
    return f"{count} {one if count == 1 else many}"


def day_words(moment: datetime) -> str:
    """A day in the UK: `today`, `yesterday`, `on Friday 4 December`; the year if not this one."""
    day, today = moment.astimezone(UK).date(), _today()
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return f"on {_date_words(day)}"


def time_words(moment: datetime) -> str:
    """A day and a time in the UK: `yesterday at 14:05`."""
    return f"{day_words(moment)} at {moment.astimezone(UK):%H:%M}"


def until_words(moment: datetime | None) -> str:
    """When something ends: `until today at 17:00`, `until 17:00 on Friday 4 December`."""
    if moment is None:
        return "until you stop it"
    local = moment.astimezone(UK)
    if local.time() == time.min:
        return _until_the_end_of(local.date() - timedelta(days=1))
    if local.date() == _today():
        return f"until today at {local:%H:%M}"
    if local.date() == _today() + timedelta(days=1):
        return f"until tomorrow at {local:%H:%M}"
    return f"until {local:%H:%M} on {_date_words(local.date())}"


def _until_the_end_of(day: date) -> str:
    # People choose a last day, and midnight could be at either end of one.
    if day == _today():
        return "until the end of today"
    return f"until the end of {_date_words(day)}"


def date_of(text: str) -> str:
    """A day as people write it, such as `27 March 1962`, from ISO 8601."""
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _date_words(day: date) -> str:
    year = "" if day.year == _today().year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def _today() -> date:
    return clock.now().astimezone(UK).date()
