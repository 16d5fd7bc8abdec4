"""What an owner chooses about how the service behaves."""

from dataclasses import replace

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from passport.accounts.preferences import preferences, save_preferences
from passport.web.forms.passport_form import PassportForm
from passport.web.signed_in import signed_in
from passport.web.titles import choose_titles
from passport.wiring import wiring

blueprint = Blueprint("settings", __name__)


class SettingsForm(PassportForm):
    """Her choices."""

    neutral_titles = BooleanField(
        _("Hide which service this is"),
        description=_(
            "The tab and your browser’s list of pages then say only “Notes”. "
            "The address and the page itself still show it."
        ),
    )


@blueprint.route("/account/settings", methods=["GET", "POST"])
@signed_in
def choose() -> ResponseReturnValue:
    """Show the choices, and keep them."""
    database = wiring().database
    chosen = preferences(database, g.passport)
    form = SettingsForm(data={"neutral_titles": chosen.neutral_titles})
    if form.validate_on_submit():
        chosen = replace(chosen, neutral_titles=form.neutral_titles.data)
        save_preferences(database, g.passport, chosen)
        choose_titles(neutral=chosen.neutral_titles)
        flash(gettext("We have saved your settings."))
        return redirect("/account/settings", 303)
    return render_template("account/settings.html", form=form)
