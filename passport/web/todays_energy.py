"""How the owner said that her day is: remembered for that day alone."""

from passport import clock
from passport.accounts.preferences import Preferences
from passport.web.words import UK


def todays_mark(how: str) -> str:
    """What is remembered when she says how today is."""
    return f"{_day()} {how}"


def how_today_is(chosen: Preferences) -> str:
    """What she said today; empty if she has not said."""
    day, _, how = chosen.today.partition(" ")
    return how if day == _day() else ""


def _day() -> str:
    return clock.now().astimezone(UK).date().isoformat()
