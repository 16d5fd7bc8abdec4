"""Today I can't: ask whoever has a share to read it, instead of asking her."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from passport.sharing.change_share import list_shares
from passport.sharing.low_day import set_low_day
from passport.web.forms.telling_forms import CantForm
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("todays_low_day", __name__)


@blueprint.route("/story/today/cant", methods=["GET", "POST"])
@signed_in
def choose() -> ResponseReturnValue:
    """Choose a share; its readers then see the wish at the very top, until tonight."""
    database, form = wiring().database, CantForm()
    shares = [s for s in list_shares(database, g.passport) if s.state in ("active", "paused")]
    form.share.choices = [SelectChoice(s.share_id, s.terms.recipient) for s in shares]
    if form.validate_on_submit():
        share = set_low_day(database, g.passport, form.share.data)
        said = _("%(name)s now sees: please read my passport.", name=share.terms.recipient)
        flash(said)
        return redirect("/story", 303)
    return render_template("story/cant.html", form=form, shares=shares)
