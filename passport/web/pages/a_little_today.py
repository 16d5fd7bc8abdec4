"""A little today: one question on a page, and stopping whenever she likes."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from passport.accounts.preferences import Preferences, change_quietly, preferences
from passport.sharing.save_section import save_answer
from passport.story.errors import NotADate, SavedElsewhere, SectionTooLong, UnknownSection
from passport.story.next_question import next_question, skip
from passport.story.prompts import examples
from passport.story.question_order import Question, question_named
from passport.story.section import Section
from passport.story.sections import section as read_section
from passport.story.sections import story
from passport.web.error_words import error_words
from passport.web.forms.section_form import QuestionForm, question_form
from passport.web.forms.telling_forms import LOW, HowForm
from passport.web.languages import LANGUAGES
from passport.web.pages.prompts import prompts_for
from passport.web.pages.section_drafts import keep_typed, kept_words, waiting_page, wanted
from passport.web.signed_in import signed_in
from passport.web.todays_energy import how_today_is, todays_mark
from passport.web.typed_fields import typed_fields
from passport.web.typed_words import typed_words
from passport.wiring import wiring

blueprint = Blueprint("a_little_today", __name__)
_HERE = "/story/today"


@blueprint.route(_HERE, methods=["GET", "POST"])
@signed_in
def one_question() -> ResponseReturnValue:
    """Ask the question that matters most and has no answer yet."""
    chosen = preferences(wiring().database, g.passport)
    question = question_named(request.values.get("ask", "")) or _next(chosen)
    if question is None:
        return render_template("story/nothing_to_ask.html", is_low=how_today_is(chosen) == LOW)
    section = _written(question)
    waiting = kept_words(question.section_key, only=question.part_key)
    kept = wanted(waiting)
    if waiting and kept is None:
        return waiting_page(
            waiting, question.kind, question.section_key, section, form=question.part_key
        )
    form = question_form(
        question.kind, question.part, section, kept.fields if kept else None, _page_language()
    )
    if form.is_submitted():
        return _answered(form, question, section, chosen)
    return _page(form, question)


@blueprint.route("/story/today/how", methods=["GET", "POST"])
@signed_in
def how() -> ResponseReturnValue:
    """One choice: how today is."""
    database = wiring().database
    form = HowForm(data={"how": how_today_is(preferences(database, g.passport))})
    if form.validate_on_submit():
        change_quietly(database, g.passport, today=todays_mark(form.how.data))
        return redirect(_HERE, 303)
    return render_template("story/how_is_today.html", form=form)


def _next(chosen: Preferences) -> Question | None:
    is_low = how_today_is(chosen) == LOW
    written = story(wiring().database, g.passport)
    return next_question(written, chosen.skipped, is_low=is_low)


def _answered(
    form: QuestionForm, question: Question, section: Section | None, chosen: Preferences
) -> ResponseReturnValue:
    press = request.form.get("press", "next")
    if form.with_another_person():
        return _page(form, question)
    if not form.validate():
        return _page(form, question)
    if press == "skip":
        # What she typed and does not want to save today waits in the part's own form.
        keep_typed(question.section_key)
        skipped = skip(chosen.skipped, question.name)
        change_quietly(wiring().database, g.passport, skipped=skipped)
        return redirect(_HERE, 303)
    if press == "stop" and not _has_words(form, question, section):
        return _goodbye()
    return _saved(form, question, press)


def _has_words(form: QuestionForm, question: Question, section: Section | None) -> bool:
    """Whether stopping now would lose something."""
    answer = form.question(question.part).data
    typed = bool(typed_words(typed_fields().items(multi=True)))
    if question.part.kind != "choices":
        return typed
    return bool(answer) and (section is None or answer != section.content.get(question.part_key))


def _saved(form: QuestionForm, question: Question, press: str) -> ResponseReturnValue:
    key, part = question.section_key, question.part
    field = form.question(part)
    try:
        save_answer(
            wiring().database, g.passport, form.draft(key), part.key, based_on=form.base_version
        )
    except SavedElsewhere as error:
        # Her next press replaces what she has now been shown: a choice, and both stay readable.
        form.based_on.data = str(error.current.version)
        form.add_problem(
            _("You answered this somewhere else. Nothing is lost: both texts are on this page.")
        )
        return _page(form, question, elsewhere=error.current), 409
    except (SectionTooLong, NotADate) as error:
        form.add_problem(error)
        field.errors = [*field.errors, error_words(error)] if part.kind == "text" else field.errors
        return _page(form, question)
    if press == "stop":
        return _goodbye()
    flash(_("We have saved what you wrote."))
    return redirect(_HERE, 303)


def _goodbye() -> ResponseReturnValue:
    flash(_("Thank you. That is all for today. What you told is kept."))
    return redirect("/story", 303)


def _page(form: QuestionForm, question: Question, elsewhere: Section | None = None) -> str:
    return render_template(
        "story/today.html",
        form=form,
        question=question,
        is_low=how_today_is(preferences(wiring().database, g.passport)) == LOW,
        kind=question.kind,
        elsewhere=elsewhere,
        has_examples=bool(examples(question.section_key, question.part_key)),
        **prompts_for(question.kind),
    )


def _written(question: Question) -> Section | None:
    try:
        return read_section(wiring().database, g.passport, question.section_key)
    except UnknownSection:
        return None


def _page_language() -> str:
    """The language that a new part is most likely written in: that of the page."""
    code = str(get_locale())
    return code if code in {choice.value for choice in LANGUAGES} else "en"
