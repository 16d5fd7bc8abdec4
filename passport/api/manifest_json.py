"""The manifest as JSON (SMART Health Links 1.0.0, "Manifest").

A JWE is base64url and dots, so it is put between quotes as it is: running it through a JSON
encoder would cost as much as reading it from the database.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from passport.sharing.read_share import SharedFile

FHIR_VERSION = "4.0.1"


def manifest_json(files: Iterable[SharedFile], base_url: str, capability: str) -> bytes:
    """The manifest's bytes. `status` stands on the manifest, as the IG's logical model says.

    `_reply` is our own: where, and with what, a reader may answer. `capability` is base64url and
    a dot. Readers that do not know it ignore it, as they ignore any member that they do not know.
    """
    described = ",".join(_described(file, base_url) for file in files)
    reply = f'{{"url":"{base_url}/shl/replies","capability":"{capability}"}}'
    return f'{{"status":"can-change","files":[{described}],"_reply":{reply}}}'.encode()


def _described(file: SharedFile, base_url: str) -> str:
    members = {
        "contentType": file.content_type,
        "fhirVersion": FHIR_VERSION,
        "lastUpdated": datetime.fromtimestamp(file.updated_at, UTC).isoformat(),
    }
    if file.embedded is None:
        members["location"] = f"{base_url}/shl/files/{file.location}"
        return json.dumps(members)
    return f'{json.dumps(members)[:-1]},"embedded":"{file.embedded}"}}'
