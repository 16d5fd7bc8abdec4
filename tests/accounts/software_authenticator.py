"""A device with passkeys, written from Web Authentication Level 3 and nothing of the service."""

import hmac
import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

from passport.accounts.passkey_answers import PasskeyAnswer

USER_PRESENT, USER_VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text_of(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """One device with at most one passkey. Its members can be changed to make it misbehave."""

    origin: str
    rp_id: str | None = None
    recognises_its_owner: bool = True
    credential_id: bytes = field(default_factory=lambda: os.urandom(20))
    private_key: EllipticCurvePrivateKey = field(
        default_factory=lambda: generate_private_key(SECP256R1())
    )
    prf_secret: bytes = field(default_factory=lambda: os.urandom(32))
    count: int = 0
    counts: bool = True
    handle: bytes = b""

    def makes(self, options: str) -> PasskeyAnswer:
        """What `create()` answers, with the PRF output."""
        asked = json.loads(options)
        self.handle = bytes_of(asked["user"]["id"])
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._data(asked["rp"]["id"], ATTESTED) + self._credential(),
        }
        response = {
            "clientDataJSON": text_of(self._client_data("webauthn.create", asked)),
            "attestationObject": text_of(cbor2.dumps(attestation)),
        }
        return self._answer(response, asked)

    def signs(self, options: str) -> PasskeyAnswer:
        """What `get()` answers, with the PRF output."""
        asked = json.loads(options)
        client_data = self._client_data("webauthn.get", asked)
        data = self._data(asked["rpId"], 0)
        signature = self.private_key.sign(data + sha256(client_data).digest(), ECDSA(SHA256()))
        response = {
            "clientDataJSON": text_of(client_data),
            "authenticatorData": text_of(data),
            "signature": text_of(signature),
            "userHandle": text_of(self.handle),
        }
        return self._answer(response, asked)

    def _answer(self, response: dict[str, str], asked: dict[str, Any]) -> PasskeyAnswer:
        name = text_of(self.credential_id)
        credential = {"id": name, "rawId": name, "type": "public-key", "response": response}
        salt = bytes_of(asked["extensions"]["prf"]["eval"]["first"])
        output = hmac.digest(self.prf_secret, salt, "sha256")
        return PasskeyAnswer(json.dumps(credential), text_of(output))

    def _client_data(self, kind: str, asked: dict[str, Any]) -> bytes:
        data = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps({**data, "crossOrigin": False}).encode()

    def _data(self, rp_id: str, flags: int) -> bytes:
        self.count += self.counts
        flags |= USER_PRESENT | (USER_VERIFIED if self.recognises_its_owner else 0)
        site = sha256((self.rp_id or rp_id).encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _credential(self) -> bytes:
        numbers = self.private_key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        key = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        length = len(self.credential_id).to_bytes(2, "big")
        return bytes(16) + length + self.credential_id + key
