"""The inbox: what readers gave back, and what she does with it."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.errors import PassportError
from passport.sharing.answer_reply import accept_suggestion, decline_suggestion, thank
from passport.sharing.errors import UnknownReply
from passport.sharing.inbox import MOST_SHOWN, list_inbox, mark_seen
from passport.sharing.receipts import list_receipts
from passport.story.catalogue import section_type
from passport.story.sections import story
from passport.web.forms.inbox_forms import ThanksForm
from passport.web.forms.passport_form import PassportForm, PressForm
from passport.web.section_words import title_words
from passport.web.signed_in import signed_in
from passport.wiring import wiring

READINGS_SHOWN = 5
blueprint = Blueprint("inbox", __name__, url_prefix="/inbox")


@blueprint.get("")
@signed_in
def all_items() -> ResponseReturnValue:
    """Everything that came back, newest first. What she is shown counts as seen."""
    return _page()


@blueprint.post("/<reply_id>/accept")
@signed_in
def accept(reply_id: str) -> ResponseReturnValue:
    """Add a suggestion to the part of her story that it is for."""

    def act() -> str:
        saved = accept_suggestion(wiring().database, g.passport, reply_id)
        return _("It is in your story now, in “%(title)s”.", title=saved.title)

    return _after(PressForm(), act)


@blueprint.post("/<reply_id>/decline")
@signed_in
def decline(reply_id: str) -> ResponseReturnValue:
    """Leave her story as it is."""

    def act() -> str:
        decline_suggestion(wiring().database, g.passport, reply_id)
        return _("Your story stays as it is.")

    return _after(PressForm(), act)


@blueprint.post("/<reply_id>/thank")
@signed_in
def say_thanks(reply_id: str) -> ResponseReturnValue:
    """Leave a thank-you for whoever answered."""
    form = ThanksForm()

    def act() -> str:
        thank(wiring().database, g.passport, reply_id, form.words.data or "")
        return _("Your thank-you waits for them.")

    return _after(form, act)


def _after(form: PassportForm, act: Callable[[], str]) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        done = act()
    except UnknownReply:
        raise
    except PassportError as error:
        form.add_problem(error)
        return _page(form), 409
    flash(done)
    return redirect("/inbox", 303)


def _page(form: PassportForm | None = None) -> str:
    database, skip = wiring().database, _skip()
    items = list_inbox(database, g.passport, skip)
    # Before the page is made, so that its header counts what is still to be seen.
    mark_seen(database, g.passport, items)
    return render_template(
        "inbox/inbox.html",
        items=items,
        titles=_titles(),
        readings=list_receipts(database, g.passport)[:READINGS_SHOWN],
        form=form,
        thanks_form=ThanksForm(formdata=None, words=_("Thank you.")),
        skipped=skip,
        older=skip + MOST_SHOWN if len(items) == MOST_SHOWN else None,
    )


def _titles() -> Callable[[str], str]:
    own = {section.key: title_words(section) for section in story(wiring().database, g.passport)}

    def title(key: str) -> str:
        kind = section_type(key)
        return own.get(key) or (_(kind.title) if kind else key)

    return title


def _skip() -> int:
    text = request.args.get("skip", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
