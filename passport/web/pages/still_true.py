"""Is it still true? One part of the story at a time, at a rhythm that its owner chooses."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField

from passport.accounts.preferences import preferences
from passport.sharing.still_true import choose_rhythm, next_due, say_still_true
from passport.story.errors import SavedElsewhere, UnknownSection
from passport.story.sections import story
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.telling_forms import RhythmForm
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("still_true", __name__)
_HERE = "/story/still-true"


class StillTrueForm(PassportForm):
    """A button, with the part and the version that were on the page."""

    key = HiddenField()
    version = HiddenField(default="0")


@blueprint.route(_HERE, methods=["GET", "POST"])
@signed_in
def ask() -> ResponseReturnValue:
    """Show the part that was not looked at for longest, and ask."""
    form = StillTrueForm()
    if form.validate_on_submit():
        return _said_yes(form)
    months = preferences(wiring().database, g.passport).review_months
    found = next_due(story(wiring().database, g.passport), months, request.args.get("after", ""))
    if found is not None:
        form.key.data, form.version.data = found.key, str(found.version)
    return render_template("story/still_true.html", form=form, section=found, months=months)


@blueprint.route("/story/still-true/rhythm", methods=["GET", "POST"])
@signed_in
def rhythm() -> ResponseReturnValue:
    """Choose how often to be asked."""
    database = wiring().database
    months = preferences(database, g.passport).review_months
    form = RhythmForm(data={"months": str(months)})
    if form.validate_on_submit():
        choose_rhythm(database, g.passport, int(form.months.data))
        flash(_("We have saved how often we ask."))
        return redirect("/story", 303)
    return render_template("story/rhythm.html", form=form)


def _said_yes(form: StillTrueForm) -> ResponseReturnValue:
    version = form.version.data or ""
    number = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        say_still_true(wiring().database, g.passport, form.key.data or "", number)
    except (SavedElsewhere, UnknownSection):
        flash(_("This part has changed since you opened the page. Please read it again."))
    else:
        flash(_("Thank you. Readers now see that you checked it today."))
    return redirect(_HERE, 303)
