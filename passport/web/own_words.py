"""Finding the signed-in resident's own sections."""

from flask import g

from passport.story.catalogue import OWN_SECTION, SectionType, section_type
from passport.story.errors import UnknownSection
from passport.story.section import Section
from passport.story.sections import section
from passport.wiring import wiring


def written_or_new(key: str) -> tuple[SectionType, Section | None]:
    """A section's kind, and the section if it is written.

    Raises UnknownSection if it is not in the catalogue, nor one of her own that she has written;
    NotPermitted for a supporter who may neither read nor write it. Who may only write sees no
    words of it.
    """
    kind = section_type(key)
    if kind is None:
        raise UnknownSection
    if not g.passport.access.allows("read", key):
        g.passport.access.require("write", key)
        return kind, None
    try:
        return kind, section(wiring().database, g.passport, key)
    except UnknownSection:
        if kind is OWN_SECTION:
            raise
    return kind, None
