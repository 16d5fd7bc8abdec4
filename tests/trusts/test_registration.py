"""Who may be registered: public keys that are strong enough, and a name nobody else has."""

import base64

import pytest
from joserfc.errors import SecurityWarning
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from passport.crypto import hybrid_box
from passport.trusts.errors import NotRegistrable
from passport.trusts.organisations import (
    find_organisation,
    list_organisations,
    register_organisation,
)
from tests.trusts.trust import parts_of

SIGNING_KEY = ECKey.generate_key("P-256", auto_kid=True)
PUBLIC = SIGNING_KEY.as_dict(private=False)
HPKE_PRIVATE_KEY, HPKE_PUBLIC_KEY = hybrid_box.generate_key_pair()


@pytest.fixture
def database(app):
    return parts_of(app).database


def register(database, name="Marlbrook Trust", keys=(PUBLIC,), hpke=HPKE_PUBLIC_KEY):
    return register_organisation(database, name, {"keys": list(keys)}, hpke)


def public(key):
    return key.as_dict(private=False)


def test_a_registered_organisation_is_found_and_listed(database):
    second = register(database, "b trust")
    first = register(database, "A trust")
    assert find_organisation(database, second.organisation_id) == second
    assert list_organisations(database) == [first, second]
    assert first.hpke_public_key == HPKE_PUBLIC_KEY


@pytest.mark.parametrize("unknown", ["", "0" * 32, "nobody", "\0", "\ud800", "é" * 32])
def test_an_id_that_nobody_has_finds_nobody(database, unknown):
    assert find_organisation(database, unknown) is None


def test_a_name_is_cleaned_of_what_nobody_can_see(database):
    assert register(database, "  Marlbrook\u202e \n Trust\0 ").name == "Marlbrook Trust"


@pytest.mark.parametrize("name", ["", " \n", "\u202e", "x" * 201])
def test_a_name_must_be_one(database, name):
    with pytest.raises(NotRegistrable, match="name"):
        register(database, name)


@pytest.mark.parametrize("lookalike", ["Marlbrook Trust", "MARLBROOK  trust", "Ｍarlbrook Trust"])
def test_two_organisations_never_have_the_same_name(database, lookalike):
    register(database)
    with pytest.raises(NotRegistrable, match="already"):
        register(database, lookalike)


@pytest.mark.parametrize(
    "key",
    [
        ECKey.generate_key("P-256"),
        ECKey.generate_key("P-384"),
        RSAKey.generate_key(2048),
        OKPKey.generate_key("Ed25519"),
    ],
    ids=["P-256", "P-384", "RSA-2048", "Ed25519"],
)
def test_strong_signing_keys_are_taken(database, key):
    assert len(register(database, keys=[public(key)]).jwks["keys"]) == 1


REFUSED = {
    "P-521": ECKey.generate_key("P-521").as_dict(private=False),
    "secp256k1": ECKey.generate_key("secp256k1").as_dict(private=False),
    "X25519": OKPKey.generate_key("X25519").as_dict(private=False),
    "Ed448": OKPKey.generate_key("Ed448").as_dict(private=False),
    "a secret": OctKey.generate_key(256).as_dict(),
    "for encryption": PUBLIC | {"use": "enc"},
    "for wrapping": PUBLIC | {"key_ops": ["wrapKey"]},
    "key_ops no list": PUBLIC | {"key_ops": 7},
    "HS256": PUBLIC | {"alg": "HS256"},
    "none": PUBLIC | {"alg": "none"},
    "alg a list": PUBLIC | {"alg": ["ES256"]},
    "not on the curve": PUBLIC | {"x": "AAAA"},
    "another curve": PUBLIC | {"crv": "P-384"},
    "another kind": PUBLIC | {"kty": "RSA"},
    "kty a list": PUBLIC | {"kty": ["EC"]},
    "kid a number": PUBLIC | {"kid": 7},
    "members missing": {"kty": "EC"},
    "empty": {},
}


@pytest.mark.parametrize("name", REFUSED)
def test_other_keys_are_refused(database, name):
    with pytest.raises(NotRegistrable):
        register(database, keys=[REFUSED[name]])


def test_a_short_rsa_key_is_refused(database):
    with pytest.warns(SecurityWarning, match="2048"):
        short = RSAKey.generate_key(1024)
    with pytest.raises(NotRegistrable, match="weak"):
        register(database, keys=[public(short)])


@pytest.mark.parametrize(
    "key",
    [SIGNING_KEY, RSAKey.generate_key(2048), OKPKey.generate_key("Ed25519")],
    ids=["EC", "RSA", "OKP"],
)
def test_a_private_key_is_refused_and_not_kept(database, key):
    with pytest.raises(NotRegistrable, match="private"):
        register(database, keys=[key.as_dict(private=True)])
    assert list_organisations(database) == []


@pytest.mark.parametrize("jwks", [None, [], "x", {}, {"keys": {}}, {"keys": []}, {"keys": [7]}])
def test_what_is_no_set_of_keys_is_refused(database, jwks):
    with pytest.raises(NotRegistrable):
        register_organisation(database, "Marlbrook Trust", jwks, HPKE_PUBLIC_KEY)


def test_twenty_keys_are_taken_and_twenty_one_refused(database):
    many = [PUBLIC | {"kid": str(n)} for n in range(21)]
    register(database, keys=many[:20])
    with pytest.raises(NotRegistrable, match="20"):
        register(database, "Another", keys=many)


def test_several_keys_must_be_told_apart(database):
    for second in (PUBLIC, {k: v for k, v in PUBLIC.items() if k != "kid"}):
        with pytest.raises(NotRegistrable, match="kid"):
            register(database, keys=[PUBLIC, second])


@pytest.mark.parametrize(
    "hpke",
    [
        b"",
        HPKE_PUBLIC_KEY[:-1],
        HPKE_PUBLIC_KEY + b"\0",
        HPKE_PRIVATE_KEY,
        base64.b64encode(HPKE_PUBLIC_KEY),
        b"\xff" * hybrid_box.PUBLIC_KEY_BYTES,
        HPKE_PUBLIC_KEY[:-32] + bytes(32),
    ],
    ids=len,
)
def test_what_is_no_hpke_public_key_is_refused(database, hpke):
    with pytest.raises(NotRegistrable, match="HPKE"):
        register(database, hpke=hpke)
