"""Asks the owner to sign in again before the acts that matter most.

Goes under `@signed_in`. What was typed or pressed goes on by itself afterwards.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from passport.accounts.prove import session_to_prove
from passport.web.carried_form import CarriedForm
from passport.web.forms.passport_form import PassportForm
from passport.web.local_address import proof_address
from passport.web.proof_ways import WAYS, ProofWay
from passport.web.session_cookie import give_session, session_cookie
from passport.web.signed_in import View, comes_from_elsewhere
from passport.web.typed_fields import PROVES
from passport.wiring import wiring


def proved(view: View) -> View:
    """Let the view run only if its owner signed in, or proved who she is, not long ago."""

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        if PROVES in request.form:
            return _prove_and_go_on(lambda: view(**values))
        session = session_to_prove(wiring().database, session_cookie())
        if session is not None and session.is_proved:
            return view(**values)
        if request.method in ("GET", "HEAD") or comes_from_elsewhere():
            return redirect(proof_address(request.full_path.rstrip("?")), 303)
        return proof_page(CarriedForm.from_request(PROVES))

    guarded.needs_proof = True  # type: ignore[attr-defined]
    return guarded


def is_proved() -> bool:
    """Whether this session's owner signed in, or proved who she is, not long ago."""
    session = session_to_prove(wiring().database, session_cookie())
    return session is not None and session.is_proved


def _prove_and_go_on(go_on: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    carried = CarriedForm.from_request(PROVES)
    if is_proved():
        # Proved meanwhile, in another window or by a second press.
        carried.go_on()
        return go_on()
    way, form = asked_way()
    cookie = way.prove(form) if form.validate_on_submit() else None
    if cookie is None:
        return proof_page(carried, way, form)
    g.new_session_cookie = cookie
    carried.go_on()
    return give_session(make_response(go_on()), cookie)


def asked_way() -> tuple[ProofWay, PassportForm]:
    """The way that was taken on the page, and its form as it was filled in."""
    way = next((w for w in WAYS if w.key == request.form.get("way")), WAYS[0])
    return way, way.form()


def proof_page(
    carried: CarriedForm, tried: ProofWay | None = None, form: PassportForm | None = None
) -> ResponseReturnValue:
    """Ask who it is, with what was tried last and why it failed."""
    session = session_to_prove(wiring().database, session_cookie())
    passport_id = session.passport_id if session else ""
    forms = [
        (way, form if form and way is tried else way.form(formdata=None))
        for way in WAYS
        if way.offered(passport_id)
    ]
    page = render_template("account/prove.html", ways=forms, form=form, carried=carried)
    return page, 403 if form is None else 400
