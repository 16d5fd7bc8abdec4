"""What programs talk to: SMART Health Links, the trusts' API, its description, health checks."""

from flask import Flask
from flask_smorest import Api

from passport.api import docs, health, replies, shl, trusts

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
    api = Api(app)
    api.register_blueprint(shl.blueprint)
    api.register_blueprint(replies.blueprint)
    trusts.register(api)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(health.blueprint)
