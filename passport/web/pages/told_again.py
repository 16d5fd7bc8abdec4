"""Her answers to the one question after a reading, and what they come to."""

from datetime import date

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.preferences import change_quietly, preferences
from passport.sharing.told_again import NotAnAnswer, keep_answer, measure
from passport.web.forms.inbox_forms import ToldAgainForm
from passport.web.forms.passport_form import PressForm
from passport.web.signed_in import signed_in
from passport.web.told_again_words import bars, measure_words
from passport.wiring import wiring

blueprint = Blueprint("told_again", __name__, url_prefix="/inbox")


@blueprint.get("/measure")
@signed_in
def picture() -> ResponseReturnValue:
    """How often she did not have to repeat herself."""
    return _page()


@blueprint.post("/measure")
@signed_in
def answer() -> ResponseReturnValue:
    """Keep one answer."""
    form = ToldAgainForm()
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        day = date.fromisoformat(form.day.data or "")
        share_id = form.share_id.data or ""
        keep_answer(wiring().database, g.passport, share_id, day, form.answer.data)
    except (NotAnAnswer, ValueError):
        form.answer.errors = [_("This page was open for a long time. Look at the question again.")]
        return _page(form), 409
    flash(_("Thank you. We have kept your answer."))
    return redirect("/inbox/measure", 303)


@blueprint.post("/measure/never")
@signed_in
def never() -> ResponseReturnValue:
    """Ask no more."""
    return _ask(PressForm(), asked=False)


@blueprint.post("/measure/again")
@signed_in
def again() -> ResponseReturnValue:
    """Ask from now on."""
    return _ask(PressForm(), asked=True)


def _ask(form: PressForm, *, asked: bool) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _page(form), 400
    change_quietly(wiring().database, g.passport, never_ask_told_again=not asked)
    flash(_("We will ask you again.") if asked else _("We will not ask you this any more."))
    return redirect("/inbox/measure", 303)


def _page(form: ToldAgainForm | PressForm | None = None) -> str:
    found = measure(wiring().database, g.passport)
    return render_template(
        "inbox/measure.html",
        measure=found,
        bars=bars(found),
        words=measure_words(found),
        form=form,
        is_never_asked=preferences(wiring().database, g.passport).never_ask_told_again,
    )
