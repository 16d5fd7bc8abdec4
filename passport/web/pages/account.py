"""The account: one page that leads to all about the passport that is not the story itself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from passport.web.signed_in import signed_in
from passport.words_to_translate import N_

blueprint = Blueprint("account", __name__)

# Endpoint, title, hint: in the order of the page. Whoever adds a page adds its line.
LINKS: list[tuple[str, str, str]] = [
    (
        "supporters.all_supporters",
        N_("My supporters"),
        N_("People who may help with your passport."),
    ),
    ("supporting.everyone", N_("People I help"), N_("Passports of others that you may help with.")),
    (
        "ways_in.all_ways",
        N_("Ways in"),
        N_("Your passphrase, recovery code, passkeys and cards: add, change or remove them."),
    ),
    (
        "recovery_helpers.all_helpers",
        N_("Recovery helpers"),
        N_("People who can help you back in if you lose every other way."),
    ),
    (
        "helping_back_in.everyone",
        N_("Help someone back in"),
        N_("If you are the recovery helper of somebody who is locked out."),
    ),
    (
        "devices.all_devices",
        N_("Where you are signed in"),
        N_("Every phone and computer that is signed in to your passport. Sign them out from here."),
    ),
    (
        "activity.lines",
        N_("What was done"),
        N_("Everything that you or others did with your passport, and when."),
    ),
    ("settings.choose", N_("Settings"), N_("Hide which service this is in titles and tabs.")),
    (
        "leaving.export",
        N_("Save everything in a file"),
        N_("To keep it, to read it, or to move it."),
    ),
    ("leaving.import_", N_("Bring in a story"), N_("From a file that you saved before.")),
    ("erasing.erase", N_("Erase my passport"), N_("For good, with every share and every way in.")),
]


@blueprint.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    """What there is, each with a line that says what it is for."""
    return render_template("account/account.html", links=LINKS)
