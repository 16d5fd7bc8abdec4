"""The languages that a part of a story may be in, to choose from."""

from wtforms import SelectChoice

from passport.story.language_names import LANGUAGE_NAMES

LANGUAGES = tuple(SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items())
