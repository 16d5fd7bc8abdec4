"""Where the sealed parts of attachments are kept: one interface, so that they can move."""

from typing import Protocol

from sqlalchemy import Connection, delete, insert, select

from passport.storage import tables

_parts = tables.attachment_parts


class Blobs(Protocol):
    """A store of sealed parts. It sees ciphertext only, and need not be trusted with more.

    A store that is no part of the database's transaction must be harmless when only one of the
    two keeps its change: parts without a record open nowhere.
    """

    def put(
        self, connection: Connection, passport_id: str, attachment_id: str, part: int, sealed: bytes
    ) -> None:
        """Keep one part. Parts count from 0."""

    def get(
        self, connection: Connection, passport_id: str, attachment_id: str, part: int
    ) -> bytes | None:
        """One part as it was put; None if it is not there."""

    def remove(self, connection: Connection, passport_id: str, attachment_id: str) -> None:
        """Forget every part of an attachment."""


class DatabaseBlobs:
    """Parts beside their records, in the same transaction. They go when their passport goes."""

    def put(
        self, connection: Connection, passport_id: str, attachment_id: str, part: int, sealed: bytes
    ) -> None:
        """Keep one part."""
        connection.execute(
            insert(_parts).values(
                passport_id=passport_id, attachment_id=attachment_id, part=part, sealed=sealed
            )
        )

    def get(
        self, connection: Connection, passport_id: str, attachment_id: str, part: int
    ) -> bytes | None:
        """One part as it was put; None if it is not there."""
        found: bytes | None = connection.execute(
            select(_parts.c.sealed).where(
                _parts.c.passport_id == passport_id,
                _parts.c.attachment_id == attachment_id,
                _parts.c.part == part,
            )
        ).scalar_one_or_none()
        return found

    def remove(self, connection: Connection, passport_id: str, attachment_id: str) -> None:
        """Forget every part of an attachment."""
        connection.execute(
            delete(_parts).where(
                _parts.c.passport_id == passport_id, _parts.c.attachment_id == attachment_id
            )
        )


DATABASE_BLOBS = DatabaseBlobs()
