"""The reader's language, for files that are made in a room without pages."""

from flask_babel import get_translations

from passport.leaving.readers_language import ReadersLanguage
from passport.web.page_language import language, locale


def readers_language() -> ReadersLanguage:
    """What this page is shown in, and still after its request: files go out piece by piece."""
    found = get_translations()
    return ReadersLanguage(
        language(), str(locale()), locale().text_direction, found.ugettext, found.ungettext
    )
