"""Which signing keys an organisation may prove itself with: a rule about JWK Sets (RFC 7517)."""

import warnings
from typing import Any

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey

from passport.trusts.errors import NotRegistrable

ALGORITHMS = (
    "ES256", "ES384", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA", "Ed25519",
)  # fmt: skip
MOST_KEYS = 20
SHORTEST_RSA_BITS = 2048
_PRIVATE_MEMBERS = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}
_CURVES = {"P-256", "P-384"}
_ALLOWED = "Use EC P-256 or P-384, RSA of at least 2048 bits, or Ed25519."


def check_jwks(jwks: Any) -> dict[str, Any]:
    """The JWK Set with nothing but its public signing keys. Raises NotRegistrable."""
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(keys, list) or not all(isinstance(key, dict) for key in keys):
        raise NotRegistrable('The signing keys must be a JWK Set: {"keys": [ … ]}.')
    if not 1 <= len(keys) <= MOST_KEYS:
        raise NotRegistrable(f"Give between 1 and {MOST_KEYS} signing keys.")
    kids = [key.get("kid") for key in keys]
    if len(keys) > 1 and (None in kids or len(set(map(str, kids))) < len(keys)):
        raise NotRegistrable("With more than one signing key, give each its own `kid`.")
    return {"keys": [_checked(key) for key in keys]}


def public_keys(jwks: dict[str, Any]) -> KeySet:
    """Keys that `check_jwks` let in, ready to verify with."""
    return KeySet.import_key_set(jwks)  # type: ignore[arg-type]


def _checked(jwk: dict[str, Any]) -> dict[str, Any]:
    key = _imported(jwk)
    if _PRIVATE_MEMBERS & jwk.keys():
        raise NotRegistrable("A signing key is private. Send the public key only.")
    if jwk.get("use", "sig") != "sig" or "verify" not in jwk.get("key_ops", ["verify"]):
        raise NotRegistrable("A key is not for signing. Send signing keys only.")
    if jwk.get("alg", ALGORITHMS[0]) not in ALGORITHMS:
        raise NotRegistrable(f"A signing key names another algorithm than {', '.join(ALGORITHMS)}.")
    return dict(key.as_dict(private=False))


def _imported(jwk: dict[str, Any]) -> Key:
    kinds: dict[str, Any] = {"EC": ECKey, "RSA": RSAKey, "OKP": OKPKey}
    kind = kinds.get(str(jwk.get("kty")))
    if kind is None:
        raise NotRegistrable(f"A signing key is of a kind we don't take. {_ALLOWED}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)  # refused just below, in our words
            key: Key = kind.import_key(jwk)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        raise NotRegistrable("A signing key is damaged.") from None
    if not _is_strong(key):
        raise NotRegistrable(f"A signing key is too weak or of a kind we don't take. {_ALLOWED}")
    return key


def _is_strong(key: Key) -> bool:
    if isinstance(key, RSAKey):
        return key.public_key.key_size >= SHORTEST_RSA_BITS
    if isinstance(key, ECKey):
        return key.curve_name in _CURVES
    return isinstance(key, OKPKey) and key.curve_name == "Ed25519"
