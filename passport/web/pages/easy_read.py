"""The story in easy read: short lines, pictures, and read aloud."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from passport.story.sections import story
from passport.web.easy_story import easy_story
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("easy_read", __name__)


@blueprint.get("/story/easy")
@signed_in
@open_to_supporters
def show() -> ResponseReturnValue:
    """All that whoever is here may read."""
    found = easy_story(story(wiring().database, g.passport))
    return render_template("story/easy.html", sections=found)
