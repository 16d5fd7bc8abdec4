"""The account: one page that leads to all about the passport that is not the story itself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from passport.web.signed_in import signed_in

blueprint = Blueprint("account", __name__)

# Endpoint, title, hint: in the order of the page. Whoever adds a page adds its line.
LINKS: list[tuple[str, str, str]] = []


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """What there is, each with a line that says what it is for."""
    return render_template("account/account.html", links=LINKS)
