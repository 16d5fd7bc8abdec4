"""She sees in words where she is signed in, and signs out there from here."""

import pytest
from sqlalchemy import select, update

from passport.access import Access, NotPermitted
from passport.accounts.devices import sign_out_device, sign_out_others, signed_in_devices
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.crypto.envelope import CannotOpen
from passport.crypto.session_secret import SessionSecret
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import CHEAP, PASSPHRASE, PEPPER, Resident, new_resident


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody who has just signed in."""
    return new_resident(database)


def _on(bee: Resident, device: str) -> str:
    return sign_in(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE, device)


def test_every_device_is_listed_in_words_this_one_first(bee: Resident) -> None:
    _on(bee, "Chrome on Android")
    here = _on(bee, "Safari on iPad")
    found = signed_in_devices(bee.database, bee.passport, here)
    assert [d.is_this for d in found] == [True, False, False]
    assert found[0].words == "Safari on iPad"
    assert {d.words for d in found} == {"Safari on iPad", "Chrome on Android", "A browser"}


def test_a_device_that_is_signed_out_opens_nothing_from_that_moment(bee: Resident) -> None:
    phone = _on(bee, "Chrome on Android")
    found = signed_in_devices(bee.database, bee.passport, bee.cookie)
    phones = next(d for d in found if d.words == "Chrome on Android")
    assert sign_out_device(bee.database, bee.passport, phones.session_id)
    assert open_session(bee.database, phone) is None
    assert open_session(bee.database, bee.cookie) is not None
    assert not sign_out_device(bee.database, bee.passport, phones.session_id)


def test_signing_out_everywhere_else_leaves_only_this_device(bee: Resident) -> None:
    others = [_on(bee, "Chrome on Android"), _on(bee, "Edge on Windows")]
    sign_out_others(bee.database, bee.passport, bee.cookie)
    assert [open_session(bee.database, cookie) for cookie in others] == [None, None]
    assert len(signed_in_devices(bee.database, bee.passport, bee.cookie)) == 1


def test_nobody_signs_out_anothers_device(bee: Resident) -> None:
    other = new_resident(bee.database)
    theirs = signed_in_devices(bee.database, other.passport, other.cookie)[0]
    assert not sign_out_device(bee.database, bee.passport, theirs.session_id)
    sign_out_others(bee.database, bee.passport, bee.cookie)
    assert open_session(bee.database, other.cookie) is not None


def test_a_supporter_sees_and_ends_no_session_of_the_owners(bee: Resident) -> None:
    everything = Access("5" * 32, "Sam", frozenset({"read", "write", "share"}), None)
    helped = UnlockedPassport(bee.passport.passport_id, bee.passport.key, everything)
    with pytest.raises(NotPermitted):
        signed_in_devices(bee.database, helped, bee.cookie)
    with pytest.raises(NotPermitted):
        sign_out_others(bee.database, helped, None)
    assert open_session(bee.database, bee.cookie) is not None


def test_what_a_device_is_can_not_be_read_from_the_database(bee: Resident) -> None:
    _on(bee, "Chrome on Android")
    with bee.database.read() as connection:
        rows = connection.execute(select(tables.sessions)).all()
    assert not any(b"Android" in bytes(row.sealed_device or b"") for row in rows)


def test_words_moved_to_another_session_are_not_believed(bee: Resident) -> None:
    _on(bee, "Chrome on Android")
    sessions = tables.sessions
    with bee.database.write() as connection:
        mine = sessions.c.passport_id == bee.passport.passport_id
        known = select(sessions.c.sealed_device).where(mine, sessions.c.sealed_device.is_not(None))
        sealed = connection.execute(known).scalar_one()
        connection.execute(update(sessions).where(mine).values(sealed_device=sealed))
    found = signed_in_devices(bee.database, bee.passport, bee.cookie)
    assert sorted(d.words for d in found) == ["A browser", "Chrome on Android"]


def test_database_erasure_keys_and_a_session_row_open_nothing_without_the_cookie(
    bee: Resident,
) -> None:
    with bee.database.read() as connection:
        row = connection.execute(
            select(tables.sessions).where(tables.sessions.c.passport_id == bee.passport.passport_id)
        ).one()
    erasure_key = bee.database.erasure_keys.find(row.passport_id)
    assert erasure_key is not None
    for guess in (row.session_lookup, erasure_key, bytes(row.wrapped_key)[-32:], bytes(32)):
        with pytest.raises(CannotOpen):
            SessionSecret(guess).unwrap(row.wrapped_key, row.passport_id, erasure_key)
    cookie = SessionSecret.from_cookie(bee.cookie)
    assert cookie is not None
    cookie.unwrap(row.wrapped_key, row.passport_id, erasure_key)
