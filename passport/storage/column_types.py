"""Column types that say what a column may hold, and refuse anything else."""

from typing import Any

from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class Ciphertext(TypeDecorator[bytes]):
    """Sealed bytes. Refuses what does not begin with a known version byte: clear text, say."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> Any:
        """The bytes to store. Raises ValueError for anything that is no envelope."""
        if value is not None and value[:1] != b"\x01":
            raise ValueError("this column holds ciphertext only")
        return value
