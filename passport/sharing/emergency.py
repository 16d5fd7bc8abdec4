"""An emergency card: its terms, and that its owner has seen who opened it."""

from sqlalchemy import Connection, func, update

from passport import clock
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share import ShareTerms
from passport.storage import tables
from passport.storage.database import Database

_shares = tables.shares


def emergency_terms(
    recipient: str,
    sections: tuple[str, ...],
    identity: tuple[str, ...] = (),
    sensitive: tuple[str, ...] = (),
) -> ShareTerms:
    """The terms of an emergency card: until stopped, no passcode, opened in one press."""
    return ShareTerms(
        recipient=recipient,
        sections=sections,
        identity=identity,
        sensitive=sensitive,
        duration="until-stopped",
        is_emergency=True,
    )


def openings_seen(database: Database, passport: UnlockedPassport, until_ms: int) -> None:
    """She has seen every opening up to this moment; later ones are still to be told.

    What is still to come nobody has seen, whatever was sent. Raises NotPermitted.
    """
    passport.access.require_owner()
    until_ms = min(until_ms, int(clock.now().timestamp() * 1000))
    with database.write() as connection:
        _remember(connection, passport.passport_id, until_ms)


def _remember(connection: Connection, passport_id: str, until_ms: int) -> None:
    connection.execute(
        update(_shares)
        .where(
            _shares.c.passport_id == passport_id,
            _shares.c.is_emergency,
            func.coalesce(_shares.c.openings_seen_ms, 0) < until_ms,
        )
        .values(openings_seen_ms=until_ms)
    )
