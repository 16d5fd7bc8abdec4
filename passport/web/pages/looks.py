"""Choosing how pages look: for everyone, signed in or not."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField, SelectChoice, SelectMultipleField

from passport.accounts.preferences import change_quietly
from passport.web import looks
from passport.web.forms.passport_form import PassportForm
from passport.web.signed_in import recognise
from passport.wiring import wiring

blueprint = Blueprint("looks", __name__)


class LooksForm(PassportForm):
    """What makes pages easier to read."""

    size = RadioField(
        lazy_gettext("How big should the words be?"),
        choices=[SelectChoice(key, words) for key, words in looks.SIZES.items()],
        default="usual",
    )
    others = SelectMultipleField(
        lazy_gettext("What else helps you?"),
        choices=[SelectChoice(key, words) for key, words in looks.OTHERS.items()],
    )


@blueprint.route("/how-pages-look", methods=["GET", "POST"])
def choose() -> ResponseReturnValue:
    """Show the choices, and keep them: in her passport if she is in it, and on this device."""
    recognise()
    now = looks.looks()
    size = next((look for look in now if look in looks.SIZES), "usual")
    form = LooksForm(data={"size": size, "others": [x for x in now if x in looks.OTHERS]})
    if form.validate_on_submit():
        chosen = (form.size.data, *form.others.data)
        looks.choose_looks(chosen)
        if g.passport is not None and g.passport.access.is_owner:
            change_quietly(wiring().database, g.passport, looks=g.looks)
        flash(_("We have saved how pages look."))
        return redirect("/how-pages-look", 303)
    return render_template("looks.html", form=form)
