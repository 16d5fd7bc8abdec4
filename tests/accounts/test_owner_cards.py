"""The owner card: what it opens, what a finder can't do with it, and how its tries are counted."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event, func, select

from passport import clock
from passport.accounts.card_sign_in import prove_with_card, sign_in_with_card
from passport.accounts.errors import (
    CardRefused,
    TooManyWaysIn,
    WaysInChanged,
    WeakPin,
)
from passport.accounts.owner_cards import ATTEMPTS, card_code, check_pin, confirm_card, make_card
from passport.accounts.prove import session_to_prove
from passport.accounts.sessions import PROOF_SECONDS, open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.ways_in import MOST_OF_A_KIND, find_way_in, list_ways_in, remove_way_in
from passport.crypto import hybrid_box, key_slots
from passport.crypto.owner_card import CardSecret
from passport.crypto.typed_code import MistypedCode
from passport.storage import tables
from passport.storage.database import Database
from passport.story.sections import section
from tests.residents import CHEAP, PASSPHRASE, PEPPER, Resident, new_resident

PIN, WRONG = "8352", "9146"


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with a story."""
    resident = new_resident(database)
    resident.write("my-story", "Told once.")
    return resident


def new_card(bee: Resident, name: str = "Purse") -> tuple[str, str]:
    """A printed card: its slot's id and its code."""
    slot_id = make_card(bee.database, CHEAP, bee.passport, PIN, name)
    code = card_code(bee.database, bee.passport, slot_id)
    assert code is not None
    confirm_card(bee.database, bee.passport, slot_id)
    return slot_id, code


def use(bee: Resident, code: str, pin: str = PIN) -> str:
    return sign_in_with_card(bee.database, CHEAP, code, pin)


def tries_left(bee: Resident, slot_id: str) -> int | None:
    way = find_way_in(bee.database, bee.passport, slot_id)
    assert way is not None
    return way.attempts_left


def test_card_and_pin_open_the_story_without_any_name(bee: Resident) -> None:
    _, code = new_card(bee)
    passport = open_session(bee.database, use(bee, code))
    assert passport is not None
    assert section(bee.database, passport, "my-story").content["text"] == "Told once."


@pytest.mark.parametrize("typed", ["8352", " 8352 ", "83 52", "8-3-5-2"])
def test_a_pin_is_read_however_it_is_spaced(bee: Resident, typed: str) -> None:
    assert use(bee, new_card(bee)[1], typed)


def test_a_code_is_read_however_it_is_typed(bee: Resident) -> None:
    assert use(bee, new_card(bee)[1].lower().replace("-", "  "))


def test_a_mistyped_group_is_named_and_costs_no_try(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    with pytest.raises(MistypedCode) as raised:
        use(bee, code[:-1] + ("A" if code[-1] != "A" else "B"))
    assert raised.value.groups == (13,)
    assert tries_left(bee, slot_id) == ATTEMPTS


def test_a_wrong_pin_costs_a_try(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    with pytest.raises(CardRefused):
        use(bee, code, WRONG)
    assert tries_left(bee, slot_id) == ATTEMPTS - 1


def test_a_right_pin_gives_no_try_back(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    with pytest.raises(CardRefused):
        use(bee, code, WRONG)
    use(bee, code)
    assert tries_left(bee, slot_id) == ATTEMPTS - 1


def test_a_spent_card_stays_shut_even_to_its_pin_and_other_ways_stay_open(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    for _ in range(ATTEMPTS):
        with pytest.raises(CardRefused):
            use(bee, code, WRONG)
    with pytest.raises(CardRefused):
        use(bee, code)
    assert tries_left(bee, slot_id) == 0
    assert sign_in(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE)


def test_fifty_wrong_pins_at_once_get_exactly_the_budget(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = new_card(bee)
    compared = []
    honest = key_slots.open_card

    def counted(*values):  # type: ignore[no-untyped-def]
        compared.append(1)
        return honest(*values)

    monkeypatch.setattr(key_slots, "open_card", counted)

    def guess(n: int) -> None:
        with pytest.raises(CardRefused):
            use(bee, code, f"91{n:02}")

    with ThreadPoolExecutor(50) as threads:
        list(threads.map(guess, range(50)))
    assert len(compared) == ATTEMPTS


def test_twenty_right_pins_at_once_all_get_in(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    with ThreadPoolExecutor(20) as threads:
        cookies = set(threads.map(lambda _: use(bee, code), range(20)))
    assert len(cookies) == 20
    assert tries_left(bee, slot_id) == ATTEMPTS


def locked_card(bee: Resident) -> str:
    code = new_card(bee, "Locked")[1]
    for _ in range(ATTEMPTS):
        with pytest.raises(CardRefused):
            use(bee, code, WRONG)
    return code


@pytest.fixture
def work(bee: Resident, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What takes long, in the order in which it is done."""
    done: list[str] = []

    def counted(name: str, honest):  # type: ignore[no-untyped-def]
        return lambda *values: done.append(name) or honest(*values)

    def count_rows(_connection, _cursor, statement: str, *_rest) -> None:  # type: ignore[no-untyped-def]
        if statement.startswith("INSERT"):
            done.append("write a row")

    monkeypatch.setattr(key_slots, "stretch", counted("stretch", key_slots.stretch))
    monkeypatch.setattr(hybrid_box, "seal_to", counted("seal", hybrid_box.seal_to))
    event.listen(bee.database.engine, "before_cursor_execute", count_rows)
    yield done
    event.remove(bee.database.engine, "before_cursor_execute", count_rows)


def test_an_unknown_card_a_wrong_pin_and_a_locked_card_get_one_answer_for_one_price(
    bee: Resident, work: list[str]
) -> None:
    asked = [new_card(bee)[1], CardSecret.generate().to_code(), locked_card(bee)]
    with pytest.raises(CardRefused):
        use(bee, asked[1])  # makes what nothing opens, once
    told = set()
    for code in asked:
        work.clear()
        with pytest.raises(CardRefused) as raised:
            use(bee, code, WRONG)
        told.add(str(raised.value))
        assert work == ["stretch", "seal", "write a row"]
    assert len(told) == 1


def test_a_card_that_nobody_has_leaves_nothing_in_the_database(bee: Resident) -> None:
    def kept() -> list[int]:
        with bee.database.read() as connection:
            return [
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in tables.metadata.sorted_tables
            ]

    before = kept()
    with pytest.raises(CardRefused):
        use(bee, CardSecret.generate().to_code())
    assert kept() == before


def test_a_cancelled_card_is_as_unknown_as_one_that_never_was(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    remove_way_in(bee.database, bee.passport, slot_id)
    told = set()
    for tried in (code, CardSecret.generate().to_code()):
        with pytest.raises(CardRefused) as raised:
            use(bee, tried)
        told.add(str(raised.value))
    assert len(told) == 1
    cards = tables.owner_cards
    with bee.database.read() as connection:
        rows = connection.execute(select(func.count()).where(cards.c.slot_id == slot_id))
        assert rows.scalar_one() == 0


def test_a_card_cancelled_between_stretching_and_trying_opens_nothing(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot_id, code = new_card(bee)
    honest = key_slots.stretch

    def slow(typed, salt, cost):  # type: ignore[no-untyped-def]
        monkeypatch.setattr(key_slots, "stretch", honest)
        remove_way_in(bee.database, bee.passport, slot_id)
        return honest(typed, salt, cost)

    monkeypatch.setattr(key_slots, "stretch", slow)
    with pytest.raises(CardRefused):
        use(bee, code)


def test_cancelling_a_card_signs_out_who_got_in_by_it(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    finder = use(bee, code)
    remove_way_in(bee.database, bee.passport, slot_id, bee.cookie)
    assert open_session(bee.database, finder) is None
    assert open_session(bee.database, bee.cookie) is not None


def test_a_card_proves_that_its_owner_is_still_there(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = new_card(bee)
    now = clock.epoch() + PROOF_SECONDS + 60
    monkeypatch.setattr(clock, "epoch", lambda: now)
    before = session_to_prove(bee.database, bee.cookie)
    assert before is not None
    assert not before.is_proved
    renewed = prove_with_card(bee.database, CHEAP, bee.cookie, code, PIN)
    after = session_to_prove(bee.database, renewed)
    assert after is not None
    assert after.is_proved
    assert open_session(bee.database, bee.cookie) is None


def test_a_wrong_pin_proves_nothing_and_costs_a_try(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    with pytest.raises(CardRefused):
        prove_with_card(bee.database, CHEAP, bee.cookie, code, WRONG)
    assert tries_left(bee, slot_id) == ATTEMPTS - 1
    assert open_session(bee.database, bee.cookie) is not None


@pytest.mark.parametrize("pin", [PIN, WRONG])
def test_the_card_of_another_passport_proves_nothing_and_changes_nothing(
    bee: Resident, pin: str
) -> None:
    other = new_resident(bee.database)
    slot_id, code = new_card(other)
    before = session_to_prove(bee.database, bee.cookie)
    with pytest.raises(CardRefused):
        prove_with_card(bee.database, CHEAP, bee.cookie, code, pin)
    assert session_to_prove(bee.database, bee.cookie) == before
    assert tries_left(other, slot_id) == ATTEMPTS
    assert all(way.used_at is None for way in list_ways_in(other.database, other.passport))


def test_one_card_cancelled_leaves_the_other(bee: Resident) -> None:
    (first, _), (_, code) = new_card(bee, "Purse"), new_card(bee, "Drawer")
    remove_way_in(bee.database, bee.passport, first)
    assert use(bee, code)


def test_once_printed_nobody_can_read_the_code_here(bee: Resident) -> None:
    slot_id = make_card(bee.database, CHEAP, bee.passport, PIN, "")
    assert card_code(bee.database, bee.passport, slot_id)
    confirm_card(bee.database, bee.passport, slot_id)
    assert card_code(bee.database, bee.passport, slot_id) is None


def test_another_residents_card_can_not_be_read_confirmed_or_cancelled(bee: Resident) -> None:
    slot_id = make_card(bee.database, CHEAP, bee.passport, PIN, "")
    other = new_resident(bee.database)
    assert card_code(bee.database, other.passport, slot_id) is None
    for act in (confirm_card, remove_way_in):
        with pytest.raises(WaysInChanged):
            act(bee.database, other.passport, slot_id)
    assert card_code(bee.database, bee.passport, slot_id)


def test_there_is_an_end_to_cards(bee: Resident) -> None:
    for _ in range(MOST_OF_A_KIND):
        new_card(bee)
    with pytest.raises(TooManyWaysIn):
        new_card(bee)


def test_using_a_card_says_when(bee: Resident) -> None:
    slot_id, code = new_card(bee)
    assert [w.used_at for w in list_ways_in(bee.database, bee.passport)] == [None] * 3
    use(bee, code)
    used = {w.slot_id for w in list_ways_in(bee.database, bee.passport) if w.used_at}
    assert used == {slot_id}


@pytest.mark.parametrize(
    "weak", ["1234", "4321", "1111", "1212", "0000", "2580", "1941", "1985", "123456", "121212"]
)
def test_a_pin_that_a_finder_would_try_first_is_refused(weak: str) -> None:
    with pytest.raises(WeakPin, match="Many people choose"):
        check_pin(weak)


@pytest.mark.parametrize("odd", ["", "123", "839201745", "83a2", "८३५२", "83.5"])
def test_what_is_no_pin_is_refused(odd: str) -> None:
    with pytest.raises(WeakPin):
        check_pin(odd)


def test_most_pins_may_be_chosen() -> None:
    def is_taken(pin: str) -> bool:
        try:
            return check_pin(pin) == pin
        except WeakPin:
            return False

    assert sum(is_taken(f"{n * 7:04}") for n in range(1400)) > 1200
