"""An invitation, opened by whoever was given it."""

from flask import Blueprint, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

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
from passport.web.forms.supporter_forms import AcceptForm, CodeForm
from passport.web.signed_in import recognise, signed_in
from passport.web.words import listed
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
            flash(f"You can help {terms.owner_name} now.")
        else:
            decline_invitation(database, g.passport, typed)
            flash("You said no. The invitation does not work any more.")
    except (PassportError, MistypedCode) as error:
        form.code.errors = [_words(error)]
        return False
    return True


def _terms(form: CodeForm | AcceptForm) -> SupporterTerms | None:
    try:
        return show_invitation(wiring().database, g.passport, form.code.data or "")
    except (UnknownInvitation, OwnInvitation, AlreadySupporting, TermsNotUsable) as error:
        form.code.errors = [str(error)]
    except MistypedCode as error:
        form.code.errors = [_words(error)]
    return None


def _words(error: Exception) -> str:
    if not isinstance(error, MistypedCode):
        return str(error)
    if not error.groups:
        return "The code has eight groups of five letters or numbers. Check that all are there."
    groups = [str(n) for n in error.groups]
    if len(groups) == 1:
        return f"Group {groups[0]} is not right. Check it again."
    return f"Groups {listed(groups)} are not right. Check them again."


def _invitation_page(form: AcceptForm, terms: SupporterTerms) -> str:
    name = sign_in_name(wiring().database, g.passport)
    return render_template("supporters/answer.html", form=form, terms=terms, name=name)
