"""An invitation, opened by whoever was given it."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport import limits
from passport.accounts.errors import (
    AlreadySupporting,
    OwnInvitation,
    TermsNotUsable,
    UnknownInvitation,
)
from passport.accounts.invitations import accept_invitation, decline_invitation, show_invitation
from passport.accounts.sign_in_names import sign_in_name
from passport.accounts.supporter_terms import SupporterTerms
from passport.crypto.recovery_code import MistypedCode
from passport.errors import PassportError
from passport.limits import limiter
from passport.web.error_words import error_words
from passport.web.forms.supporter_forms import AcceptForm, CodeForm
from passport.web.mistyped_words import which_groups
from passport.web.signed_in import recognise, signed_in
from passport.wiring import wiring

blueprint = Blueprint("joining", __name__, url_prefix="/join")


@blueprint.get("")
def code() -> ResponseReturnValue:
    """Ask for the code, which a link carries behind `#`."""
    if recognise():
        g.passport.access.require_owner()
    return render_template("supporters/join.html", form=CodeForm(formdata=None))


@blueprint.post("")
@limiter.limit(limits.SIGN_IN)
@signed_in
def look() -> ResponseReturnValue:
    """Who invites, and what they allow, before anything happens."""
    form = CodeForm()
    terms = _terms(form) if form.validate_on_submit() else None
    if terms is None:
        return render_template("supporters/join.html", form=form)
    name = sign_in_name(wiring().database, g.passport)
    accept = AcceptForm(formdata=None, data={"code": form.code.data, "called": name})
    return _invitation_page(accept, terms)


@blueprint.post("/answer")
@limiter.limit(limits.SIGN_IN)
@signed_in
def answer() -> ResponseReturnValue:
    """Yes or no."""
    form = AcceptForm()
    says_yes = request.form.get("answer") == "yes"
    if not form.validate_on_submit() and (says_yes or form.csrf_token.errors):
        terms = _terms(form)
        if terms is not None:
            return _invitation_page(form, terms)
    elif _answered(form, says_yes):
        return redirect("/supporting" if says_yes else "/", 303)
    problem = CodeForm(formdata=None)
    problem.code.errors = form.code.errors
    return render_template("supporters/join.html", form=problem)


def _answered(form: AcceptForm, says_yes: bool) -> bool:
    database, typed = wiring().database, form.code.data or ""
    try:
        if says_yes:
            called = (form.called.data or "").strip()
            terms = accept_invitation(database, g.passport, typed, called).terms
            flash(_("You can help %(name)s now.", name=terms.owner_name))
        else:
            decline_invitation(database, g.passport, typed)
            flash(_("You said no. The invitation does not work any more."))
    except (PassportError, MistypedCode) as error:
        form.code.errors = [_words(error)]
        return False
    return True


def _terms(form: CodeForm | AcceptForm) -> SupporterTerms | None:
    try:
        return show_invitation(wiring().database, g.passport, form.code.data or "")
    except (UnknownInvitation, OwnInvitation, AlreadySupporting, TermsNotUsable) as error:
        form.code.errors = [error_words(error)]
    except MistypedCode as error:
        form.code.errors = [_words(error)]
    return None


def _words(error: PassportError | MistypedCode) -> str:
    if isinstance(error, MistypedCode):
        return which_groups(error.groups)
    return error_words(error)


def _invitation_page(form: AcceptForm, terms: SupporterTerms) -> str:
    name = sign_in_name(wiring().database, g.passport)
    return render_template("supporters/answer.html", form=form, terms=terms, name=name)
