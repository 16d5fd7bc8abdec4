"""On every page of an owner: what came back, and that her emergency card was opened."""

from flask import Flask, g
from flask_babel import gettext as _

from passport.sharing.inbox_news import InboxNews, inbox_news
from passport.storage.database import DatabaseUnavailable
from passport.web.words import time_words
from passport.wiring import wiring


def init_app(app: Flask) -> None:
    """Let every page know `inbox_news`: none for strangers, and in somebody else's passport."""
    app.add_template_filter(opening_words)

    @app.context_processor
    def news() -> dict[str, InboxNews | None]:
        passport = g.get("passport")
        is_owner = passport is not None and passport.access.is_owner
        return {"inbox_news": news_of(passport.passport_id) if is_owner else None}


def news_of(passport_id: str) -> InboxNews | None:
    """What is new; None on the page which says that the database is busy."""
    try:
        return inbox_news(wiring().database, passport_id)
    except DatabaseUnavailable:
        return None


def opening_words(news: InboxNews) -> str:
    """That an emergency card was opened, in a sentence; empty if it was not."""
    if not news.openings:
        return ""
    if news.openings == 1:
        return _("Someone opened your emergency card %(when)s.", when=time_words(news.newest_at))
    return _(
        "Your emergency card was opened %(count)s times. The last time was %(when)s.",
        count=news.openings,
        when=time_words(news.newest_at),
    )
