"""A receipt that somebody damaged in the database is said to be damaged, beside the others."""

from sqlalchemy import select, update

from passport.sharing.receipts import DAMAGED, list_receipts
from passport.storage.tables import receipts
from tests.residents import new_resident
from tests.sharing.clinician import NURSE, read


def test_a_damaged_receipt_hides_no_other_and_is_not_hidden(sqlite_database):
    resident = new_resident(sqlite_database)
    resident.write("please-do", ["Knock first"])
    share = resident.share("please-do")
    read(sqlite_database, share)
    read(sqlite_database, share)
    with sqlite_database.write() as connection:
        row = connection.execute(select(receipts).limit(1)).one()
        damaged = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
        connection.execute(
            update(receipts).where(receipts.c.receipt_id == row.receipt_id).values(sealed=damaged)
        )
    readers = [receipt.reader for receipt in list_receipts(sqlite_database, resident.passport)]
    assert sorted(readers, key=lambda r: r.recipient) == sorted(
        [NURSE, DAMAGED], key=lambda r: r.recipient
    )
