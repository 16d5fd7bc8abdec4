"""Making a share in small steps: who, what, how long, passcode. What was chosen is kept sealed."""

from flask import Blueprint, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from passport.storage.identifiers import new_id
from passport.story.sections import story
from passport.web.forms.passport_form import PassportForm
from passport.web.share_step_words import part_hints
from passport.web.share_steps import Steps
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("sharing_anew", __name__)


@blueprint.get("/shares/new")
@signed_in
@open_to_supporters
def new() -> ResponseReturnValue:
    """Begin. Each try has an address of its own, so that the back button finds its choices."""
    steps = Steps(new_id())
    if not steps.can_share:
        return render_template("shares/nothing.html")
    return redirect(f"/shares/new/{steps.number}/who", 303)


@blueprint.route("/shares/new/<try_id>/<step>", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def one_step(try_id: str, step: str) -> ResponseReturnValue:
    """One thing on a page. What is sent is kept, and leads to the next step."""
    steps = Steps(try_id)
    if step not in steps.order:
        abort(404)
    if request.method == "GET" and (earlier := steps.before(step)):
        return redirect(f"/shares/new/{try_id}/{earlier}", 303)
    if request.method == "GET":
        form = steps.kept_form(step)
        if steps.is_done(step):
            # What fitted when it was kept may not fit today's story.
            form.validate()
        return _page(steps, step, form)
    form = steps.sent_form(step)
    if "suggest" in request.form and step == "what":
        return _tick_suggested(steps, form)
    if not form.validate_on_submit():
        return _page(steps, step, form)
    steps.keep(step, form)
    if "usual" in request.form and step == "what" and steps.may_take_the_usual:
        steps.keep_the_usual()
        return redirect(f"/shares/new/{try_id}/check", 303)
    return redirect(f"/shares/new/{try_id}/{_after(steps, step)}", 303)


def _after(steps: Steps, step: str) -> str:
    following = steps.order[steps.order.index(step) + 1 :]
    # Who came back from the last look to change one thing goes there again.
    return next((one for one in following if not steps.is_done(one)), "check")


def _tick_suggested(steps: Steps, form: PassportForm) -> ResponseReturnValue:
    form.validate_on_submit()
    if form.csrf_token.errors or steps.kind is None:
        return _page(steps, "what", form)
    also = []
    for field, keys in ((form.sections, steps.kind.sections), (form.identity, steps.kind.facts)):
        unticked = {choice.value for choice in field.choices} - set(field.data or ())
        also += [(field.name, key) for key in keys if key in unticked]
    steps.keep("what", form, also)
    return redirect(f"/shares/new/{steps.number}/what", 303)


def _page(steps: Steps, step: str, form: PassportForm) -> ResponseReturnValue:
    readable = story(wiring().database, g.passport)
    return render_template(
        f"shares/{step.replace('-', '_')}.html",
        form=form,
        steps=steps,
        place=steps.order.index(step) + 1,
        back_to=_before(steps, step),
        hints=part_hints(steps.kind, readable),
    )


def _before(steps: Steps, step: str) -> str:
    if step == steps.order[0]:
        return f"/shares/{steps.changes}" if steps.changes else "/shares"
    return f"/shares/new/{steps.number}/{steps.order[steps.order.index(step) - 1]}"
