"""What we build upon gives the published answers."""

import hmac
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha3_256, shake_256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from passport.crypto import envelope, hybrid_box
from passport.crypto.derivation import derive_key
from passport.crypto.passphrase import Argon2Parameters, stretch
from passport.crypto.place import Place
from passport.crypto.share_file import decrypt_file, encrypt_file
from tests.crypto.hpke_by_hand import seal_base

PUBLISHED = json.loads((Path(__file__).parent / "published.json").read_text())
XWING_LABEL = bytes.fromhex("5c2e2f2f5e5c")  # "\\.//^\\": the X-Wing draft draws an X-Wing
XWING = {name: bytes.fromhex(text) for name, text in PUBLISHED["xwing"].items() if name != "source"}


def test_hkdf_answers_as_rfc_5869_says() -> None:
    case = PUBLISHED["hkdf"]
    assert derive_key(bytes.fromhex(case["ikm"]), "").hex() == case["okm"][:64]


def test_a_label_goes_into_hkdf_as_its_info() -> None:
    # RFC 5869, 2.2 and 2.3, by hand: the first block of output is all that 32 bytes need.
    extracted = hmac.digest(bytes(32), b"secret", "sha256")
    expanded = hmac.digest(extracted, b"story-passport/v1/purpose" + b"\x01", "sha256")
    assert derive_key(b"secret", "story-passport/v1/purpose") == expanded


@pytest.mark.parametrize("case", PUBLISHED["argon2id"], ids=lambda case: case["source"])
def test_argon2id_answers_as_its_authors_implementation(case: dict) -> None:
    cost = Argon2Parameters(case["memory_kib"], case["iterations"], case["lanes"])
    assert stretch(case["password"], case["salt"].encode(), cost).hex() == case["tag"]


def test_an_envelope_is_aes_256_gcm_as_published(monkeypatch: pytest.MonkeyPatch) -> None:
    case = {
        name: bytes.fromhex(text)
        for name, text in PUBLISHED["aes-256-gcm"].items()
        if name != "source"
    }
    assert AESGCM(case["key"]).encrypt(case["nonce"], case["plaintext"], case["aad"]) == (
        case["ciphertext"] + case["tag"]
    )
    monkeypatch.setattr("os.urandom", lambda count: case["nonce"][:count])
    place = Place("purpose", "passport", "row")
    sealed = envelope.seal(case["key"], case["plaintext"], place)
    assert sealed[:13] == b"\x01" + case["nonce"]
    # The keystream does not depend on the associated data, only the tag does.
    assert sealed[13:-16] == case["ciphertext"]


def test_a_key_pair_is_x_wings() -> None:
    private_key = shake_256(XWING["seed"]).digest(96)
    assert shake_256(hybrid_box.public_key_of(private_key)).digest(32) == XWING["pk_shake_256"]


def test_the_published_encapsulation_gives_the_published_secret() -> None:
    private_key = shake_256(XWING["seed"]).digest(96)
    kem, curve = private_key[:64], private_key[64:]
    first = MLKEM768PrivateKey.from_seed_bytes(kem).decapsulate(XWING["ct"][:1088])
    public = X25519PrivateKey.from_private_bytes(curve).public_key().public_bytes_raw()
    second = X25519PrivateKey.from_private_bytes(curve).exchange(
        X25519PublicKey.from_public_bytes(XWING["ct"][1088:])
    )
    combined = first + second + XWING["ct"][1088:] + public + XWING_LABEL
    assert sha3_256(combined).digest() == XWING["ss"]


def test_a_box_is_hpke_over_x_wing_as_rfc_9180_says() -> None:
    place = Place("purpose", "passport", "row")
    info = b"\x01" + place.to_bytes()
    ciphertext = seal_base(XWING["ss"], info, b"told once")
    private_key = shake_256(XWING["seed"]).digest(96)
    box = b"\x01" + XWING["ct"] + ciphertext
    assert hybrid_box.open_box(private_key, box, place) == b"told once"


def test_a_share_file_opens_with_aes_gcm_alone() -> None:
    key = bytes(range(32))
    token = encrypt_file(key, b'{"resourceType":"Bundle"}', "application/fhir+json")
    header, encrypted_key, iv, ciphertext, tag = token.split(".")
    assert encrypted_key == ""
    assert json.loads(_decoded(header)) == {
        "alg": "dir",
        "enc": "A256GCM",
        "cty": "application/fhir+json",
    }
    sealed = _decoded(ciphertext) + _decoded(tag)
    opened = AESGCM(key).decrypt(_decoded(iv), sealed, header.encode())
    assert opened == b'{"resourceType":"Bundle"}'


@pytest.mark.parametrize("zipped", [False, True])
def test_a_file_of_another_service_opens_deflated_or_not(zipped: bool) -> None:
    header = {"alg": "dir", "enc": "A256GCM", "cty": "text/plain", "kid": "not ours"}
    plaintext = b"told once " * 9
    if zipped:
        header["zip"] = "DEF"
        plaintext = zlib.compress(plaintext, wbits=-15)
    protected = _encoded(json.dumps(header).encode())
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), plaintext, protected.encode())
    parts = [protected, "", *(_encoded(p) for p in (bytes(12), sealed[:-16], sealed[-16:]))]
    assert decrypt_file(bytes(32), ".".join(parts)) == (b"told once " * 9, "text/plain")


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
