"""The resident's pages: thin views that validate a form, call a service, and show or redirect."""

from flask import Flask

from config.settings import Settings
from passport.web import (
    device_words,
    error_pages,
    error_words,
    front_door,
    inbox_news,
    looks,
    marked_up,
    page_language,
    recovery_news,
    section_words,
    security_headers,
    session_end,
    share_step_words,
    signed_in,
    strength_words,
    supporter_words,
    templating,
    titles,
    told_again_words,
    way_words,
    words,
)
from passport.web.help_topics import of_pages
from passport.web.pages import blueprints


def register(app: Flask, settings: Settings) -> None:
    """Add the pages to the application, and what every answer of it needs."""
    templating.init_app(app)
    page_language.init_app(app)
    marked_up.init_app(app)
    front_door.init_app(app, settings)
    security_headers.init_app(app, settings.base_url)
    signed_in.init_app(app)
    session_end.init_app(app)
    titles.init_app(app)
    looks.init_app(app)
    for words_of in (words, device_words, error_words, strength_words, way_words):
        words_of.init_app(app)
    section_words.init_app(app)
    share_step_words.init_app(app)
    supporter_words.init_app(app)
    recovery_news.init_app(app)
    inbox_news.init_app(app)
    told_again_words.init_app(app)
    of_pages.init_app(app)
    error_pages.init_app(app)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
