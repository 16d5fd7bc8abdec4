"""The Flask application, with one rule of its own: programs get their errors in JSON."""

from io import BytesIO

from flask import Flask, Request, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from passport.api.problems import is_api_request, problem_from
from passport.errors import PassportError


class InMemory(Request):
    """A request whose files are held in memory: in clear, they belong on no disk.

    `MAX_CONTENT_LENGTH`, and what a view allows beyond it, keeps them small enough.
    """

    def _get_file_stream(self, *_: object, **__: object) -> BytesIO:  # type: ignore[override]
        return BytesIO()


class Application(Flask):
    """Flask, but every error under an API address leaves as problem+json, whatever raised it."""

    request_class = InMemory

    def handle_user_exception(self, e: Exception) -> ResponseReturnValue:
        """Translate what a view raised, or hand it to the pages' own handlers."""
        if not is_api_request():
            return super().handle_user_exception(e)  # type: ignore[return-value]
        if not isinstance(e, HTTPException | PassportError):
            self.logger.error("%s %s failed", request.method, request.endpoint, exc_info=e)
        return problem_from(e)
