"""What was typed into a section's form and not saved: kept while typing, shown again later."""

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from passport.errors import PassportError
from passport.story.catalogue import OWN_SECTION, SectionType, section_type
from passport.story.drafts import Draft, find_draft, save_draft, throw_away
from passport.story.errors import SectionTooLong, UnknownSection
from passport.story.section import Section
from passport.story.section_rules import cleaned
from passport.web.error_pages import error_page
from passport.web.forms.passport_form import OPEN_TOO_LONG, PressForm
from passport.web.forms.section_form import section_form
from passport.web.own_words import written_or_new
from passport.web.session_end import seconds_left
from passport.web.signed_in import open_to_supporters, signed_in
from passport.web.typed_fields import typed_fields
from passport.web.typed_words import typed_words
from passport.wiring import wiring

blueprint = Blueprint("section_drafts", __name__)
# "based_on" too, so that what was saved elsewhere meanwhile is shown beside it.
_KEPT = ("part-", "title", "sensitive", "language", "based_on", "key")


@blueprint.post("/story/<key>/draft")
@signed_in
@open_to_supporters
def keep(key: str) -> ResponseReturnValue:
    """Keep what stands in the form. Only a script asks for this, so the answer has no page."""
    kind, section = _kind_and_section(key)
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    database, fields = wiring().database, list(typed_fields().items(multi=True))
    if _is_saved(kind, section) if section else not typed_words(fields):
        throw_away(database, g.passport, key)
        return jsonify(seconds=seconds_left())
    kept = [(name, value) for name, value in fields if name.startswith(_KEPT)]
    try:
        save_draft(database, g.passport, key, kept)
    except SectionTooLong:
        return "", 413
    return jsonify(seconds=seconds_left())


@blueprint.post("/story/<key>/draft/throw-away")
@signed_in
@open_to_supporters
def discard(key: str) -> ResponseReturnValue:
    """Forget it, and show the form with what is saved."""
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    if section_type(key) is None:
        abort(404)
    throw_away(wiring().database, g.passport, key)
    return redirect(_form_address(key), 303)


def kept_words(key: str) -> Draft | None:
    """What waits to be shown again when this form is opened; never while one is being sent."""
    return find_draft(wiring().database, g.passport, key) if request.method == "GET" else None


def is_wanted() -> bool:
    """Whether she asked for the form to hold what was kept."""
    return request.args.get("kept") == "use"


def waiting_page(
    draft: Draft, kind: SectionType, key: str, section: Section | None
) -> ResponseReturnValue:
    """Show what was kept, and ask what to do with it. Until then nothing can replace it."""
    return render_template(
        "story/kept_words.html",
        draft=draft,
        words=typed_words(draft.fields),
        heading=section.title if section else kind.title,
        use=f"{_form_address(key)}?kept=use",
        throw_away=f"/story/{key}/draft/throw-away",
        back_to=f"/story/{key}" if section else "/story",
    )


def _form_address(key: str) -> str:
    return f"/story/{key}/new" if key == OWN_SECTION.key else f"/story/{key}/edit"


def _kind_and_section(key: str) -> tuple[SectionType, Section | None]:
    if key != OWN_SECTION.key:
        return written_or_new(key)
    try:
        # The new section's form may have been saved while this was on its way.
        return written_or_new(request.form.get("key", ""))
    except UnknownSection:
        return OWN_SECTION, None


def _is_saved(kind: SectionType, section: Section) -> bool:
    """Whether the form says only what is saved already."""
    try:
        return section.says_the_same_as(cleaned(section_form(kind, section).draft(section.key)))
    except PassportError:
        return False
