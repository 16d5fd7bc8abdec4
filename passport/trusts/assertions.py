"""How an organisation proves itself: a JWT signed by its own key (`private_key_jwt`, RFC 7523).

Authlib reads the assertion, finds the client and checks issuer, subject, audience and times.
Ours are the rules beyond RFC 7523: which algorithms, how long, and that each is used once.
"""

import json
from hashlib import sha256
from typing import Any

from authlib.oauth2.rfc6749 import InvalidClientError, OAuth2Request
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from passport import clock
from passport.storage import tables
from passport.storage.database import Database
from passport.trusts.organisations import Organisation
from passport.trusts.signing_keys import ALGORITHMS, public_keys

LEEWAY_SECONDS = 60
LONGEST_SECONDS = 5 * 60
LONGEST_JTI = 255


class ClientAssertion(JWTBearerClientAssertion):
    """Checks one client assertion. `audiences` are the names that this server answers to."""

    def __init__(self, database: Database, audiences: list[str]) -> None:
        super().__init__(leeway=LEEWAY_SECONDS)
        self._database, self._audiences = database, audiences

    def __call__(self, query_client: Any, request: OAuth2Request) -> Any:
        """The client of the assertion. Raises InvalidClientError."""
        try:
            return super().__call__(query_client, request)
        except (JoseError, ValueError, TypeError, RecursionError):
            # A stranger's JSON can fail in ways that Authlib does not expect.
            raise InvalidClientError(description="The assertion can not be read.") from None

    def process_assertion_claims(self, assertion: str, resolve_key: KeySet) -> dict[str, Any]:
        """The claims of an assertion with a good signature. Raises InvalidClientError."""
        try:
            token = jwt.decode(assertion, resolve_key, algorithms=ALGORITHMS)
        except JoseError:
            raise InvalidClientError(
                description="The assertion is not signed by a key registered for this client."
            ) from None
        self.verify_claims(token.claims)
        return token.claims

    def get_audiences(self) -> list[str]:
        """What `aud` may say."""
        return self._audiences

    def resolve_client_public_key(self, client: Any) -> KeySet:
        """The keys that the organisation registered."""
        return public_keys(client.organisation.jwks)

    def validate_jti(self, claims: dict[str, Any], jti: Any) -> bool:
        """Whether this assertion is used for the first time. Raises InvalidClientError."""
        # Authlib comes here last, when signature and claims are right: a stranger spends none.
        if not isinstance(jti, str) or not 1 <= len(jti) <= LONGEST_JTI:
            raise InvalidClientError(description="Claim jti must be a text of 1 to 255 letters.")
        if claims["exp"] > clock.epoch() + LONGEST_SECONDS + LEEWAY_SECONDS:
            raise InvalidClientError(description="Claim exp must be at most 5 minutes ahead.")
        return _spend(self._database, claims["sub"], jti, int(claims["exp"]))


def may_use(organisation: Organisation, method: str) -> bool:
    """Whether the organisation may prove itself so: by its registered keys and nothing else."""
    return bool(organisation.jwks) and method == ClientAssertion.CLIENT_AUTH_METHOD


def _spend(database: Database, organisation_id: str, jti: str, exp: int) -> bool:
    used = tables.used_assertions
    values = {
        "organisation_id": organisation_id,
        "jti_hash": sha256(json.dumps(jti).encode()).digest(),
        "expires_at": exp + LEEWAY_SECONDS + 1,
    }
    try:
        with database.write() as connection:
            # The primary key decides: of two at the same moment, one insert fails.
            connection.execute(insert(used).values(values))
            connection.execute(delete(used).where(used.c.expires_at < clock.epoch()))
    except IntegrityError:
        return False
    return True
