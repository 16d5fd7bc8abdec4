"""Sign in from any page that asks for name and passphrase, under limits that all of them share."""

from flask_babel import lazy_gettext
from flask_limiter import RateLimitExceeded

from passport import limits
from passport.accounts.errors import WrongNameOrPassphrase
from passport.accounts.sign_in import sign_in, tolerant_name
from passport.limits import TooManyTries, limiter, name_limit
from passport.web.device_words import this_device
from passport.web.error_words import error_words
from passport.web.forms.account_forms import SignInForm
from passport.wiring import wiring

TOO_MANY = lazy_gettext(
    "There were too many tries in a short time. Wait a few minutes, then try again. "
    "Or get in another way: with your recovery code, your card or your passkey."
)


def try_sign_in(form: SignInForm) -> str | None:
    """The new session cookie's value; None with the reason beside the form's fields."""
    try:
        return limited_sign_in(form.name.data or "", form.passphrase.data or "")
    except WrongNameOrPassphrase as error:
        form.passphrase.errors = [error_words(error)]
    except (RateLimitExceeded, TooManyTries):
        form.passphrase.errors = [TOO_MANY]
    return None


@limiter.shared_limit(limits.SIGN_IN, scope="sign-in")
def limited_sign_in(name: str, passphrase: str) -> str:
    """The service's `sign_in`. Raises RateLimitExceeded or TooManyTries too."""
    services = wiring()
    count_try(name)
    return sign_in(
        services.database, services.pepper, services.argon2, name, passphrase, this_device()
    )


def count_try(name: str) -> None:
    """Count that a passphrase is tried under this name, on whatever page. Raises TooManyTries."""
    name_limit().count(wiring().pepper.name_lookup(tolerant_name(name)))
