"""What an owner chose about how the service behaves, as an export holds it."""

from typing import Any

from sqlalchemy import Connection

from passport.crypto.unlocked_passport import UnlockedPassport


def exported_preferences(connection: Connection, passport: UnlockedPassport) -> dict[str, Any]:
    """Her choices by name."""
    return {}
