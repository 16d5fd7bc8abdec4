"""A supporter gets in by their own passport, as far and as long as the owner lets them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from passport import clock
from passport.access import NotPermitted
from passport.accounts import helping, slots
from passport.accounts.errors import HelpingOver, UnknownSupporter
from passport.accounts.sessions import open_session, start_session
from passport.accounts.sign_in_names import sign_in_name
from passport.accounts.supporters import (
    change_supporter,
    end_supporter,
    forget_supported,
    get_supporter,
    list_helped,
    list_supporters,
    open_helped,
    stop_supporting,
)
from passport.crypto.envelope import CannotOpen
from passport.storage import tables
from passport.storage.database import Database
from passport.story.sections import section
from tests.residents import Resident, new_resident
from tests.supporters import rosa_in, some_terms, supporter_of

_supporters = tables.supporters


@pytest.fixture
def rosa(database: Database) -> Resident:
    return rosa_in(database)


def test_pressing_help_opens_the_owners_passport_with_the_supporters_access(rosa: Resident) -> None:
    sam = supporter_of(rosa, some_terms("read", sections=frozenset({"please-do"})))
    assert sam.acting.passport_id == sam.own.passport.passport_id
    acting = sam.begins()
    assert acting.passport_id == rosa.passport.passport_id
    assert (acting.access.name, acting.access.owner_name) == ("Sam", "Rosa")
    assert not acting.access.is_owner
    assert section(rosa.database, acting, "please-do").content["lines"] == ["Warm your hands first"]
    helping.stop(rosa.database, sam.own.cookie)
    assert sam.acting.access.is_owner


def test_another_session_of_the_supporter_stays_in_their_own_passport(rosa: Resident) -> None:
    sam = supporter_of(rosa)
    with rosa.database.write() as connection:
        elsewhere = start_session(connection, sam.own.passport)
    sam.begins()
    own = open_session(rosa.database, elsewhere)
    assert own is not None
    assert own.access.is_owner


def test_an_ended_supporter_is_refused_at_the_next_request_and_has_no_slot(rosa: Resident) -> None:
    sam = supporter_of(rosa)
    sam.begins()
    end_supporter(rosa.database, rosa.passport, sam.supporter_id)
    with pytest.raises(HelpingOver):
        _ = sam.acting
    assert sam.acting.passport_id == sam.own.passport.passport_id
    with pytest.raises(UnknownSupporter):
        sam.begins()
    assert _supporter_slots(rosa) == 0
    assert list_helped(rosa.database, sam.own.passport) == []


def test_on_the_last_day_it_ends_by_itself(rosa: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    sam = supporter_of(rosa, some_terms(until=clock.epoch() + 600))
    sam.begins()
    later = clock.now() + timedelta(seconds=600)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(HelpingOver):
        _ = sam.acting
    (helped,) = list_helped(rosa.database, sam.own.passport)
    assert helped.terms is None
    with pytest.raises(HelpingOver):
        sam.begins()


def test_changed_terms_count_from_the_next_request(rosa: Resident) -> None:
    sam = supporter_of(rosa, some_terms("read", "write"))
    sam.begins()
    terms = some_terms("read", sections=frozenset({"please-do"}))
    change_supporter(rosa.database, rosa.passport, sam.supporter_id, terms)
    assert sam.acting.access.permissions == {"read"}
    assert sam.acting.access.sections == {"please-do"}


def test_old_terms_do_not_open_in_the_place_of_newer_ones(rosa: Resident) -> None:
    sam = supporter_of(rosa)
    mine = _supporters.c.supporter_id == sam.supporter_id
    with rosa.database.read() as connection:
        old = connection.execute(select(_supporters.c.sealed_terms).where(mine)).scalar_one()
    change_supporter(rosa.database, rosa.passport, sam.supporter_id, some_terms("read"))
    with rosa.database.write() as connection:
        connection.execute(update(_supporters).where(mine).values(sealed_terms=old))
    with pytest.raises(HelpingOver):
        sam.begins()
    with pytest.raises(CannotOpen):
        get_supporter(rosa.database, rosa.passport, sam.supporter_id)


def test_a_supporters_row_given_to_another_passport_opens_nothing(rosa: Resident) -> None:
    sam, eve = supporter_of(rosa), new_resident(rosa.database)
    with rosa.database.write() as connection:
        connection.execute(
            update(_supporters)
            .where(_supporters.c.supporter_id == sam.supporter_id)
            .values(supporter_passport_id=eve.passport.passport_id)
        )
    with pytest.raises(HelpingOver):
        open_helped(rosa.database, eve.passport, rosa.passport.passport_id)


def test_the_better_terms_of_another_supporter_do_not_open_in_ones_own_row(rosa: Resident) -> None:
    sam, ada = supporter_of(rosa, some_terms("read")), supporter_of(rosa)
    with rosa.database.write() as connection:
        better = connection.execute(
            select(_supporters.c.sealed_terms).where(_supporters.c.supporter_id == ada.supporter_id)
        ).scalar_one()
        connection.execute(
            update(_supporters)
            .where(_supporters.c.supporter_id == sam.supporter_id)
            .values(sealed_terms=better)
        )
    with pytest.raises(HelpingOver):
        sam.begins()


def test_a_supporter_can_leave(rosa: Resident) -> None:
    sam = supporter_of(rosa)
    stop_supporting(rosa.database, sam.own.passport, sam.supporter_id)
    assert list_supporters(rosa.database, rosa.passport) == []
    assert _supporter_slots(rosa) == 0
    with pytest.raises(UnknownSupporter):
        stop_supporting(rosa.database, sam.own.passport, sam.supporter_id)


def test_nobody_reaches_a_supporter_of_another_owner(rosa: Resident) -> None:
    sam, eve = supporter_of(rosa), new_resident(rosa.database)
    for refused in (
        lambda: get_supporter(rosa.database, eve.passport, sam.supporter_id),
        lambda: end_supporter(rosa.database, eve.passport, sam.supporter_id),
        lambda: change_supporter(rosa.database, eve.passport, sam.supporter_id, some_terms()),
        lambda: stop_supporting(rosa.database, eve.passport, sam.supporter_id),
        lambda: helping.begin(rosa.database, eve.passport, eve.cookie, sam.supporter_id),
        lambda: get_supporter(rosa.database, rosa.passport, "x\0"),
    ):
        with pytest.raises(UnknownSupporter):
            refused()
    sam.begins()


def test_a_supporter_manages_no_supporters_and_no_ways_in(rosa: Resident) -> None:
    sam = supporter_of(rosa)
    acting = sam.begins()
    with rosa.database.write() as connection:
        for refused in (
            lambda: list_supporters(rosa.database, acting),
            lambda: get_supporter(rosa.database, acting, sam.supporter_id),
            lambda: end_supporter(rosa.database, acting, sam.supporter_id),
            lambda: change_supporter(rosa.database, acting, sam.supporter_id, some_terms()),
            lambda: list_helped(rosa.database, acting),
            lambda: sign_in_name(rosa.database, acting),
            lambda: slots.unconfirmed_recovery_code(rosa.database, acting),
            lambda: slots.confirm_recovery_code(rosa.database, acting),
            lambda: slots.store_new_recovery_code(connection, acting),
            lambda: start_session(connection, acting),
        ):
            with pytest.raises(NotPermitted):
                refused()


def test_an_erased_supporter_leaves_no_slot_behind(rosa: Resident) -> None:
    sam = supporter_of(rosa)
    with rosa.database.write() as connection:
        forget_supported(connection, sam.own.passport.passport_id)
    assert _supporter_slots(rosa) == 0
    assert list_supporters(rosa.database, rosa.passport) == []


def test_helping_is_not_passed_on(rosa: Resident) -> None:
    """Whoever helps Sam does not get into Rosa's passport by that."""
    sam = supporter_of(rosa)
    ada = supporter_of(sam.own, replace(some_terms(), owner_name="Sam"))
    acting = ada.begins()
    assert acting.passport_id == sam.own.passport.passport_id
    with pytest.raises(NotPermitted):
        open_helped(rosa.database, acting, rosa.passport.passport_id)


def _supporter_slots(rosa: Resident) -> int:
    keys = tables.key_slots
    mine = (keys.c.passport_id == rosa.passport.passport_id, keys.c.kind == "supporter")
    with rosa.database.read() as connection:
        return len(connection.execute(select(keys).where(*mine)).all())
