"""Key slots in the database: the ways into a passport."""

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from passport import clock
from passport.crypto import key_slots, labels, recovery_code
from passport.crypto.key_slots import KeySlot, SlotKind
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.erasure_keys import ErasureKeys
from passport.storage.identifiers import new_id

_slots = tables.key_slots
ONE_OF_A_KIND = frozenset[SlotKind]({"passphrase", "recovery-code", "recovery-helpers"})


def find_slots(
    connection: Connection, erasure_keys: ErasureKeys, name_lookup: bytes, kind: SlotKind
) -> list[KeySlot]:
    """The slots of one kind of all passports with this sign-in name, oldest first."""
    names = tables.sign_in_names
    hers = select(names.c.passport_id).where(names.c.name_lookup == name_lookup)
    mine = (_slots.c.passport_id.in_(hers), _slots.c.kind == kind)
    return read_slots(connection, erasure_keys, *mine)


def read_slots(
    connection: Connection, erasure_keys: ErasureKeys, *which: ColumnElement[bool]
) -> list[KeySlot]:
    """The slots of which all this is true, oldest first."""
    rows = connection.execute(
        select(_slots).where(*which).order_by(_slots.c.created_at, _slots.c.slot_id)
    ).all()
    return [
        KeySlot(
            row.passport_id,
            row.slot_id,
            row.kind,
            row.parameters,
            row.wrapped_key,
            erasure_keys.find(row.passport_id),
        )
        for row in rows
    ]


def is_stored(connection: Connection, slot: KeySlot) -> bool:
    """Whether this very slot is still a way in."""
    mine = _is(slot.passport_id, slot.slot_id)
    return connection.execute(select(_slots.c.slot_id).where(*mine)).first() is not None


def store_slot(
    connection: Connection,
    slot: KeySlot,
    unconfirmed: bytes | None = None,
    *,
    secret_lookup: bytes | None = None,
    sealed_name: bytes | None = None,
    created_at: int | None = None,
) -> None:
    """Keep this slot: as the only one of its kind, if a passport has one of that kind at most."""
    if slot.kind in ONE_OF_A_KIND:
        connection.execute(
            delete(_slots).where(
                _slots.c.passport_id == slot.passport_id, _slots.c.kind == slot.kind
            )
        )
    connection.execute(
        insert(_slots).values(
            passport_id=slot.passport_id,
            slot_id=slot.slot_id,
            kind=slot.kind,
            parameters=slot.parameters,
            wrapped_key=slot.wrapped_key,
            unconfirmed_code=unconfirmed,
            secret_lookup=secret_lookup,
            sealed_name=sealed_name,
            created_at=clock.epoch() if created_at is None else created_at,
        )
    )


def renew_slot(
    connection: Connection, passport: UnlockedPassport, old: KeySlot, new: KeySlot
) -> None:
    """Put `new`, with the same secret at another cost, in the place of `old`: same name and age."""
    mine = _is(old.passport_id, old.slot_id)
    row = connection.execute(select(_slots.c.sealed_name, _slots.c.created_at).where(*mine)).one()
    name = opened_name(passport, old.slot_id, row.sealed_name)
    connection.execute(delete(_slots).where(*mine))
    store_slot(
        connection,
        new,
        sealed_name=sealed_name(passport, new.slot_id, name),
        created_at=row.created_at,
    )


def mark_used(connection: Connection, slot: KeySlot) -> None:
    """Somebody has just signed in by this slot."""
    mine = _is(slot.passport_id, slot.slot_id)
    connection.execute(update(_slots).where(*mine).values(last_used_at=clock.epoch()))


def sealed_name(passport: UnlockedPassport, slot_id: str, name: str) -> bytes | None:
    """What a slot's row keeps of the name that its owner gave it; None for no name."""
    return passport.seal(labels.WAY_IN_NAME, slot_id, name.encode()) if name else None


def opened_name(passport: UnlockedPassport, slot_id: str, sealed: bytes | None) -> str:
    """The name that its owner gave a slot; empty if she gave none. Raises CannotOpen."""
    return passport.open(labels.WAY_IN_NAME, slot_id, sealed).decode() if sealed else ""


def store_new_recovery_code(connection: Connection, passport: UnlockedPassport) -> None:
    """Replace the recovery code. The owner can read the new one until she confirms it."""
    passport.access.require_owner()
    code, slot_id = recovery_code.new_recovery_code(), new_id()
    secret = recovery_code.decode(code)
    slot = key_slots.recovery_slot(
        passport.key, secret, passport_id=passport.passport_id, slot_id=slot_id
    )
    copy = passport.seal(labels.RECOVERY_CODE_COPY, slot_id, code.encode())
    store_slot(connection, slot, unconfirmed=copy, secret_lookup=recovery_code.lookup_of(secret))


def unconfirmed_recovery_code(database: Database, passport: UnlockedPassport) -> str | None:
    """The recovery code while the owner has not said yet that she has kept it; else None."""
    passport.access.require_owner()
    with database.read() as connection:
        row = connection.execute(
            select(_slots.c.slot_id, _slots.c.unconfirmed_code).where(
                _slots.c.passport_id == passport.passport_id,
                _slots.c.kind == "recovery-code",
                _slots.c.unconfirmed_code.is_not(None),
            )
        ).first()
    if row is None:
        return None
    return passport.open(labels.RECOVERY_CODE_COPY, row.slot_id, row.unconfirmed_code).decode()


def confirm_recovery_code(database: Database, passport: UnlockedPassport) -> None:
    """The owner has kept her code: from now on nobody can read it from here."""
    passport.access.require_owner()
    with database.write() as connection:
        connection.execute(
            update(_slots)
            .where(_slots.c.passport_id == passport.passport_id, _slots.c.kind == "recovery-code")
            .values(unconfirmed_code=None)
        )


def _is(passport_id: str, slot_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (_slots.c.passport_id == passport_id, _slots.c.slot_id == slot_id)
