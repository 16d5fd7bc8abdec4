"""What programs talk to: SMART Health Links, the trusts' API, its description, health checks."""

from flask import Flask
from flask_cors import CORS
from flask_smorest import Api

from passport.api import docs, health, shl, trusts

_CONFIG = {
    "API_TITLE": "Story Passport",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_JSON_PATH": "openapi.json",
}


def register(app: Flask) -> None:
    """Add the API to the application."""
    app.config.from_mapping(_CONFIG)
    # Readers are web pages on other sites: they may ask, and may read errors too. No cookies.
    CORS(
        app,
        resources={r"/shl/.*": {"origins": "*"}},
        allow_headers=["Content-Type", "Authorization"],
        expose_headers=["Retry-After"],
        max_age=3600,
        send_wildcard=True,
    )
    api = Api(app)
    api.register_blueprint(shl.blueprint)
    trusts.register(api)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(health.blueprint)
