"""The one question after a reading, for the pages that ask it, and her answers as a picture."""

from dataclasses import dataclass

from flask import Flask, g
from flask_babel import gettext as _

from passport.accounts.preferences import preferences
from passport.sharing.change_share import get_share
from passport.sharing.told_again import Measure, Question, next_question
from passport.web.forms.inbox_forms import ToldAgainForm
from passport.wiring import wiring

PICTURE_WIDTH = 600


@dataclass(frozen=True)
class Asked:
    """What she is asked, and about which share."""

    question: Question
    recipient: str
    form: ToldAgainForm


@dataclass(frozen=True)
class Bar:
    """A piece of the picture: how wide, from where, how many, what it stands for."""

    kind: str
    start: float
    width: float
    count: int
    label: str


def init_app(app: Flask) -> None:
    """Let templates ask: `told_again_asked()`."""
    app.add_template_global(told_again_asked)


def told_again_asked(form: ToldAgainForm | None = None) -> Asked | None:
    """What to ask the owner now; `form` is the one that she sent, if it has a problem."""
    passport, database = g.get("passport"), wiring().database
    if passport is None or not passport.access.is_owner:
        return None
    if preferences(database, passport).never_ask_told_again:
        return None
    question = next_question(database, passport)
    if question is None:
        return None
    share = get_share(database, passport, question.share_id)
    recipient = share.record.organisation or share.terms.recipient
    day = question.day.isoformat()
    form = form or ToldAgainForm(formdata=None, share_id=share.share_id, day=day)
    return Asked(question, recipient, form)


def bars(measure: Measure) -> list[Bar]:
    """Her answers beside each other, together as wide as the picture."""
    found, start = [], 0.0
    for kind, count, label in (
        ("no", measure.no, _("No")),
        ("a-little", measure.a_little, _("A little")),
        ("yes", measure.yes, _("Yes")),
    ):
        width = PICTURE_WIDTH * count / measure.count if measure.count else 0
        found.append(Bar(kind, round(start, 1), round(width, 1), count, label))
        start += width
    return found


def measure_words(measure: Measure) -> str:
    """The same in a sentence."""
    return _(
        "You did not have to tell your story again: %(no)s out of %(count)s.",
        no=measure.no,
        count=measure.count,
    )
