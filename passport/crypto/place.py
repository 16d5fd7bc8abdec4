"""Where a ciphertext belongs: the associated data that stops it being moved or rolled back."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """The one place in which a ciphertext may be opened.

    `purpose` is a label, `passport_id` and `row_id` are the row's identifiers, `version` counts
    up each time the row's content is replaced, `detail` binds anything else beside it (such as
    a key slot's parameters).
    """

    purpose: str
    passport_id: str
    row_id: str
    version: int = 1
    detail: str = ""

    def to_bytes(self) -> bytes:
        """An encoding that no two places share: each field with its length in front."""
        fields = (self.purpose, self.passport_id, self.row_id, str(self.version), self.detail)
        encoded = (field.encode() for field in fields)
        return b"".join(len(field).to_bytes(4, "big") + field for field in encoded)
