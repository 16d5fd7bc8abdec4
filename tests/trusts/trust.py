"""An invented organisation with keys of its own, and what its program would send."""

import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from authlib.oauth2.rfc7523.client import ASSERTION_TYPE
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, Key
from werkzeug.test import TestResponse

from passport.accounts.sessions import open_session
from passport.accounts.sign_up import sign_up
from passport.crypto import hybrid_box
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.save_section import save_section
from passport.sharing.share import Share, ShareTerms
from passport.sharing.shlink import Shlink, parse
from passport.story.section import SectionDraft
from passport.trusts.grant_place import grant_place
from passport.trusts.grant_share import share_with_organisation
from passport.trusts.make_keys import from_base64url
from passport.trusts.organisations import Organisation, register_organisation
from passport.wiring import Wiring, wiring

PLEASE_DO = "Warm your hands before you touch my knee"
TOKEN_PATH, GRANTS_PATH = "/api/trusts/v1/token", "/api/trusts/v1/grants"


@dataclass(frozen=True)
class Trust:
    """A registered organisation as it is at home: with its private keys."""

    wired: Wiring
    organisation: Organisation
    client: FlaskClient
    hpke_private_key: bytes
    signing_key: Key = field(repr=False)

    @property
    def base_url(self) -> str:
        return self.wired.settings.base_url

    @property
    def client_id(self) -> str:
        return self.organisation.organisation_id

    def claims(self, **changed: Any) -> dict[str, Any]:
        """The claims of a good assertion, with changes; None leaves a claim out."""
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": self.base_url + TOKEN_PATH,
            "exp": int(time.time()) + 60,
            "jti": uuid4().hex,
        } | changed
        return {name: value for name, value in claims.items() if value is not None}

    def assertion(self, key: Key | None = None, alg: str = "ES256", **changed: Any) -> str:
        header = {"alg": alg, "kid": self.signing_key.kid}
        return jwt.encode(header, self.claims(**changed), key or self.signing_key, algorithms=[alg])

    def ask_token(self, assertion: str | None = None, **form: Any) -> TestResponse:
        """Send a token request; without an assertion, with a good one."""
        data = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion or self.assertion(),
        } | form
        return self.client.post(TOKEN_PATH, data=data, base_url=self.base_url)

    def token(self, **form: Any) -> str:
        return str(self.ask_token(**form).get_json()["access_token"])

    def ask_grants(self, token: str | None = None, **query: Any) -> TestResponse:
        return self.client.get(
            GRANTS_PATH,
            query_string=query,
            headers={"Authorization": f"Bearer {token or self.token()}"},
            base_url=self.base_url,
        )

    def grants(self) -> list[dict[str, Any]]:
        return list(self.ask_grants().get_json()["grants"])

    def opened(self, grant: dict[str, Any]) -> Shlink:
        """The link in a grant that is ours."""
        place = grant_place(self.client_id, grant["number"])
        sealed = from_base64url(grant["sealed_link"])
        return parse(hybrid_box.open_box(self.hpke_private_key, sealed, place).decode())

    def is_given(self, passport: UnlockedPassport, **terms: Any) -> Share:
        """A resident shares with us."""
        chosen = ShareTerms(**{"recipient": "The falls team", "sections": ("please-do",)} | terms)
        return share_with_organisation(
            self.wired.database,
            self.wired.pepper,
            passport,
            chosen,
            self.client_id,
            self.base_url,
        )


def parts_of(app: Flask) -> Wiring:
    """What the application is made of."""
    with app.app_context():
        return wiring()


def new_resident(
    app: Flask, name: str = "Maud Ellery", please_do: str = PLEASE_DO
) -> UnlockedPassport:
    """A resident who is signed in and has written what people should please do."""
    wired = parts_of(app)
    passphrase = "copper otter sings at noon"
    cookie = sign_up(wired.database, wired.pepper, wired.argon2, name, passphrase)
    passport = open_session(wired.database, cookie)
    assert passport is not None
    draft = SectionDraft("please-do", {"lines": [please_do]})
    save_section(wired.database, passport, draft, based_on=0)
    return passport


def register_trust(app: Flask, name: str = "Marlbrook Trust") -> Trust:
    """A trust with fresh keys, registered with the service."""
    wired = parts_of(app)
    signing_key = ECKey.generate_key("P-256", auto_kid=True)
    private_key, public_key = hybrid_box.generate_key_pair()
    jwks = {"keys": [signing_key.as_dict(private=False)]}
    return Trust(
        wired,
        register_organisation(wired.database, name, jwks, public_key),
        app.test_client(use_cookies=False),
        private_key,
        signing_key,
    )
