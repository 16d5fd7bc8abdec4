"""`POST /api/trusts/v1/token`: OAuth 2 client credentials with `private_key_jwt`, by Authlib."""

import logging
from typing import Any

from authlib.oauth2 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749 import InvalidClientError, InvalidRequestError, OAuth2Payload
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from flask import Request, Response, json, request
from flask_smorest import Blueprint
from werkzeug.datastructures import MultiDict

from passport.limits import TOKEN, limiter
from passport.trusts import tokens
from passport.trusts.assertions import ClientAssertion, may_use
from passport.trusts.organisations import Organisation, find_organisation
from passport.wiring import Wiring, wiring

PREFIX = "/api/trusts/v1"
MOST_BODY_BYTES = 16 * 1024

# At level DEBUG, Authlib would write whole access tokens into the log.
logging.getLogger("authlib").setLevel(logging.INFO)

blueprint = Blueprint(
    "trusts_token", __name__, url_prefix=PREFIX, description="How an organisation proves itself."
)

_FORM = {
    "type": "object",
    "required": ["grant_type", "client_assertion_type", "client_assertion"],
    "properties": {
        "grant_type": {"type": "string", "enum": ["client_credentials"]},
        "client_assertion_type": {
            "type": "string",
            "enum": [ClientAssertion.CLIENT_ASSERTION_TYPE],
        },
        "client_assertion": {"type": "string", "description": "A JWT signed by the client."},
        "scope": {"type": "string", "example": " ".join(tokens.SCOPES)},
    },
}


@blueprint.route("/token", methods=["POST"])
@blueprint.doc(
    summary="Get an access token",
    description="The assertion's `iss` and `sub` are the client id, `aud` is this address, `exp` "
    "is at most 5 minutes ahead, and `jti` is used once. See RFC 7523 and RFC 6749.",
    requestBody={
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": _FORM}},
    },
    responses={
        "200": {"description": "An access token for 5 minutes."},
        "400": {"description": "`error` and `error_description` of RFC 6749 section 5.2."},
        "429": {"description": "Too often: wait as long as Retry-After says."},
    },
)
@limiter.limit(TOKEN)
def token() -> Response:
    """Answer a token request."""
    request.max_content_length = MOST_BODY_BYTES
    answer: Response = TokenServer(wiring()).create_token_response(request)
    return answer


class Client:
    """An organisation as Authlib asks about it."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        """Whether it may prove itself by this method."""
        return may_use(self.organisation, method)

    def check_grant_type(self, grant_type: str) -> bool:
        """Whether it may ask for tokens this way."""
        return grant_type == str(ClientCredentialsGrant.GRANT_TYPE)

    def get_allowed_scope(self, scope: str | None) -> str:
        """What a token is good for: what was asked for, else everything."""
        asked = (scope or "").split()
        return " ".join(s for s in tokens.SCOPES if s in asked or not asked)


class TokenServer(AuthorizationServer):
    """Authlib's server with our organisations, our tokens and Flask's answers."""

    def __init__(self, wired: Wiring) -> None:
        super().__init__(scopes_supported=tokens.SCOPES)
        self._database, base_url = wired.database, wired.settings.base_url
        self.register_token_generator(
            "default", BearerTokenGenerator(_new_token, None, tokens.LIFETIME_SECONDS)
        )
        self.register_grant(_ClientCredentials)
        self.register_client_auth_method(
            ClientAssertion.CLIENT_AUTH_METHOD,
            ClientAssertion(self._database, [f"{base_url}{PREFIX}/token", base_url]),
        )

    def query_client(self, client_id: str) -> Client | None:
        """The organisation of this id."""
        organisation = find_organisation(self._database, client_id)
        return Client(organisation) if organisation else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        """Keep what the token is found by."""
        tokens.keep_token(
            self._database,
            request.client.organisation.organisation_id,
            token["access_token"],
            token["scope"],
        )

    def create_oauth2_request(self, request: Any) -> "_TokenRequest":
        """What Authlib reads of Flask's request."""
        return _TokenRequest(request)

    def handle_response(self, status: int, body: Any, headers: Any) -> Response:
        """Authlib's answer as Flask's."""
        return Response(json.dumps(body), status, headers)

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


class _ClientCredentials(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = (ClientAssertion.CLIENT_AUTH_METHOD,)

    def validate_token_request(self) -> None:
        payload = self.request.payload
        if any(len(values) > 1 for values in payload.datalist.values()):
            raise InvalidRequestError("A parameter is there twice.")  # RFC 6749 section 3.2
        super().validate_token_request()
        # RFC 7521 section 4.2: `client_id` is optional, but must be the assertion's client.
        if payload.client_id not in (None, self.client.organisation.organisation_id):
            raise InvalidClientError(description="client_id is not the client of the assertion.")


class _TokenRequest(OAuth2Request):
    def __init__(self, flask_request: Request) -> None:
        # Authlib refuses addresses without TLS. Whether TLS is needed was settled when the
        # settings were read, which unlike this request know the public side of a proxy.
        super().__init__("POST", "https://localhost/", headers=flask_request.headers)
        self.payload = _Form(flask_request.form)

    @property
    def form(self) -> MultiDict[str, str]:
        data: MultiDict[str, str] = self.payload.data
        return data


class _Form(OAuth2Payload):
    """The body alone: RFC 6749 section 3.2 keeps parameters out of the address."""

    def __init__(self, form: MultiDict[str, str]) -> None:
        self._form = form

    @property
    def data(self) -> MultiDict[str, str]:
        return self._form

    @property
    def datalist(self) -> dict[str, list[str]]:
        return self._form.to_dict(flat=False)


def _new_token(**_: object) -> str:
    return tokens.new_token()
