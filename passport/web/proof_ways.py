"""The ways in which the owner can prove that it is still she: a passphrase, a passkey, a card."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext
from flask_limiter import RateLimitExceeded

from passport import limits
from passport.accounts.card_sign_in import prove_with_card
from passport.accounts.errors import CardRefused, WrongPassphrase
from passport.accounts.passkey_answers import PasskeyAnswer
from passport.accounts.passkey_sign_in import prove_with_passkey
from passport.accounts.prove import has_way_in, prove_with_passphrase, session_to_prove
from passport.crypto.key_slots import SlotKind
from passport.crypto.typed_code import MistypedCode
from passport.errors import PassportError
from passport.limits import TooManyTries, limiter, name_limit
from passport.web.error_words import error_words
from passport.web.forms.account_forms import CardProofForm, ProofForm
from passport.web.forms.passkey_forms import PasskeyForm
from passport.web.forms.passport_form import PassportForm
from passport.web.mistyped_words import which_groups_of_card
from passport.web.passkey_site import passkey_site, required_site
from passport.web.session_cookie import session_cookie
from passport.wiring import wiring

_TOO_MANY = lazy_gettext(
    "There were too many tries in a short time. Wait a few minutes, then try again."
)


@dataclass(frozen=True)
class ProofWay:
    """One way to prove who is signed in. Whoever adds one appends it to WAYS.

    `template` draws its form, with `form`, its button, and in it `fields`: what every such form
    sends. `offered` says whether the passport of this id has it. `prove` returns the session
    cookie's new value (see `accounts.prove.keep_proof`), or None with the reason in the form.
    """

    key: SlotKind
    template: str
    form: type[PassportForm]
    offered: Callable[[str], bool]
    prove: Callable[[Any], str | None]


def _has(kind: SlotKind) -> Callable[[str], bool]:
    return lambda passport_id: has_way_in(wiring().database, passport_id, kind)


def _has_passkey_here(passport_id: str) -> bool:
    return passkey_site() is not None and _has("passkey")(passport_id)


def _prove_with_passphrase(form: ProofForm) -> str | None:
    try:
        return _limited_passphrase(form.passphrase.data or "")
    except WrongPassphrase as error:
        form.passphrase.errors = [error_words(error)]
    except (RateLimitExceeded, TooManyTries):
        form.passphrase.errors = [_TOO_MANY]
    return None


def _prove_with_passkey(form: PasskeyForm) -> str | None:
    answer = form.answer
    if answer is None:
        return None
    try:
        return _limited_passkey(answer)
    except PassportError as error:
        form.add_problem(error)
    except RateLimitExceeded:
        form.add_problem(_TOO_MANY)
    return None


def _prove_with_card(form: CardProofForm) -> str | None:
    try:
        return _limited_card(form.code.data or "", form.pin.data or "")
    except MistypedCode as error:
        form.code.errors = [which_groups_of_card(error.groups)]
    except CardRefused as error:
        form.pin.errors = [error_words(error)]
    except RateLimitExceeded:
        form.pin.errors = [_TOO_MANY]
    return None


@limiter.shared_limit(limits.SIGN_IN, scope="sign-in")
def _limited_passphrase(passphrase: str) -> str:
    if session := session_to_prove(wiring().database, session_cookie()):
        name_limit().count_proof(session.passport_id)
    return prove_with_passphrase(wiring().database, session_cookie(), passphrase)


@limiter.shared_limit(limits.PASSKEY, scope="passkey")
def _limited_passkey(answer: PasskeyAnswer) -> str:
    return prove_with_passkey(wiring().database, required_site(), session_cookie(), answer)


@limiter.shared_limit(limits.SIGN_IN, scope="sign-in")
def _limited_card(code: str, pin: str) -> str:
    return prove_with_card(wiring().database, wiring().argon2, session_cookie(), code, pin)


WAYS: list[ProofWay] = [
    ProofWay(
        "passphrase",
        "account/prove_with_passphrase.html",
        ProofForm,
        _has("passphrase"),
        _prove_with_passphrase,
    ),
    ProofWay(
        "passkey",
        "account/prove_with_passkey.html",
        PasskeyForm,
        _has_passkey_here,
        _prove_with_passkey,
    ),
    ProofWay(
        "owner-card",
        "account/prove_with_card.html",
        CardProofForm,
        _has("owner-card"),
        _prove_with_card,
    ),
]
