"""Taking members out of a Bundle that somebody else may have written.

Each function raises `NotAStoryDocument`, in plain words, when something is not as we write it;
members that nobody asks for are left alone.
"""

from datetime import UTC, datetime
from typing import Any, TypeVar

T = TypeVar("T")


class NotAStoryDocument(ValueError):
    """This is not a document that Story Passport wrote. The message says why, plainly."""


def optional(parent: Any, name: str, kind: type[T]) -> T | None:
    """The member called `name`, or None when it is not there."""
    if not isinstance(parent, dict):
        raise NotAStoryDocument(f"Looked for “{name}” in something that has no members.")
    found = parent.get(name)
    if found is not None and not isinstance(found, kind):
        raise NotAStoryDocument(f"“{name}” is not of the kind a story document has.")
    return found


def member(parent: Any, name: str, kind: type[T]) -> T:
    """The member called `name`."""
    found = optional(parent, name, kind)
    if found is None:
        raise NotAStoryDocument(f"“{name}” is missing.")
    return found


def items(parent: Any, name: str) -> list[Any]:
    """The list called `name`; empty when it is not there."""
    return optional(parent, name, list) or []


def only(found: list[T], what: str) -> T | None:
    """The one value of a list that may hold one at most, or None."""
    if len(found) > 1:
        raise NotAStoryDocument(f"There is more than one {what}.")
    return found[0] if found else None


def first(parent: Any, name: str) -> Any:
    """The first value of the list called `name`."""
    found = items(parent, name)
    if not found:
        raise NotAStoryDocument(f"“{name}” is missing.")
    return found[0]


def moment(text: str) -> datetime:
    """A FHIR dateTime or instant with a time zone, in UTC."""
    try:
        found = datetime.fromisoformat(text)
        in_utc = found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotAStoryDocument("A date and time cannot be read.") from error
    if found.tzinfo is None:
        raise NotAStoryDocument("A time does not say its time zone.")
    return in_utc
