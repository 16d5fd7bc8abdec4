"""The same export as one page to read: no script, nothing from elsewhere, every word escaped."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from passport.leaving.readers_language import ENGLISH, ReadersLanguage
from passport.story.attachment import IMAGE_TYPES
from passport.story.catalogue import PERSON_FIELDS, section_type
from passport.story.fact_names import FACT_NAMES
from passport.words_to_translate import N_

_PERSON_LABELS = dict(
    zip(
        PERSON_FIELDS,
        (N_("Name"), N_("What they are to me"), N_("Phone"), N_("When to call")),
        strict=True,
    )
)
_KINDS = {
    "acknowledgement": N_("They have read it"),
    "message": N_("A message"),
    "suggestion": N_("A suggestion"),
    "handover": N_("They handed it over"),
}
_DECISIONS = {"accepted": N_("You added it"), "declined": N_("You did not take it")}
_TOLD_AGAIN = {
    "no": N_("No"),
    "a-little": N_("A little"),
    "yes": N_("Yes"),
    "rather-not-say": N_("I’d rather not say"),
}


def readable_page(export: dict[str, Any], language: ReadersLanguage = ENGLISH) -> Iterator[bytes]:
    """The page as pieces of UTF-8. Pictures are in it as `data:` addresses, other files by name."""
    return (piece.encode() for piece in _template(language).generate(export=export))


def _template(language: ReadersLanguage) -> Template:
    environment = Environment(
        loader=PackageLoader("passport.leaving"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    say = language.gettext
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        say, language.ngettext, newstyle=True
    )
    environment.policies["ext.i18n.trimmed"] = True

    def names(known: dict[str, str]) -> Callable[[str], str]:
        return lambda key: say(known.get(key, key))

    environment.filters |= {
        "answers": lambda version, key: answers(version, key, say),
        "decision": names(_DECISIONS),
        "fact": names(FACT_NAMES),
        "in_other_language": in_other_language,
        "kind": names(_KINDS),
        "moment": lambda text: language.moment(datetime.fromisoformat(text)),
        "picture": _picture,
        "told_again": names(_TOLD_AGAIN),
    }
    environment.globals |= {
        "language": language,
        "person_labels": _PERSON_LABELS,
        "title": lambda section: _title(section, say),
        "titles": lambda export, keys: _titles(export, keys, say),
    }
    return environment.get_template("readable.html")


def answers(
    version: dict[str, Any], section_key: str, say: Callable[[str], str]
) -> list[tuple[str, Any]]:
    """(question, answer) for each question that was answered, in the catalogue's order."""
    kind, found = section_type(section_key), []
    for part in kind.parts if kind else ():
        answer = version["content"].get(part.key)
        if answer and part.kind == "choices":
            answer = [say(choice.label) for choice in part.choices if choice.key in answer]
        if answer:
            found.append((say(part.label), answer))
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


def _title(section: dict[str, Any], say: Callable[[str], str]) -> str:
    key, versions = section["key"], section["versions"]
    kind = section_type(key)
    if kind and not key.startswith("own-"):
        return say(kind.title)
    return str(versions[-1]["title"]) if versions else str(key)


def _titles(export: dict[str, Any], keys: list[str], say: Callable[[str], str]) -> list[str]:
    by_key = {section["key"]: section for section in export["sections"]}
    return [_title(by_key.get(key, {"key": key, "versions": []}), say) for key in keys]


def _picture(file: dict[str, Any]) -> Markup | None:
    """The address of a picture; None for any other file, which a browser might run."""
    if file["content_type"] not in IMAGE_TYPES:
        return None
    # Base64 of our own making, so that there is nothing in it to escape.
    return Markup(f"data:{file['content_type']};base64,{file['content']}")  # noqa: S704
