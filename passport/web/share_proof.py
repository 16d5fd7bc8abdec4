"""Who has made a share sees its QR code at once; later she is asked to sign in again."""

from functools import wraps
from typing import Any

from flask import session
from flask.typing import ResponseReturnValue

from passport import clock
from passport.accounts.sessions import PROOF_SECONDS
from passport.web.proved import is_proved, proved
from passport.web.signed_in import View

_MADE = "just-made"


def just_made(share_id: str) -> None:
    """Remember, in this browser, that this share has just been made in it."""
    session[_MADE] = [share_id, clock.epoch()]


def may_be_shown(share_id: str) -> bool:
    """Whether the QR code, link and passcode of this share may be on a page now."""
    made, at = session.get(_MADE) or ("", 0)
    return (made == share_id and clock.epoch() - at <= PROOF_SECONDS) or is_proved()


def shown_after_proof(view: View) -> View:
    """As `proved`, for what shows a share; not asked of who has just made it."""
    asking = proved(view)

    @wraps(asking)
    def guarded(**values: Any) -> ResponseReturnValue:
        return view(**values) if may_be_shown(values["share_id"]) else asking(**values)

    return guarded
