"""What the owner who is signed in chose about how pages behave, read once for each request."""

from flask import g

from passport.accounts.preferences import Preferences, preferences
from passport.storage.database import DatabaseUnavailable
from passport.wiring import wiring


def own_preferences() -> Preferences | None:
    """Hers; None for a stranger, for a supporter, and on the page that says there's no database."""
    passport = g.get("passport")
    if passport is None or not passport.access.is_owner:
        return None
    # A request may begin as a stranger's and go on as an owner's.
    if g.get("preferences_of") != passport.passport_id:
        try:
            g.own_preferences = preferences(wiring().database, passport)
        except DatabaseUnavailable:
            return None
        g.preferences_of = passport.passport_id
    found: Preferences = g.own_preferences
    return found
