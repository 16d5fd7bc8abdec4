"""The cookie that holds a help ticket, for as long as helpers may take."""

from typing import Any

from flask import Response, request

from passport.crypto.help_ticket import HelpTicket
from passport.crypto.typed_code import MistypedCode
from passport.wiring import wiring

_SECONDS = 60 * 24 * 60 * 60


def ticket_in_cookie() -> HelpTicket | None:
    """The ticket that this browser holds."""
    try:
        return HelpTicket.from_code(request.cookies.get(_name(), ""))
    except MistypedCode:
        return None


def give_ticket(response: Response, ticket: HelpTicket) -> Response:
    """Let this browser hold a ticket."""
    response.set_cookie(_name(), ticket.to_code(), max_age=_SECONDS, **_flags())
    return response


def take_ticket(response: Response) -> Response:
    """Let this browser forget its ticket."""
    response.delete_cookie(_name(), **_flags())
    return response


def _name() -> str:
    return "__Host-help-ticket" if wiring().settings.is_https else "help-ticket"


def _flags() -> dict[str, Any]:
    return {
        "path": "/",
        "secure": wiring().settings.is_https,
        "httponly": True,
        "samesite": "Lax",
    }
