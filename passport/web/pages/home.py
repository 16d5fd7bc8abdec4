"""The first page, open to everyone."""

from flask import Blueprint, render_template

from passport.web.signed_in import recognise

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """What the service is."""
    recognise()
    return render_template("home.html")
