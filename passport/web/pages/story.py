"""The story as a whole, and one part of it to read."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.preferences import preferences
from passport.accounts.slots import unconfirmed_recovery_code
from passport.sharing.still_true import next_due
from passport.story.catalogue import CATALOGUE, IDENTITY, OWN_SECTION, SectionType
from passport.story.section import Section
from passport.story.section_rules import in_two_languages, nhs_number_warning
from passport.story.sections import filled_keys
from passport.story.sections import story as read_story
from passport.web.form_parts import Params
from passport.web.forms.telling_forms import LOW, HowForm
from passport.web.own_words import written_or_new
from passport.web.signed_in import open_to_supporters, signed_in
from passport.web.todays_energy import how_today_is
from passport.wiring import wiring

blueprint = Blueprint("story", __name__)

Row = tuple[SectionType, Section | None]


@blueprint.get("/story")
@signed_in
@open_to_supporters
def whole_story() -> ResponseReturnValue:
    """Every part there can be: what is written, and what is not yet."""
    database, access = wiring().database, g.passport.access
    written = {section.key: section for section in read_story(database, g.passport)}
    filled = filled_keys(database, g.passport)
    return render_template(
        "story/story.html",
        facts=_rows(_seen((IDENTITY,)), written),
        parts=_rows(_seen(CATALOGUE), written),
        filled=filled,
        may_add=access.allows("write", OWN_SECTION.key),
        may_share=access.is_owner or "share" in access.permissions,
        own=[section for key, section in written.items() if key.startswith("own-")],
        today=_todays_tasks(written) if access.is_owner else [],
        is_empty=access.is_owner and not filled,
        keep_code=access.is_owner and unconfirmed_recovery_code(database, g.passport) is not None,
    )


@blueprint.get("/story/<key>")
@signed_in
@open_to_supporters
def one_section(key: str) -> ResponseReturnValue:
    """One part to read, or an invitation to write it."""
    kind, section = written_or_new(key)
    return render_template(
        "story/section.html",
        key=key,
        kind=kind,
        section=section,
        warning=_warning(section),
        may_read=g.passport.access.allows("read", key),
        may_write=g.passport.access.allows("write", key),
        may_be_said_twice=bool(in_two_languages(kind)),
        is_filled=key in filled_keys(wiring().database, g.passport),
    )


def _todays_tasks(written: dict[str, Section]) -> list[Params]:
    """What she can do today, gently: never how much is missing."""
    chosen = preferences(wiring().database, g.passport)
    how = dict(HowForm.CHOICES).get(how_today_is(chosen))
    tasks: list[Params] = [
        {
            "heading": {"text": _("A little today")},
            "href": "/story/today",
            "hint": {"text": _("One question. Stop when you like.")},
            "status": {"text": ""},
        },
        {
            "heading": {"text": _("How is today?")},
            "href": "/story/today/how",
            "hint": {"text": _("On a low day we ask only what takes a minute.")},
            "status": {"text": how or ""},
        },
    ]
    if next_due(list(written.values()), chosen.review_months):
        tasks.append(
            {
                "heading": {"text": _("Is it still true?")},
                "href": "/story/still-true",
                "hint": {"text": _("There is a part that you have not checked for a while.")},
                "status": {"text": ""},
            }
        )
    if how_today_is(chosen) == LOW:
        tasks.append(
            {
                "heading": {"text": _("Today I can’t")},
                "href": "/story/today/cant",
                "hint": {"text": _("Ask a team to read your passport, not to ask you.")},
                "status": {"text": ""},
            }
        )
    return tasks


def _seen(kinds: tuple[SectionType, ...]) -> tuple[SectionType, ...]:
    """Those that whoever is here may read or write."""
    allows = g.passport.access.allows
    return tuple(k for k in kinds if allows("read", k.key) or allows("write", k.key))


def _rows(kinds: tuple[SectionType, ...], written: dict[str, Section]) -> list[Row]:
    found = ((kind, written.get(kind.key)) for kind in kinds)
    return [(kind, one if one and one.holds_something else None) for kind, one in found]


def _warning(section: Section | None) -> str | None:
    if section is None or not section.is_identity:
        return None
    return nhs_number_warning(section.content.get("nhs-number", ""))
