"""How an organisation proves itself, and how long that lasts."""

import hmac
import json
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from joserfc.jwk import ECKey, OKPKey, RSAKey
from sqlalchemy import func, select

from passport.crypto import hybrid_box
from passport.limits import limiter
from passport.storage import tables
from passport.trusts.make_keys import to_base64url
from passport.trusts.organisations import register_organisation
from tests.applications import make_app
from tests.minutes import within_a_minute
from tests.trusts.trust import register_trust


def refused(answer, error="invalid_client"):
    assert answer.status_code == 400
    assert answer.content_type == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_json()["error"] == error


def part(value) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return to_base64url(text.encode())


def test_a_signed_assertion_gets_a_token_for_five_minutes(trust):
    answer = trust.ask_token()
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.get_json()
    assert len(body.pop("access_token")) == 43
    assert body == {"token_type": "Bearer", "expires_in": 300, "scope": "grants.read shares.read"}


def test_a_token_holds_only_the_scope_asked_for(trust):
    assert trust.ask_token(scope="shares.read").get_json()["scope"] == "shares.read"


def test_a_scope_that_does_not_exist_is_refused(trust):
    assert refused(trust.ask_token(scope="grants.read everything"), "invalid_scope")


@pytest.mark.parametrize("audience", ["{base_url}", ["{base_url}", "x"]])
def test_the_issuer_is_a_good_audience_too(trust, audience):
    audience = json.loads(json.dumps(audience).replace("{base_url}", trust.base_url))
    assert trust.ask_token(trust.assertion(aud=audience)).status_code == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://another.example/token"},
        {"aud": None},
        {"aud": 7},
        {"iss": "someone-else"},
        {"iss": None},
        {"sub": None},
        {"sub": 7},
        {"sub": "' or 1=1 --"},
        {"sub": "0" * 32, "iss": "0" * 32},
        {"jti": None},
        {"jti": ""},
        {"jti": 7},
        {"jti": "x" * 256},
        {"exp": None},
        {"exp": "soon"},
        {"exp": 10**400},
        {"exp": -5},
        {"exp": True},
    ],
    ids=str,
)
def test_an_assertion_with_a_claim_that_is_not_right_is_refused(trust, changed):
    assert refused(trust.ask_token(trust.assertion(**changed)))


@pytest.mark.parametrize(
    ("claim", "seconds", "status"),
    [
        ("exp", -61, 400),
        ("exp", -30, 200),
        ("exp", 300, 200),
        ("exp", 370, 400),
        ("iat", 30, 200),
        ("iat", 90, 400),
        ("nbf", 30, 200),
        ("nbf", 90, 400),
    ],
)
def test_clocks_may_differ_by_a_minute_and_no_more(trust, claim, seconds, status):
    assertion = trust.assertion(**{claim: int(time.time()) + seconds})
    assert trust.ask_token(assertion).status_code == status


def test_an_unsigned_assertion_is_refused(trust):
    unsigned = f"{part({'alg': 'none'})}.{part(trust.claims())}."
    assert refused(trust.ask_token(unsigned))


@pytest.mark.parametrize("as_secret", ["as_pem", "as_json"])
def test_a_public_key_is_no_shared_secret(trust, as_secret):
    public = trust.signing_key.as_dict(private=False)
    secret = (
        json.dumps(public).encode()
        if as_secret == "as_json"
        else trust.signing_key.as_pem(private=False)
    )
    signed = f"{part({'alg': 'HS256', 'kid': public['kid']})}.{part(trust.claims())}"
    signature = hmac.digest(secret, signed.encode(), "sha256")
    assert refused(trust.ask_token(f"{signed}.{to_base64url(signature)}"))


def test_a_key_that_is_not_registered_is_refused(trust):
    assert refused(trust.ask_token(trust.assertion(ECKey.generate_key("P-256"))))


def test_one_organisation_can_not_speak_for_another(trust, other_trust):
    assertion = other_trust.assertion(iss=trust.client_id, sub=trust.client_id)
    assert refused(trust.ask_token(assertion))


def test_the_client_id_must_be_that_of_the_assertion(trust, other_trust):
    assert refused(trust.ask_token(client_id=other_trust.client_id))
    assert trust.ask_token(client_id=trust.client_id).status_code == 200


@pytest.mark.parametrize(
    ("key", "alg"),
    [
        (ECKey.generate_key("P-384", auto_kid=True), "ES384"),
        (RSAKey.generate_key(2048, auto_kid=True), "RS384"),
        (RSAKey.generate_key(2048, auto_kid=True), "PS256"),
        (OKPKey.generate_key("Ed25519", auto_kid=True), "Ed25519"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_key_that_we_register_can_sign(trust, key, alg):
    jwks = {"keys": [key.as_dict(private=False)]}
    public_key = hybrid_box.generate_key_pair()[1]
    organisation = register_organisation(
        trust.wired.database, f"Signs with {alg}", jwks, public_key
    )
    signer = replace(trust, organisation=organisation, signing_key=key)
    assert signer.ask_token(signer.assertion(alg=alg)).status_code == 200


def test_an_assertion_works_once(trust):
    assertion = trust.assertion()
    assert trust.ask_token(assertion).status_code == 200
    assert refused(trust.ask_token(assertion))


def test_of_twelve_uses_at_the_same_time_one_works(app_on_each_database):
    trust = register_trust(app_on_each_database)
    assertion = trust.assertion()
    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(lambda _: trust.ask_token(assertion).status_code, range(12)))
    assert sorted(statuses) == [200] + [400] * 11


def test_two_organisations_may_use_the_same_number(trust, other_trust):
    assert trust.ask_token(trust.assertion(jti="1")).status_code == 200
    assert other_trust.ask_token(other_trust.assertion(jti="1")).status_code == 200


def test_a_forged_assertion_uses_up_nothing(trust):
    refused(trust.ask_token(trust.assertion(ECKey.generate_key("P-256"), jti="first")))
    assert trust.ask_token(trust.assertion(jti="first")).status_code == 200


def test_what_has_expired_is_cleared_away(trust, monkeypatch):
    trust.token()
    now = int(time.time())
    monkeypatch.setattr("passport.clock.epoch", lambda: now + 3600)
    assert trust.ask_token(trust.assertion(exp=now + 3660)).status_code == 200
    with trust.wired.database.read() as connection:
        for table in (tables.used_assertions, tables.access_tokens):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 1


def test_a_token_ends_after_five_minutes(trust, monkeypatch):
    token, now = trust.token(), int(time.time())
    monkeypatch.setattr("passport.clock.epoch", lambda: now + 299)
    assert trust.ask_grants(token).status_code == 200
    monkeypatch.setattr("passport.clock.epoch", lambda: now + 302)
    answer = trust.ask_grants(token)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_the_database_holds_no_token(trust):
    token = trust.token()
    with trust.wired.database.read() as connection:
        rows = connection.execute(select(tables.access_tokens)).all()
    assert len(rows) == 1
    assert token.encode() not in b"".join(bytes(str(v), "utf-8") for v in rows[0])


def test_no_log_holds_a_token(trust, caplog):
    caplog.set_level(logging.DEBUG)
    token = trust.token()
    assert trust.ask_grants(token).status_code == 200
    assert token not in caplog.text


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "unsupported_grant_type"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": '"\\\u202e'}, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, "invalid_client"),
        ({"grant_type": "client_credentials", "client_assertion": "x"}, "invalid_client"),
        ({"grant_type": "client_credentials", "scope": ["a", "b"]}, "invalid_request"),
        (
            {"grant_type": "client_credentials", "client_id": "x", "client_secret": "y"},
            "invalid_client",
        ),
    ],
    ids=str,
)
def test_a_token_request_that_is_none_gets_an_oauth_error(trust, form, error):
    answer = trust.client.post("/api/trusts/v1/token", data=form, base_url=trust.base_url)
    assert refused(answer, error)


def test_parameters_in_the_address_do_not_count(trust):
    answer = trust.client.post(
        "/api/trusts/v1/token",
        query_string={"grant_type": "client_credentials"},
        base_url=trust.base_url,
    )
    assert refused(answer, "unsupported_grant_type")


@pytest.mark.parametrize(
    "hostile",
    [
        "..",
        "a.b.c",
        "\x00",
        "é.é.é",
        part("[" * 3000) + "." + part("[" * 3000) + ".x",
        part({"alg": "ES256"}) + "." + part("[" * 3000) + ".x",
        part({"alg": "ES256", "kid": '"\\'}) + "." + part({"sub": "CLIENT"}) + ".x",
        part({"alg": "ES256", "kid": ["x"]}) + "." + part({"sub": "CLIENT"}) + ".x",
        part({"alg": ["ES256"]}) + "." + part({"sub": "CLIENT"}) + ".x",
        part({"alg": None}) + "." + part({"sub": "CLIENT"}) + ".x",
        part({}) + "." + part({"sub": "CLIENT"}) + ".x",
        part({"alg": "ES256"}) + "." + part({"sub": "\ud800"}) + ".x",
        part({"alg": "ES256"}) + "." + part({"sub": "\0"}) + ".x",
        part([]) + "." + part({"sub": "CLIENT"}) + ".x",
        part("7") + "." + part("7") + ".7",
        part({"alg": "ES256", "crit": ["b64"], "b64": False}) + "." + part({"sub": "CLIENT"}) + ".",
        part({"alg": "ES256", "crit": 7}) + "." + part({"sub": "CLIENT"}) + ".",
        part({"alg": "A256GCM", "enc": "dir"}) + "." + part({"sub": "CLIENT"}) + ".x.x.x",
    ],
)
def test_a_hostile_assertion_is_refused_and_breaks_nothing(trust, hostile):
    hostile = hostile.replace(part({"sub": "CLIENT"}), part({"sub": trust.client_id}))
    assert refused(trust.ask_token(hostile))


def test_a_huge_token_request_is_refused(trust):
    answer = trust.ask_token("x" * 20_000)
    assert answer.status_code == 413
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_tokens_are_given_by_post_only(trust, method):
    answer = trust.client.open("/api/trusts/v1/token", method=method, base_url=trust.base_url)
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"


def test_token_requests_are_limited(tmp_path):
    trust = register_trust(make_app(tmp_path, rate_limits=True))
    within_a_minute(20)
    limiter.reset()
    statuses = [trust.ask_token("x").status_code for _ in range(70)]
    limiter.reset()
    assert statuses[:50] == [400] * 50
    assert statuses[-1] == 429
