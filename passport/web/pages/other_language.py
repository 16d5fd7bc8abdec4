"""The same part of a story in a second language, side by side with the first."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.sharing.save_section import save_other_language
from passport.story.drafts import others_words
from passport.story.errors import SavedElsewhere, SectionTooLong
from passport.story.section import Section
from passport.story.section_rules import in_two_languages
from passport.web.error_words import error_words
from passport.web.forms.section_form import OtherLanguageForm, other_language_form
from passport.web.own_words import written_or_new
from passport.web.pages.section_drafts import OTHER, kept_words, waiting_page, wanted
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("other_language", __name__)


@blueprint.route("/story/<key>/other-language", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def write(key: str) -> ResponseReturnValue:
    """Ask the part's questions once more, and save the answers beside the first ones."""
    kind, section = written_or_new(key)
    g.passport.access.require("write", key)
    g.passport.access.require("read", key)
    if section is None or not in_two_languages(kind):
        return redirect(f"/story/{key}", 303)
    waiting = kept_words(others_words(key))
    kept = wanted(waiting)
    if waiting and kept is None:
        return waiting_page(waiting, kind, key, section, form=OTHER)
    form = other_language_form(kind, section, kept.fields if kept else None)
    if kept:
        form.draft_form.data = kept.form
    if form.is_submitted():
        return _saved(form, section)
    return _page(form, section)


def _saved(form: OtherLanguageForm, section: Section) -> ResponseReturnValue:
    if not form.validate():
        return _page(form, section)
    if form.language.data == section.language:
        problem = _("This part is in that language already. Choose the other one.")
        form.language.errors = [problem]
        return _page(form, section)
    draft = form.draft(section.key)
    try:
        save_other_language(wiring().database, g.passport, draft, form.base_version)
    except SavedElsewhere as error:
        # Her next press replaces what she has now been shown: a choice, and both stay readable.
        form.based_on.data = str(error.current.version)
        form.add_problem(
            _("This part was saved somewhere else. Nothing is lost: both texts are on this page.")
        )
        return _page(form, error.current), 409
    except SectionTooLong as error:
        form.longest.errors = [error_words(error)]
        return _page(form, section)
    flash(_("We have saved what you wrote."))
    return redirect(f"/story/{section.key}", 303)


def _page(form: OtherLanguageForm, section: Section) -> str:
    return render_template("story/other_language.html", form=form, section=section)
