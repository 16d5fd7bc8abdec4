"""`GET /api/trusts/v1/grants`: what residents gave an organisation, sealed to its own key."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask_smorest import Api, Blueprint

from passport.api import trusts_token
from passport.api.trusts_schemas import GrantsPage, GrantsQuery
from passport.limits import limiter
from passport.trusts.grants import list_grants
from passport.trusts.organisations import Organisation
from passport.trusts.tokens import GRANTS_READ, SHARES_READ, authorised_organisation
from passport.wiring import wiring

View = Callable[..., Any]
LIMIT = "120 per minute"
SECURITY_SCHEME = {
    "type": "oauth2",
    "description": "For registered organisations: `private_key_jwt` (RFC 7523).",
    "flows": {
        "clientCredentials": {
            "tokenUrl": f"{trusts_token.PREFIX}/token",
            "scopes": {
                GRANTS_READ: "List the grants that residents gave you.",
                SHARES_READ: "Read shares as a verified reader.",
            },
        }
    },
}

blueprint = Blueprint(
    "trusts",
    __name__,
    url_prefix=trusts_token.PREFIX,
    description="What residents gave an organisation.",
)


def register(api: Api) -> None:
    """Add the trusts' API, and how programs sign in to it, to the service's API."""
    api.spec.components.security_scheme("organisation", SECURITY_SCHEME)
    api.register_blueprint(trusts_token.blueprint)
    api.register_blueprint(blueprint)


def _only_with(scope: str) -> Callable[[View], View]:
    # Around the check of arguments: a stranger is not even told what is wrong with hers.
    def decorate(view: View) -> View:
        @wraps(view)
        def checked() -> Any:
            header = request.headers.get("Authorization")
            return view(authorised_organisation(wiring().database, header, scope))

        return checked

    return decorate


@blueprint.route("/grants", methods=["GET"])
@blueprint.doc(
    summary="List your grants",
    description="Oldest first. Keep `next_cursor`: asked with it again, the list goes on with "
    "what is new, and no grant is ever missed. Grants of paused and expired shares stay in the "
    "list, because their owner can make the same link work again; revoked ones are gone.",
    security=[{"organisation": [GRANTS_READ]}],
    responses={
        "401": {"description": "No access token, or one that has ended."},
        "403": {"description": "The access token lacks the scope grants.read."},
        "422": {"description": "`cursor` or `limit` is not right: see `errors`."},
    },
)
@limiter.limit(LIMIT)
@_only_with(GRANTS_READ)
@blueprint.arguments(GrantsQuery, location="query")
@blueprint.response(200, GrantsPage)
def grants(organisation: Organisation, query: dict[str, int]) -> Any:
    """Answer with one page of grants."""
    after, limit = query["cursor"], query["limit"]
    # One more than asked for tells whether there is another page.
    found = list_grants(wiring().database, organisation.organisation_id, after, limit + 1)
    page = found[:limit]
    body = {
        "organisation": organisation.name,
        "grants": page,
        "next_cursor": page[-1].number if page else after,
        "has_more": len(found) > limit,
    }
    return body, 200, {"Cache-Control": "no-store"}
