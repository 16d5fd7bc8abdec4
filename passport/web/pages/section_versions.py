"""What a part of the story said before, and using those words again."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import HiddenField

from passport.sharing.save_section import restore_section
from passport.story.compare import compare
from passport.story.errors import SavedElsewhere
from passport.story.section import Section
from passport.story.sections import section, section_history
from passport.web.forms.passport_form import PassportForm
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("section_versions", __name__)


class UseAgainForm(PassportForm):
    """A button, with the version that was the newest when the page was opened."""

    based_on = HiddenField(default="0")


@dataclass(frozen=True)
class Pair:
    """An old version, and the newest one beside it."""

    old: Section
    newest: Section


@blueprint.get("/story/<key>/versions")
@signed_in
@open_to_supporters
def versions(key: str) -> ResponseReturnValue:
    """Every version, newest first."""
    history = section_history(wiring().database, g.passport, key)
    return render_template("story/versions.html", key=key, history=history)


@blueprint.route("/story/<key>/versions/<int(max=2147483647):number>", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def version(key: str, number: int) -> ResponseReturnValue:
    """One version to read, with a button to use its words again."""
    database = wiring().database
    pair = Pair(section(database, g.passport, key, number), section(database, g.passport, key))
    form = UseAgainForm(data={"based_on": str(pair.newest.version)})
    if form.validate_on_submit() and _used_again(form, pair):
        flash(_("These words are your newest again. The words between are kept too."))
        return redirect(f"/story/{key}", 303)
    return render_template("story/version.html", form=form, key=key, pair=pair)


@blueprint.get("/story/<key>/versions/<int(max=2147483647):number>/compare")
@signed_in
@open_to_supporters
def compared(key: str, number: int) -> ResponseReturnValue:
    """What changed from one version to the newest, word by word."""
    database = wiring().database
    pair = Pair(section(database, g.passport, key, number), section(database, g.passport, key))
    answers = compare(pair.old, pair.newest)
    return render_template("story/compared.html", key=key, pair=pair, answers=answers)


def _used_again(form: UseAgainForm, pair: Pair) -> bool:
    old = pair.old
    typed = form.based_on.data or ""
    based_on = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        # Whether it is sensitive is how she feels today, not what she wrote then.
        restore_section(
            wiring().database, g.passport, old, based_on, sensitive=pair.newest.sensitive
        )
    except SavedElsewhere as error:
        form.based_on.data = str(error.current.version)
        form.add_problem(
            _(
                "You saved this part somewhere else, after you opened it here. "
                "Press the button again to use these words instead."
            )
        )
        return False
    return True
