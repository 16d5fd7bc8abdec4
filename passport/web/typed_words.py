"""The words that somebody typed into a form, apart from all else that a form holds."""

from collections.abc import Iterable

from passport.story.catalogue import CATALOGUE, IDENTITY

_PART = "part-"
_LINES = ("title", "recipient")
_TICKED = {
    f"{_PART}{part.key}"
    for kind in (IDENTITY, *CATALOGUE)
    for part in kind.parts
    if part.kind == "choices"
}


def typed_words(fields: Iterable[tuple[str, str]]) -> list[str]:
    """What was typed into the boxes, as it was typed; nothing of what was ticked or pressed."""
    return [value for name, value in fields if _is_typed(name) and value.strip()]


def _is_typed(name: str) -> bool:
    return name in _LINES or (name.startswith(_PART) and name not in _TICKED)
