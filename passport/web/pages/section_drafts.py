"""What was typed into a section's form and not saved: kept while typing, shown again later."""

from urllib.parse import quote

from flask import Blueprint, abort, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from passport.errors import PassportError
from passport.sharing.save_section import with_answer, with_other_language
from passport.story.catalogue import OWN_SECTION, SectionType, section_type
from passport.story.drafts import Draft, find_drafts, others_words, save_draft, throw_away
from passport.story.errors import SectionTooLong, UnknownSection
from passport.story.section import Section, SectionDraft
from passport.story.section_rules import cleaned
from passport.web.error_pages import error_page
from passport.web.forms.passport_form import OPEN_TOO_LONG, PressForm
from passport.web.forms.section_form import (
    ONLY,
    other_language_form,
    question_form,
    section_form,
)
from passport.web.own_words import written_or_new
from passport.web.session_end import seconds_left
from passport.web.signed_in import open_to_supporters, signed_in
from passport.web.typed_fields import typed_fields
from passport.web.typed_words import typed_words
from passport.wiring import wiring

blueprint = Blueprint("section_drafts", __name__)
# "based_on" too, so that what was saved elsewhere meanwhile is shown beside it.
_KEPT = ("part-", "title", "sensitive", "language", "based_on", "key", "draft_form", ONLY)
_LONGEST_MARK = 32
OTHER = "other"


@blueprint.post("/story/<key>/draft")
@signed_in
@open_to_supporters
def keep(key: str) -> ResponseReturnValue:
    """Keep what stands in the form. Only a script asks for this, so the answer has no page."""
    _kind_and_section(key)
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    keep_typed(key)
    return jsonify(seconds=seconds_left())


def keep_typed(key: str) -> None:
    """Keep what was sent with this request; forget it if it says only what is saved."""
    kind, section = _kind_and_section(key)
    database, fields = wiring().database, list(typed_fields().items(multi=True))
    form, turn = _mark("draft_form"), _mark("draft_turn")
    if _is_saved(kind, section) if section else not typed_words(fields):
        throw_away(database, g.passport, _name(key), form)
        return
    kept = [(name, value) for name, value in fields if name.startswith(_KEPT)]
    try:
        save_draft(database, g.passport, _name(key), kept, form, turn)
    except SectionTooLong:
        abort(413)


@blueprint.post("/story/<key>/draft/throw-away")
@signed_in
@open_to_supporters
def discard(key: str) -> ResponseReturnValue:
    """Forget it, and show the form with what is saved."""
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    if section_type(key) is None:
        abort(404)
    throw_away(wiring().database, g.passport, _name(key), _mark("draft_form"))
    only = request.form.get(ONLY)
    return redirect(_form_address(key, only), 303)


def back_to_form(key: str) -> str:
    """The address of the form that was sent with this request, holding what was kept of it."""
    address = _form_address(key, request.form.get(ONLY))
    return f"{address}{'&' if '?' in address else '?'}kept={quote(_mark('draft_form'))}"


def kept_words(name: str, only: str | None = None) -> list[Draft]:
    """What waits to be shown again when this form is opened; never while one is being sent.

    `only` asks for what was typed into that question alone.
    """
    if request.method != "GET":
        return []
    found = find_drafts(wiring().database, g.passport, name)
    return [d for d in found if dict(d.fields).get(ONLY) == only] if only else found


def wanted(drafts: list[Draft]) -> Draft | None:
    """The one that she asked the form to hold, if she did."""
    asked = request.args.get("kept")
    return next((draft for draft in drafts if asked in (draft.form, "use")), None)


def waiting_page(
    drafts: list[Draft], kind: SectionType, key: str, section: Section | None, form: str = ""
) -> ResponseReturnValue:
    """Show what was kept, and ask what to do with it. Until then nothing can replace it."""
    use = _form_address(key, form)
    return render_template(
        "story/kept_words.html",
        drafts=[(draft, typed_words(draft.fields)) for draft in drafts],
        kind=kind,
        section=section,
        only=form if form and form != OTHER else "",
        is_other=form == OTHER,
        use=use + ("&" if "?" in use else "?"),
        throw_away=f"/story/{key}/draft/throw-away",
        back_to=f"/story/{key}" if section else "/story",
    )


def _form_address(key: str, form: str | None = None) -> str:
    if request.form.get(OTHER) or form == OTHER:
        return f"/story/{key}/other-language"
    if form:
        return f"/story/today?ask={quote(f'{key}.{form}')}"
    return f"/story/{key}/new" if key == OWN_SECTION.key else f"/story/{key}/edit"


def _name(key: str) -> str:
    return others_words(key) if request.form.get(OTHER) else key


def _mark(name: str) -> str:
    return request.form.get(name, "")[:_LONGEST_MARK]


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
        return section.says_the_same_as(cleaned(_whole(kind, section)))
    except PassportError:
        return False


def _whole(kind: SectionType, section: Section) -> SectionDraft:
    """The section as it would be with what was typed."""
    if request.form.get(OTHER):
        typed = other_language_form(kind, section).draft(section.key)
        return with_other_language(section, typed)
    only = next((part for part in kind.parts if part.key == request.form.get(ONLY)), None)
    if only is None:
        return section_form(kind, section).draft(section.key)
    typed = question_form(kind, only, section).draft(section.key)
    return with_answer(section, typed, only.key)
