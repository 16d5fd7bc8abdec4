"""One version of a section out of a file: taken only if it could have been saved here as it is."""

from typing import Any

from passport.errors import PassportError
from passport.leaving.errors import Edited
from passport.story.catalogue import PERSON_FIELDS, Part, section_type
from passport.story.section import Section, SectionDraft
from passport.story.section_rules import cleaned
from passport.story.text_rules import clean_line


def restored_version(section_key: str, values: dict[str, Any]) -> Section:
    """The section that this version was. Nothing in it is mended: what had to be is refused.

    A catalogue's section has the title that this service gives it, whatever the file says.
    Raises Edited.
    """
    other = values.get("other_content", {})
    _check_shapes(section_key, values["content"])
    _check_shapes(section_key, other)
    draft = SectionDraft(
        section_key,
        values["content"],
        values["title"],
        values["sensitive"],
        values["language"],
        values.get("other_language", ""),
        other,
    )
    try:
        clean = cleaned(draft)
    except PassportError:
        raise Edited(f"{section_key} › content") from None
    # A question that was added to the catalogue later has no answer in an old version.
    if any(clean.content[key] != answer for key, answer in values["content"].items()):
        raise Edited(f"{section_key} › content")
    if clean.other_content != other:
        raise Edited(f"{section_key} › content")
    if section_key.startswith("own-") and clean.title != values["title"]:
        raise Edited(f"{section_key} › title")
    for name in (values["written_by"], values["supported_by"]):
        if name is not None and (not name or name != clean_line(name)):
            raise Edited(f"{section_key} › written_by")
    languages = (values["language"], values.get("other_language", ""))
    if any(clean_line(language) != language for language in languages):
        raise Edited(f"{section_key} › language")
    return Section(key=section_key, **(values | {"title": clean.title}))


def _check_shapes(section_key: str, content: dict[str, Any]) -> None:
    kind = section_type(section_key)
    parts = {part.key: part for part in kind.parts} if kind else {}
    for key, answer in content.items():
        if key not in parts or not _fits(parts[key], answer):
            raise Edited(f"{section_key} › content")


def _fits(part: Part, answer: object) -> bool:
    if part.kind not in ("lines", "choices", "people"):
        return isinstance(answer, str)
    if not isinstance(answer, list):
        return False
    if part.kind == "people":
        return all(_is_person(person) for person in answer)
    return all(isinstance(line, str) for line in answer)


def _is_person(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(PERSON_FIELDS)
        and all(isinstance(text, str) for text in value.values())
    )
