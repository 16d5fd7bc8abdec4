"""What was done to a passport, as an export holds it."""

from typing import Any

from sqlalchemy import Connection

from passport.crypto.unlocked_passport import UnlockedPassport


def exported_activity(connection: Connection, passport: UnlockedPassport) -> list[dict[str, Any]]:
    """Every act, oldest first, in plain words."""
    return []
