"""Help for everybody: topics, and whose work the pages are made of."""

from flask import Blueprint, abort, render_template

from passport.web.help_topics import GROUPS, TOPICS
from passport.web.help_topics.about import COMPLAIN
from passport.web.signed_in import recognise
from passport.wiring import wiring

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
def index() -> str:
    """Every topic, in groups."""
    recognise()
    return render_template("help/index.html", groups=GROUPS)


@blueprint.get("/help/<topic>")
def topic(topic: str) -> str:
    """One topic."""
    if topic not in TOPICS:
        abort(404)
    recognise()
    contact = wiring().settings.contact if topic == COMPLAIN else ""
    return render_template("help/topic.html", topic=TOPICS[topic], contact=contact)


@blueprint.get("/credits")
def credits() -> str:
    """What others made and let everybody use."""
    recognise()
    return render_template("help/credits.html")
