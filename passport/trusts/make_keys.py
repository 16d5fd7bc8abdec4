"""Keys for an organisation: made where the organisation is, so that no private half travels."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

from joserfc.jwk import ECKey

from passport.crypto import hybrid_box

PRIVATE_JWK, JWKS = "signing-private.jwk.json", "signing-public.jwks.json"
HPKE_PRIVATE, HPKE_PUBLIC = "hpke-private.txt", "hpke-public.txt"


def make_keys(folder: Path) -> list[Path]:
    """Write a signing key (ES256) and an HPKE key pair, four files. Returns their paths.

    Private halves are readable by their owner only. Raises FileExistsError rather than
    replacing a key, because what was sealed to the old one would be lost.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    signing = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
    private_key, public_key = hybrid_box.generate_key_pair()
    texts = {
        PRIVATE_JWK: json.dumps(signing.as_dict(private=True), indent=2),
        JWKS: json.dumps({"keys": [signing.as_dict(private=False)]}, indent=2),
        HPKE_PRIVATE: to_base64url(private_key),
        HPKE_PUBLIC: to_base64url(public_key),
    }
    taken = [name for name in texts if (folder / name).exists()]
    if taken:
        raise FileExistsError(f"{folder / taken[0]} is there already; choose another folder.")
    return [_write(folder / name, text) for name, text in texts.items()]


def to_base64url(value: bytes) -> str:
    """Bytes as the key files, the API and links write them: base64url without `=`."""
    return urlsafe_b64encode(value).decode().rstrip("=")


def from_base64url(text: str) -> bytes:
    """The bytes that `to_base64url` wrote. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _write(path: Path, text: str) -> Path:
    mode = 0o600 if "private" in path.name else 0o644
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
    return path
