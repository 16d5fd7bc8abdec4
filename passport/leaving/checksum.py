"""What shows that a file is as it was made: hashes over its words and over its attachments."""

import json
from hashlib import sha256
from typing import Any


def checksum_of(export: dict[str, Any]) -> str:
    """SHA-256 in hex over everything in an export but its checksum and its attachments' bytes.

    Those have hashes of their own, which this one covers.
    """
    sections = [
        {**section, "attachments": [_without_content(file) for file in section["attachments"]]}
        for section in export["sections"]
    ]
    covered = {**export, "sections": sections}
    covered.pop("checksum", None)
    text = json.dumps(covered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    # A stranger's file may hold halves of characters, which UTF-8 alone can't write.
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _without_content(file: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in file.items() if name != "content"}
