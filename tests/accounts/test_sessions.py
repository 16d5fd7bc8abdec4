"""A session: the cookie and the row open a passport together, and neither does alone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from passport import clock
from passport.accounts.sessions import IDLE_SECONDS, LONGEST_SECONDS, end_session, open_session
from passport.accounts.sign_in import sign_in
from passport.crypto.session_secret import SessionSecret
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import CHEAP, PASSPHRASE, PEPPER, Resident, new_resident


class Later:
    """Moves the clock on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self._now = monkeypatch, clock.now()

    def __call__(self, seconds: int) -> None:
        self._now += timedelta(seconds=seconds)
        self._patch.setattr(clock, "now", lambda: self._now)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody who has just signed in."""
    return new_resident(database)


def test_an_idle_session_is_over_after_an_hour(bee: Resident, later: Later) -> None:
    later(IDLE_SECONDS - 5)
    assert open_session(bee.database, bee.cookie) is not None
    later(IDLE_SECONDS + 5)
    assert open_session(bee.database, bee.cookie) is None


def test_a_busy_session_is_over_after_a_day(bee: Resident, later: Later) -> None:
    for _ in range(LONGEST_SECONDS // 1800 - 1):
        later(1800)
        assert open_session(bee.database, bee.cookie) is not None
    later(1800 + 5)
    assert open_session(bee.database, bee.cookie) is None


def test_a_session_that_is_over_can_not_be_woken(bee: Resident, later: Later) -> None:
    later(IDLE_SECONDS + 5)
    assert open_session(bee.database, bee.cookie) is None
    assert open_session(bee.database, bee.cookie) is None


def test_sessions_that_are_over_are_swept_at_the_next_sign_in(bee: Resident, later: Later) -> None:
    later(IDLE_SECONDS + 5)
    sign_in(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE)
    mine = tables.sessions.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        count = select(func.count()).select_from(tables.sessions).where(mine)
        assert connection.execute(count).scalar_one() == 1


def test_signing_out_ends_this_session_and_no_other(bee: Resident) -> None:
    elsewhere = sign_in(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE)
    end_session(bee.database, bee.cookie)
    assert open_session(bee.database, bee.cookie) is None
    assert open_session(bee.database, elsewhere) is not None


def test_the_cookie_alone_opens_nothing(bee: Resident) -> None:
    end_session(bee.database, bee.cookie)
    secret = SessionSecret.from_cookie(bee.cookie)
    assert secret is not None
    with bee.database.read() as connection:
        rows = connection.execute(select(tables.key_slots.c.wrapped_key)).scalars().all()
    for wrapped in rows:
        with pytest.raises(Exception, match=r"wrong|damaged"):
            secret.unwrap(wrapped, bee.passport.passport_id)


def test_the_database_row_alone_opens_nothing(bee: Resident) -> None:
    row = _row(bee)
    for key in (row.session_lookup, bytes(32), row.wrapped_key[-32:]):
        guess = SessionSecret(key)
        assert open_session(bee.database, guess.to_cookie()) is None
        with pytest.raises(Exception, match=r"wrong|damaged"):
            guess.unwrap(row.wrapped_key, row.passport_id)


def test_a_row_given_to_another_passport_opens_neither(bee: Resident) -> None:
    other = new_resident(bee.database)
    mine = tables.sessions.c.session_lookup == _row(bee).session_lookup
    with bee.database.write() as connection:
        connection.execute(
            update(tables.sessions).where(mine).values(passport_id=other.passport.passport_id)
        )
    assert open_session(bee.database, bee.cookie) is None


@given(cookie=st.none() | st.text() | st.from_regex("[A-Za-z0-9_-]{43}", fullmatch=True))
def test_any_other_cookie_opens_nothing(sqlite_database: Database, cookie: str | None) -> None:
    assert open_session(sqlite_database, cookie) is None
    end_session(sqlite_database, cookie)


def _row(bee: Resident):  # type: ignore[no-untyped-def]
    mine = tables.sessions.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        return connection.execute(select(tables.sessions).where(mine)).one()
