"""The same export as one page to read: no script, nothing from elsewhere, every word escaped."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from passport.story.attachment import IMAGE_TYPES
from passport.story.catalogue import PERSON_FIELDS, section_type

_PERSON_LABELS = dict(
    zip(PERSON_FIELDS, ("Name", "What they are to me", "Phone", "When to call"), strict=True)
)


def readable_page(export: dict[str, Any]) -> Iterator[bytes]:
    """The page as pieces of UTF-8. Pictures are in it as `data:` addresses, other files by name."""
    return (piece.encode() for piece in _template().generate(export=export))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("passport.leaving"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "answers": answers,
        "in_other_language": in_other_language,
        "moment": _moment,
        "picture": _picture,
        "title": _title,
    }
    environment.globals["person_labels"] = _PERSON_LABELS
    return environment.get_template("readable.html")


def answers(version: dict[str, Any], section_key: str) -> list[tuple[str, Any]]:
    """(question, answer) for each question that was answered, in the catalogue's order."""
    kind, found = section_type(section_key), []
    for part in kind.parts if kind else ():
        answer = version["content"].get(part.key)
        if answer and part.kind == "choices":
            answer = [choice.label for choice in part.choices if choice.key in answer]
        if answer:
            found.append((part.label, answer))
    return found


def in_other_language(version: dict[str, Any]) -> dict[str, Any] | None:
    """What a version says in its second language, as a version of its own; None if nothing."""
    if not version.get("other_language"):
        return None
    return version | {
        "content": version["other_content"],
        "language": version["other_language"],
        "other_language": "",
    }


def _title(section: dict[str, Any]) -> str:
    kind = section_type(section["key"])
    if section["versions"]:
        return str(section["versions"][-1]["title"])
    return kind.title if kind else str(section["key"])


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    return f"{moment.day} {moment:%B %Y, %H:%M} UTC"


def _picture(file: dict[str, Any]) -> Markup | None:
    """The address of a picture; None for any other file, which a browser might run."""
    if file["content_type"] not in IMAGE_TYPES:
        return None
    # Base64 of our own making, so that there is nothing in it to escape.
    return Markup(f"data:{file['content_type']};base64,{file['content']}")  # noqa: S704
