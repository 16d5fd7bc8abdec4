"""The language that a file is written in for its reader: given by whoever asks for the file.

This room knows no pages, so it is handed what says English words in that language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from babel.dates import format_date


def _as_written(words: str) -> str:
    return words


def _english_plural(one: str, many: str, count: int) -> str:
    return one if count == 1 else many


@dataclass(frozen=True)
class ReadersLanguage:
    """English, unless something else is said. `locale` is how its people write dates."""

    code: str = "en"
    locale: str = "en_GB"
    direction: str = "ltr"
    gettext: Callable[[str], str] = _as_written
    ngettext: Callable[[str, str, int], str] = _english_plural

    def moment(self, moment: datetime) -> str:
        """`26 November 2026, 14:05 UTC`."""
        at = moment.astimezone(UTC)
        return f"{format_date(at, 'long', locale=self.locale)}, {at:%H:%M} UTC"


ENGLISH = ReadersLanguage()
