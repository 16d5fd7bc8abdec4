"""The story as a whole, and one part of it to read."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from passport.accounts.slots import unconfirmed_recovery_code
from passport.story.catalogue import CATALOGUE, IDENTITY, SectionType
from passport.story.section import Section
from passport.story.section_rules import nhs_number_warning
from passport.story.sections import story as read_story
from passport.web.own_words import written_or_new
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("story", __name__)

Row = tuple[SectionType, Section | None]


@blueprint.get("/story")
@signed_in
def whole_story() -> ResponseReturnValue:
    """Every part there can be: what is written, and what is not yet."""
    database = wiring().database
    written = {section.key: section for section in read_story(database, g.passport)}
    return render_template(
        "story/story.html",
        facts=_rows((IDENTITY,), written),
        parts=_rows(CATALOGUE, written),
        own=[section for key, section in written.items() if key.startswith("own-")],
        keep_code=unconfirmed_recovery_code(database, g.passport) is not None,
    )


@blueprint.get("/story/<key>")
@signed_in
def one_section(key: str) -> ResponseReturnValue:
    """One part to read, or an invitation to write it."""
    kind, section = written_or_new(key)
    return render_template(
        "story/section.html", key=key, kind=kind, section=section, warning=_warning(section)
    )


def _rows(kinds: tuple[SectionType, ...], written: dict[str, Section]) -> list[Row]:
    found = ((kind, written.get(kind.key)) for kind in kinds)
    return [(kind, None if section and section.is_empty else section) for kind, section in found]


def _warning(section: Section | None) -> str | None:
    if section is None or not section.is_identity:
        return None
    return nhs_number_warning(section.content.get("nhs-number", ""))
