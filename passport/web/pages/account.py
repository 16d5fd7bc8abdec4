"""The account: one page that leads to all about the passport that is not the story itself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from passport.web.signed_in import signed_in

blueprint = Blueprint("account", __name__)

# Endpoint, title, hint: in the order of the page. Whoever adds a page adds its line.
LINKS: list[tuple[str, str, str]] = [
    ("supporters.all_supporters", "My supporters", "People who may help with your passport."),
    ("supporting.everyone", "People I help", "Passports of others that you may help with."),
    (
        "ways_in.all_ways",
        "Ways in",
        "Your passphrase, recovery code, passkeys and cards: add, change or remove them.",
    ),
    (
        "recovery_helpers.all_helpers",
        "Recovery helpers",
        "People who can help you back in if you lose every other way.",
    ),
    (
        "helping_back_in.everyone",
        "Help someone back in",
        "If you are the recovery helper of somebody who is locked out.",
    ),
    (
        "devices.all_devices",
        "Where you are signed in",
        "Every phone and computer that is signed in to your passport. Sign them out from here.",
    ),
    (
        "activity.lines",
        "What was done",
        "Everything that you or others did with your passport, and when.",
    ),
    ("settings.choose", "Settings", "Hide which service this is in titles and tabs."),
    ("leaving.export", "Save everything in a file", "To keep it, to read it, or to move it."),
    ("leaving.import_", "Bring in a story", "From a file that you saved before."),
    ("erasing.erase", "Erase my passport", "For good, with every share and every way in."),
]


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """What there is, each with a line that says what it is for."""
    return render_template("account/account.html", links=LINKS)
