"""Erasure keys: the half of every key that lives outside the database and its backups.

Every wrapping of a passport's key and every file of its shares needs the passport's erasure key.
When it is destroyed, old backups of the database open with no secret that anybody ever had.
"""

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
)

from passport import clock
from passport.crypto.passport_key import new_erasure_key

if TYPE_CHECKING:
    from passport.storage.database import Database

_MOST_REMEMBERED = 4096

metadata = MetaData()
_keys = Table(
    "erasure_keys",
    metadata,
    Column("passport_id", String(32), primary_key=True),
    Column("erasure_key", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)
# Which passports were erased: random numbers that name nobody. With them, what a crash or an old
# backup left of such a passport is deleted too, and nothing else ever is.
_erased = Table(
    "erased",
    metadata,
    Column("passport_id", String(32), primary_key=True),
    Column("erased_at", BigInteger, nullable=False),
)


class ErasureKeys:
    """The store of erasure keys, in a database of its own. Safe to use from many threads."""

    def __init__(self, store: "Database") -> None:
        self._store = store
        self._remembered: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()
        self._is_made = False

    @property
    def url(self) -> str:
        """Where the store is."""
        return self._store.url

    def make(self, passport_id: str) -> bytes:
        """A new passport's erasure key (32 bytes), durable when this returns.

        Raises DatabaseUnavailable.
        """
        key = new_erasure_key()
        self._make_table()
        with self._store.write() as connection:
            connection.execute(
                insert(_keys).values(
                    passport_id=passport_id, erasure_key=key, created_at=clock.epoch()
                )
            )
        return key

    def find(self, passport_id: str) -> bytes | None:
        """A passport's erasure key; None if it never had one or was erased.

        Raises DatabaseUnavailable.
        """
        with self._lock:
            if passport_id in self._remembered:
                return self._remembered[passport_id]
        self._make_table()
        with self._store.read() as connection:
            found = connection.execute(
                select(_keys.c.erasure_key).where(_keys.c.passport_id == passport_id)
            ).scalar_one_or_none()
        if found is not None:
            self._remember(passport_id, found)
        return found

    def destroy(self, passport_id: str) -> None:
        """From now on nothing of this passport opens, wherever a copy of it is.

        Raises DatabaseUnavailable. Destroying twice is the same as once.
        """
        self._make_table()
        mine = _erased.c.passport_id == passport_id
        with self._store.write() as connection:
            connection.execute(delete(_keys).where(_keys.c.passport_id == passport_id))
            if connection.execute(select(_erased).where(mine)).first() is None:
                connection.execute(
                    insert(_erased).values(passport_id=passport_id, erased_at=clock.epoch())
                )
        with self._lock:
            self._remembered.pop(passport_id, None)
        self._store.forget_deleted(_keys.name)

    def destroyed(self) -> list[str]:
        """The identifiers of all passports that were erased. Raises DatabaseUnavailable."""
        self._make_table()
        with self._store.read() as connection:
            return list(connection.execute(select(_erased.c.passport_id)).scalars())

    def forget_destroyed(self) -> bool:
        """Let go of what the store's own log still has of destroyed keys; whether it could."""
        self._make_table()
        return self._store.forget_deleted(_keys.name)

    def close(self) -> None:
        """Give all connections back."""
        self._store.close()

    def _remember(self, passport_id: str, key: bytes) -> None:
        with self._lock:
            self._remembered[passport_id] = key
            if len(self._remembered) > _MOST_REMEMBERED:
                self._remembered.popitem(last=False)

    def _make_table(self) -> None:
        if self._is_made:
            return
        with self._lock:
            if not self._is_made:
                self._store.make_tables(metadata)
                self._is_made = True
