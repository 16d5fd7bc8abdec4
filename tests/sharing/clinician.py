"""The other side of a share: somebody who has the link and reads."""

import json
import re
from typing import Any

from passport.crypto.share_file import decode_key, decrypt_file
from passport.sharing.read_share import read_direct_file, read_location, read_manifest
from passport.sharing.receipts import Reader
from passport.sharing.share import Share
from passport.storage.database import Database
from tests.residents import reading

NURSE = Reader("Nurse on Rose ward")


def address_of(share: Share) -> str:
    """Where the share's manifest is."""
    assert share.record.secrets is not None
    return share.record.secrets.address


def jwe_of(database: Database, share: Share, passcode: str | None = None) -> str:
    """The encrypted document, as the server hands it out."""
    if share.terms.is_direct:
        return read_direct_file(reading(database), address_of(share), NURSE)
    document, *_ = read_manifest(reading(database), address_of(share), NURSE, passcode)
    assert document.embedded is not None
    return document.embedded


def packed_jwe_of(database: Database, share: Share, passcode: str | None = None) -> str:
    """The encrypted file, as a reader gets it who says that it opens packed ones."""
    address = address_of(share)
    (file,) = read_manifest(reading(database), address, NURSE, passcode, takes_packed=True)
    assert file.embedded is not None
    return file.embedded


def location_of(database: Database, share: Share, passcode: str | None = None) -> str:
    """Where the file is, for a reader who wants nothing embedded."""
    (file,) = read_manifest(reading(database), address_of(share), NURSE, passcode, 0)
    assert file.embedded is None
    assert file.location is not None
    return file.location


def at_location(database: Database, location: str) -> str:
    """The encrypted file that waits at a location."""
    return read_location(reading(database), location)


def decrypted(share: Share, jwe: str) -> str:
    """What is in the file, for somebody who has the link's key."""
    assert share.record.secrets is not None
    plaintext, content_type = decrypt_file(decode_key(share.record.secrets.share_key), jwe)
    assert content_type == "application/fhir+json"
    return plaintext.decode()


def read(database: Database, share: Share, passcode: str | None = None) -> str:
    """The story's JSON, as somebody reads it who has the link."""
    return decrypted(share, jwe_of(database, share, passcode))


def bundle(database: Database, share: Share) -> dict[str, Any]:
    """The story as FHIR."""
    found: dict[str, Any] = json.loads(read(database, share))
    return found


def marks_in(text: str) -> set[str]:
    """The marks that tests planted in a story, such as `mark7x`."""
    return set(re.findall(r"mark\d+x", text))
