"""The files of a share: compact JWE (RFC 7516), `dir` with A256GCM, as SMART Health Links ask.

Many readers fail on `zip: DEF`, so only those who ask for it get a file that is packed. The server
keeps each file sealed once more, so that it dies with its passport's erasure key.
"""

import hmac
import os
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.jwk import OctKey

from passport.crypto import envelope, labels
from passport.crypto.derivation import KEY_BYTES
from passport.crypto.envelope import CannotOpen
from passport.crypto.padding import packed_json
from passport.crypto.place import Place

MOST_BYTES = 16 * 1024 * 1024
_KEY = re.compile("[A-Za-z0-9_-]{43}")
_DEFLATE = JWERegistry.algorithms["zip"]["DEF"]


class _LargeDeflate(type(_DEFLATE)):  # type: ignore[misc]
    MAX_SIZE = MOST_BYTES

    def compress(self, s: bytes) -> bytes:
        return packed_json(s)


class _LargeFiles(JWERegistry):
    """joserfc stops at 64 KB of ciphertext and 250 KB inflated; a story with pictures is larger."""

    max_ciphertext_length = MOST_BYTES * 4 // 3
    algorithms = {**JWERegistry.algorithms, "zip": {"DEF": _LargeDeflate()}}  # noqa: RUF012


# Readers ignore header members they don't know, so unknown ones are allowed.
_REGISTRY = _LargeFiles(algorithms=["dir", "A256GCM", "DEF"], strict_check_header=False)


def new_share_key() -> bytes:
    """A fresh 32-byte key, one for each share."""
    return os.urandom(KEY_BYTES)


def encode_key(share_key: bytes) -> str:
    """A share key as a link carries it: 43 base64url characters."""
    return urlsafe_b64encode(share_key).decode().rstrip("=")


def decode_key(text: str) -> bytes:
    """The share key in a link. Raises ValueError if it is not 43 characters of base64url."""
    if not _KEY.fullmatch(text):
        raise ValueError("a share key has 43 characters of base64url")
    return urlsafe_b64decode(text + "=")


def encrypt_file(share_key: bytes, plaintext: bytes, content_type: str) -> str:
    """A compact JWE with a fresh IV. `content_type` goes into the header as `cty`."""
    return _encrypt({"alg": "dir", "enc": "A256GCM", "cty": content_type}, share_key, plaintext)


def encrypt_packed(share_key: bytes, document: bytes, content_type: str) -> str:
    """The same for a JSON text, packed (`zip: DEF`) and then as long as a bucket."""
    header = {"alg": "dir", "enc": "A256GCM", "zip": "DEF", "cty": content_type}
    return _encrypt(header, share_key, document)


def _encrypt(header: dict[str, str], share_key: bytes, plaintext: bytes) -> str:
    key = OctKey.import_key(share_key)
    return jwe.encrypt_compact(header, plaintext, key, registry=_REGISTRY)


def decrypt_file(share_key: bytes, token: str) -> tuple[bytes, str]:
    """(plaintext, content type) of a compact JWE. Raises CannotOpen.

    Refuses anything over 16 MiB, also after inflating, so that a zip bomb can't fill memory.
    """
    try:
        opened = jwe.decrypt_compact(token, OctKey.import_key(share_key), registry=_REGISTRY)
    except (JoseError, ValueError) as error:
        raise CannotOpen("the key is wrong, or the file is damaged or too large") from error
    return opened.plaintext or b"", str(opened.headers().get("cty", ""))


def seal_file(
    erasure_key: bytes | None,
    token: str,
    share_id: str,
    file_id: str,
    label: str = labels.SHARE_FILE,
) -> bytes:
    """A compact JWE as the server keeps it: ASCII sealed under the passport's erasure key."""
    place = Place(label, share_id, file_id)
    return envelope.seal(_kept_under(erasure_key), token.encode(), place)


def open_file(
    erasure_key: bytes | None,
    sealed: bytes,
    share_id: str,
    file_id: str,
    label: str = labels.SHARE_FILE,
) -> str:
    """The JWE that `seal_file` was given. Raises CannotOpen."""
    place = Place(label, share_id, file_id)
    return envelope.open_sealed(_kept_under(erasure_key), sealed, place).decode()


def sealed_length(sealed: bytes) -> int:
    """How many characters the JWE in there has, without opening it."""
    return len(sealed) - envelope.OVERHEAD_BYTES


def _kept_under(erasure_key: bytes | None) -> bytes:
    # Passports made before erasure keys existed have none: theirs hides nothing, and need not.
    # HMAC as in HKDF-Expand: on the path of every read, ten times quicker than the whole of HKDF.
    return hmac.digest(erasure_key or bytes(KEY_BYTES), labels.SHARE_FILE.encode(), "sha256")
