"""Whether the service lives, and whether it can serve: for load balancers and monitors."""

from flask import Blueprint, Response

from passport.api.problems import problem
from passport.storage.database import DatabaseUnavailable
from passport.storage.migrate import is_current
from passport.wiring import wiring

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return _plain("ok")


@blueprint.get("/readyz")
def readyz() -> Response:
    """The database answers too, and has the shape that this version needs."""
    retry = {"Retry-After": "5"}
    try:
        if is_current(wiring().database):
            return _plain("ready")
    except DatabaseUnavailable:
        return problem(503, "The database does not answer.", headers=retry)
    return problem(503, "The database needs: flask --app wsgi db upgrade", headers=retry)


def _plain(text: str) -> Response:
    return Response(text, mimetype="text/plain", headers={"Cache-Control": "no-store"})
