"""Writing a part of the story. Whatever goes wrong, nothing that was typed is lost."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.sharing.save_section import save_section
from passport.story.catalogue import SectionType
from passport.story.errors import NotADate, SavedElsewhere, SectionTooLong, TitleMissing
from passport.story.section import Section
from passport.web.error_words import error_words
from passport.web.forms.section_form import SectionForm, section_form
from passport.web.own_words import written_or_new
from passport.web.pages.prompts import prompts_for
from passport.web.pages.section_drafts import kept_words, waiting_page, wanted
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("section_editing", __name__)


@blueprint.route("/story/<key>/edit", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def edit(key: str) -> ResponseReturnValue:
    """Ask a section's questions, and save the answers."""
    kind, section = written_or_new(key)
    g.passport.access.require("write", key)
    waiting = kept_words(key)
    kept = wanted(waiting)
    if waiting and kept is None:
        return waiting_page(waiting, kind, key, section)
    form = section_form(kind, section, kept.fields if kept else None)
    if kept:
        form.draft_form.data = kept.form
    if form.is_submitted() and form.with_another_person():
        return editing_page(form, kind, key, section)
    return save_or_explain(form, kind, key, section)


def save_or_explain(
    form: SectionForm, kind: SectionType, key: str, section: Section | None
) -> ResponseReturnValue:
    """Save what was typed and go to read it; else the same page, saying what to change."""
    if not form.validate_on_submit():
        return editing_page(form, kind, key, section)
    try:
        saved = save_section(wiring().database, g.passport, form.draft(key), form.base_version)
    except SavedElsewhere as error:
        # Her next press replaces what she has now been shown: a choice, and both stay readable.
        form.based_on.data = str(error.current.version)
        # A part that was marked as sensitive elsewhere must not lose its mark by an older page.
        form.sensitive.data = form.sensitive.data or error.current.sensitive
        form.add_problem(
            _(
                "You saved this part somewhere else, after you opened it here. "
                "Nothing is lost: both texts are on this page."
            )
        )
        return editing_page(form, kind, key, section, elsewhere=error.current), 409
    except SectionTooLong as error:
        form.longest.errors = [error_words(error)]
    except TitleMissing as error:
        form.title.errors = [error_words(error)]
    except NotADate as error:
        form.add_problem(error)
    else:
        flash(_done(saved, form.base_version))
        return redirect(f"/story/{key}", 303)
    return editing_page(form, kind, key, section)


def _done(saved: Section, base_version: int) -> str:
    if saved.version == base_version:
        return _("You changed nothing, so it is as it was.")
    if saved.is_empty:
        return _("You wrote nothing here, so this part is empty.")
    return _("We have saved what you wrote.")


def editing_page(
    form: SectionForm,
    kind: SectionType,
    key: str,
    section: Section | None,
    elsewhere: Section | None = None,
) -> str:
    """The page with a section's form; `elsewhere` is what was saved in another place meanwhile."""
    return render_template(
        "story/edit.html",
        form=form,
        kind=kind,
        key=key,
        section=section,
        elsewhere=elsewhere,
        **prompts_for(kind),
    )
