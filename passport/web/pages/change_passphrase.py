"""A new passphrase for somebody who is signed in."""

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.change_passphrase import change_passphrase
from passport.accounts.errors import WaysInChanged, WeakPassphrase
from passport.accounts.sign_in_names import sign_in_name
from passport.accounts.ways_in import list_ways_in
from passport.web.error_words import error_words
from passport.web.forms.account_forms import ChangePassphraseForm
from passport.web.proved import proved
from passport.web.session_cookie import session_cookie
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("change_passphrase", __name__)


@blueprint.route("/ways-in/passphrase", methods=["GET", "POST"])
@signed_in
@proved
def change() -> ResponseReturnValue:
    """Choose another passphrase, or one if there is none."""
    database = wiring().database
    found = [w.slot_id for w in list_ways_in(database, g.passport) if w.kind == "passphrase"]
    form = ChangePassphraseForm(data={"instead_of": found[0] if found else ""})
    name = sign_in_name(database, g.passport)
    asks = form.only_asks(name)
    if not asks and form.validate_on_submit() and _changed(form):
        flash(
            _("You have a new passphrase. The old one is over, and other devices are signed out.")
        )
        return redirect("/ways-in", 303)
    return render_template(
        "ways_in/passphrase.html", form=form, name=name, is_new=not form.instead_of.data
    )


def _changed(form: ChangePassphraseForm) -> bool:
    parts = wiring()
    try:
        change_passphrase(
            parts.database,
            parts.pepper,
            parts.argon2,
            g.passport,
            form.passphrase.data or "",
            form.instead_of.data or "",
            session_cookie(),
        )
    except WeakPassphrase as error:
        form.passphrase.errors = [error_words(error)]
        return False
    except WaysInChanged as error:
        form.add_problem(error)
        return False
    return True
