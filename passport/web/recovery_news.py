"""On every page of a passport: that somebody asked to be let back in to it, or that it was stopped.

There is no other channel: nobody needs to give an email address or a telephone number.
"""

from flask import Flask, g

from passport.accounts.stopping_recovery import RecoveryNews, recovery_news
from passport.storage.database import DatabaseUnavailable
from passport.wiring import wiring


def init_app(app: Flask) -> None:
    """Let every page know: `recovery_news`, and whether it is the owner who sees it."""

    @app.context_processor
    def news() -> dict[str, object]:
        passport = g.get("passport")
        if passport is None:
            return {}
        return {
            "recovery_news": _news(passport.passport_id),
            "may_stop_recovery": passport.access.is_owner,
        }


def _news(passport_id: str) -> list[RecoveryNews]:
    try:
        return recovery_news(wiring().database, passport_id)
    except DatabaseUnavailable:
        # The page that says so must not fail for the same reason.
        return []
