"""Story Passport: a person's own story, written once, shared by consent with each care team."""

from flask import Flask

from config.settings import Settings, load_settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application: the one place where the rooms are joined.

    Without `settings` they come from the environment. Raises SettingsError or NoSecrets, whose
    messages say what to change.
    """
    from passport import api, cli, viewer, web
    from passport.application import Application
    from passport.limits import limit_rates
    from passport.readers import serve_readers
    from passport.wiring import wire

    settings = settings or load_settings()
    app = Application(__name__, static_folder=None)
    app.config.from_mapping(_flask_config(settings))
    wire(app, settings)
    limit_rates(app, settings)
    # Before web: both answer HTTP errors, and for pages the last word is web's.
    api.register(app)
    serve_readers(app, settings)
    web.register(app, settings)
    viewer.register(app)
    cli.register(app)
    return app


def _flask_config(settings: Settings) -> dict[str, object]:
    prefix = "__Host-" if settings.is_https else ""
    return {
        "SECRET_KEY": settings.secrets.secret_key,
        "TESTING": settings.environment == "testing",
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_NAME": f"{prefix}form",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": 24 * 60 * 60,
        # A form opened in the morning can still be sent in the evening.
        "WTF_CSRF_TIME_LIMIT": 24 * 60 * 60,
    }
