"""A passport's record in a test: written, read, and spoilt by somebody with the database."""

from sqlalchemy import select, update

from passport.activity.read import Fault, Line, all_lines
from passport.activity.record import record, record_by_service
from passport.activity.verify import Broken, verify
from passport.storage import tables
from tests.residents import Resident

ENTRIES, HEADS = tables.activity, tables.activity_heads


def write_acts(resident: Resident, *titles: str) -> None:
    """One change of the story for each title."""
    with resident.database.write() as connection:
        for title in titles:
            record(connection, resident.passport, "section-saved", title=title)


def write_service_act(resident: Resident, act: str = "card-wrong-pin") -> None:
    """The service does something for a stranger."""
    with resident.database.write() as connection:
        record_by_service(connection, resident.passport.passport_id, act)


def lines_of(resident: Resident) -> list[Line | Fault]:
    """The whole record as its owner sees it, newest first."""
    with resident.database.read() as connection:
        return list(all_lines(connection, resident.passport))


def faults_of(resident: Resident) -> list[tuple[str, int, int]]:
    """What is wrong with it, as its owner sees it."""
    faults = (line for line in lines_of(resident) if isinstance(line, Fault))
    return [(fault.kind, fault.first, fault.last) for fault in faults]


def broken_in(resident: Resident) -> list[Broken]:
    """What is wrong with it, as somebody without any key sees it."""
    (found,) = verify(resident.database, resident.passport.passport_id)
    return found.broken


def newest_number(resident: Resident) -> int:
    """How many entries there are."""
    with resident.database.read() as connection:
        mine = HEADS.c.passport_id == resident.passport.passport_id
        return int(connection.execute(select(HEADS.c.number).where(mine)).scalar_one())


def put(resident: Resident, number: int, **values: object) -> None:
    """Write over columns of one entry."""
    with resident.database.write() as connection:
        mine = ENTRIES.c.passport_id == resident.passport.passport_id
        connection.execute(update(ENTRIES).where(mine, ENTRIES.c.number == number).values(values))
