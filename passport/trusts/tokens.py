"""Access tokens of organisations: random, short-lived, and kept only as a hash."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from types import SimpleNamespace

from authlib.oauth2 import OAuth2Error, ResourceProtector
from authlib.oauth2.rfc6750 import BearerTokenValidator, InsufficientScopeError
from sqlalchemy import delete, insert, select

from passport import clock
from passport.storage import tables
from passport.storage.database import Database
from passport.trusts.errors import ScopeMissing, TokenMissing, TokenRefused
from passport.trusts.organisations import Organisation, organisation_in

GRANTS_READ, SHARES_READ = "grants.read", "shares.read"
SCOPES = (GRANTS_READ, SHARES_READ)
LIFETIME_SECONDS = 5 * 60

_tokens = tables.access_tokens


def new_token() -> str:
    """43 base64url characters from 256 random bits."""
    return secrets.token_urlsafe(32)


def keep_token(database: Database, organisation_id: str, token: str, scope: str) -> None:
    """Let `token` stand for this organisation from now on, for five minutes."""
    now = clock.epoch()
    with database.write() as connection:
        connection.execute(
            insert(_tokens).values(
                token_lookup=_lookup(token),
                organisation_id=organisation_id,
                scope=scope,
                expires_at=now + LIFETIME_SECONDS,
            )
        )
        connection.execute(delete(_tokens).where(_tokens.c.expires_at <= now))


def authorised_organisation(
    database: Database, authorization_header: str | None, scope: str
) -> Organisation:
    """The organisation whose token came along, if it may do what `scope` names.

    Raises TokenMissing, TokenRefused or ScopeMissing.
    """
    if not authorization_header:
        raise TokenMissing
    protector = ResourceProtector()
    protector.register_token_validator(_AccessTokens(database))
    request = SimpleNamespace(headers={"Authorization": authorization_header})
    try:
        token: AccessToken = protector.validate_request([scope], request)
    except InsufficientScopeError:
        raise ScopeMissing from None
    except OAuth2Error:
        raise TokenRefused from None
    return token.organisation


def verified_organisation(
    database: Database, authorization_header: str | None
) -> Organisation | None:
    """The organisation that reads a share; None for a reader who shows no access token.

    Raises TokenRefused if there is a token and it is not good: an organisation should learn
    that its reading would not have counted as verified.
    """
    scheme = (authorization_header or "").split(None, 1)[:1]
    if [part.lower() for part in scheme] != ["bearer"]:
        return None
    return authorised_organisation(database, authorization_header, SHARES_READ)


@dataclass(frozen=True)
class AccessToken:
    """A token as Authlib asks about it."""

    organisation: Organisation
    scope: str
    expires_at: int

    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= clock.epoch()

    def is_revoked(self) -> bool:
        """Tokens live so shortly that they are never revoked; removing an organisation does."""
        return False

    def get_scope(self) -> str:
        """What it allows, with spaces between."""
        return self.scope


class _AccessTokens(BearerTokenValidator):
    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database

    def authenticate_token(self, token_string: str) -> AccessToken | None:
        mine = _tokens.c.token_lookup == _lookup(token_string)
        with self._database.read() as connection:
            row = connection.execute(select(_tokens).where(mine)).first()
            if row is None:
                return None
            organisation = organisation_in(connection, row.organisation_id)
        if organisation is None:
            return None
        return AccessToken(organisation, row.scope, row.expires_at)


def _lookup(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()
