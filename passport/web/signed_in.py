"""Pages for the owner alone, and what happens when her session ended while she typed.

Whatever was typed goes on only in the passport that its form was made for.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from passport.access import NotPermitted
from passport.accounts.errors import HelpingOver
from passport.accounts.sessions import open_session
from passport.web.carried_form import CarriedForm
from passport.web.forms.account_forms import SignInForm
from passport.web.local_address import leading_on, proof_address, sign_in_address
from passport.web.owner_mark import OWNER, is_of_another, owner_mark
from passport.web.session_cookie import give_session, session_cookie
from passport.web.try_sign_in import try_sign_in
from passport.web.typed_fields import CARRIES
from passport.web.typed_words import typed_words
from passport.wiring import wiring

View = Callable[..., ResponseReturnValue]
_OPEN_TO_SUPPORTERS = "is_open_to_supporters"
_ASKED_BY_ITSELF = "is_asked_by_itself"


def init_app(app: Flask) -> None:
    """Let templates know who is here: `signed_in`, and a token for the header's button."""
    app.add_template_global(generate_csrf, "csrf_token")
    app.add_template_global(owner_mark)
    app.add_template_global(proof_address)
    app.add_template_global(leading_on)

    @app.before_request
    def recognise_on_the_apis_page() -> None:
        # That page has our header too, but its room knows nothing of ours.
        if request.endpoint == "api_docs.api_docs":
            recognise()

    @app.context_processor
    def who() -> dict[str, bool]:
        passport = g.get("passport")
        may_share = passport is not None and passport.access.may("share")
        return {"may_share": may_share, "signed_in": passport is not None}

    @app.context_processor
    def in_whose() -> dict[str, str]:
        # Whom a supporter is helping; empty for somebody in her own passport.
        passport = g.get("passport")
        return {"helping": passport.access.owner_name if passport else ""}


def recognise(*, prolong: bool = True) -> bool:
    """Open the passport of whoever is signed in, for pages that are open to all."""
    cookie, g.helping_over = session_cookie(), False
    try:
        database = wiring().database
        g.passport = open_session(database, cookie, prolong=prolong) if cookie else None
    except HelpingOver:
        g.passport, g.helping_over = open_session(wiring().database, cookie), True
    return g.passport is not None


def open_to_supporters(view: View) -> View:
    """Under `signed_in`: a page that supporters may come to. Services decide what they may do."""
    setattr(view, _OPEN_TO_SUPPORTERS, True)
    return view


def asked_by_itself(view: View) -> View:
    """Under `signed_in`: what a page asks without its owner, so that it keeps nobody signed in."""
    setattr(view, _ASKED_BY_ITSELF, True)
    return view


def signed_in(view: View) -> View:
    """Give the view `g.passport`; send strangers to sign in, keeping whatever they sent.

    It is the owner's own page unless `open_to_supporters` says otherwise.
    """

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        # What comes back from the sign-in below is a sign-in, whoever has signed in meanwhile.
        prolong = not getattr(view, _ASKED_BY_ITSELF, False)
        if CARRIES not in request.form and recognise(prolong=prolong):
            return _unless_of_another(view, values)
        if request.method != "POST" or comes_from_elsewhere():
            return redirect(sign_in_address(_here()), 303)
        return _sign_in_and_go_on(lambda: _unless_of_another(view, values))

    return guarded


def _unless_of_another(view: View, values: dict[str, Any]) -> ResponseReturnValue:
    """Do what was asked, unless it was asked on a page of another passport."""
    if g.helping_over:
        return _with_words("supporters/helping_over.html"), 403
    if not (g.passport.access.is_owner or getattr(view, _OPEN_TO_SUPPORTERS, False)):
        raise NotPermitted
    if not is_of_another(request.form.get(OWNER)):
        return view(**values)
    return _with_words("account/another_passport.html"), 409


def _with_words(template: str) -> str:
    words = typed_words(CarriedForm.from_request().fields)
    return render_template(template, words=words)


def _here() -> str:
    return request.full_path.rstrip("?")


def comes_from_elsewhere() -> bool:
    """Whether another site sent this."""
    # What a page of another site posts was not typed here, so there is nothing to carry along.
    return request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")


def _sign_in_and_go_on(go_on: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Ask who it is while carrying all that was typed, then do what was asked."""
    carried, form = CarriedForm.from_request(), SignInForm()
    # What arrives first is the interrupted form itself, whose fields are not this form's.
    cookie = try_sign_in(form) if carried.is_returning and form.validate_on_submit() else None
    if cookie is None:
        if not carried.is_returning:
            form = SignInForm(formdata=None)
        page = render_template("account/sign_in_again.html", form=form, carried=carried)
        return page, 401
    g.new_session_cookie = cookie
    recognise()
    carried.take_place_of_request()
    return give_session(make_response(go_on()), cookie)
