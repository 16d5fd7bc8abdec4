"""Marks words in services for the catalogues of languages; pages translate them where they show.

Services know no Flask and no reader's language: they say English, marked `N_("…")`, and the
web, viewer and paper rooms pass it through `gettext` at the edge.
"""


def N_(words: str) -> str:
    """The words as they are: a mark for the extraction, like gettext's own `N_`."""
    return words
