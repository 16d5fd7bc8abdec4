"""Sign in from any page that asks for name and passphrase, under one shared limit."""

from flask_limiter import RateLimitExceeded

from passport import limits
from passport.accounts.errors import WrongNameOrPassphrase
from passport.accounts.sign_in import sign_in
from passport.limits import limiter
from passport.web.forms.account_forms import SignInForm
from passport.wiring import wiring


def try_sign_in(form: SignInForm) -> str | None:
    """The new session cookie's value; None with the reason beside the form's fields."""
    try:
        return limited_sign_in(form.name.data or "", form.passphrase.data or "")
    except WrongNameOrPassphrase as error:
        form.passphrase.errors = [str(error)]
    except RateLimitExceeded:
        form.passphrase.errors = [
            "There were too many tries in a short time. Wait a few minutes, then try again."
        ]
    return None


@limiter.shared_limit(limits.SIGN_IN, scope="sign-in")
def limited_sign_in(name: str, passphrase: str) -> str:
    """The service's `sign_in`. Raises RateLimitExceeded too, wherever the tries came from."""
    services = wiring()
    return sign_in(services.database, services.pepper, services.argon2, name, passphrase)


def pressed_twice(name: str, passphrase: str) -> str | None:
    """A session, if what was just refused as taken or used is this very person's own doing.

    A second press finds the name taken, or the recovery code used, by the first.
    """
    try:
        return limited_sign_in(name, passphrase)
    except WrongNameOrPassphrase:
        return None
