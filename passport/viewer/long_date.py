"""How a day is written in the page's language, for the viewer's script to fill in.

A browser's own knowledge of it takes a slow phone a tenth of a second to wake, and some know no
Welsh; here it comes with the page, as Babel has it from Unicode CLDR ("long" dates).
"""

from babel import Locale
from babel.dates import get_month_names
from flask_babel import get_locale

_GAPS = {"d": "{day}", "MMMM": "{month}", "y": "{year}"}
_BRITISH = Locale("en", "GB")


def long_date() -> str:
    """Such as `{day} {month} {year}`."""
    return _locale().date_formats["long"].format % _GAPS


def months() -> str:
    """The twelve names, as they stand in a date, with `|` between them."""
    return "|".join(get_month_names("wide", locale=_locale()).values())


def _locale() -> Locale:
    return get_locale() or _BRITISH
