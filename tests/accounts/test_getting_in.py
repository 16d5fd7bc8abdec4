"""Sign up, sign in, recover: the same for everybody who may not, and nothing kept that opens."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from passport.accounts import slots
from passport.accounts.errors import (
    NameNotUsable,
    NameTaken,
    WeakPassphrase,
    WrongNameOrCode,
    WrongNameOrPassphrase,
)
from passport.accounts.recover import recover
from passport.accounts.rules import check_passphrase, normalized_name
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.sign_up import sign_up
from passport.accounts.slots import confirm_recovery_code, unconfirmed_recovery_code
from passport.crypto import key_slots, recovery_code
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.recovery_code import MistypedCode
from passport.storage import tables
from passport.storage.database import Database
from passport.story.sections import section
from tests.residents import CHEAP, PASSPHRASE, PEPPER, Resident, new_resident

NEW_PASSPHRASE = "lantern gravel mosaic otter"


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with a story, signed in on one browser."""
    resident = new_resident(database)
    resident.write("my-story", "Told once.")
    return resident


def _sign_in(bee: Resident, name: str | None = None, passphrase: str = PASSPHRASE) -> str:
    return sign_in(bee.database, PEPPER, CHEAP, name or bee.name, passphrase)


def _recover(bee: Resident, code: str, *, name: str = "", passphrase: str = NEW_PASSPHRASE) -> str:
    return recover(bee.database, PEPPER, CHEAP, name or bee.name, code, passphrase)


def _reads_her_story(bee: Resident, cookie: str) -> bool:
    passport = open_session(bee.database, cookie)
    assert passport is not None
    return section(bee.database, passport, "my-story").content["text"] == "Told once."


def test_signing_up_signs_in(bee: Resident) -> None:
    assert _reads_her_story(bee, bee.cookie)


def test_the_passphrase_opens_the_story_on_another_browser(bee: Resident) -> None:
    cookie = _sign_in(bee)
    assert cookie != bee.cookie
    assert _reads_her_story(bee, cookie)
    assert _reads_her_story(bee, bee.cookie)


def test_case_and_spaces_of_a_name_do_not_matter(bee: Resident) -> None:
    typed = "  " + bee.name.upper().replace(" ", "   ")
    assert _reads_her_story(bee, _sign_in(bee, typed))


def test_a_name_is_taken_whatever_its_case_and_spaces(bee: Resident) -> None:
    for name in (bee.name, bee.name.upper(), f" {bee.name.replace(' ', '  ')} "):
        with pytest.raises(NameTaken):
            sign_up(bee.database, PEPPER, CHEAP, name, PASSPHRASE)
    assert _reads_her_story(bee, _sign_in(bee))


def test_of_two_who_want_one_name_at_once_one_gets_it(database: Database) -> None:
    def try_it(_: int) -> bool:
        try:
            sign_up(database, PEPPER, CHEAP, f"wanted name {database.is_sqlite}", PASSPHRASE)
        except NameTaken:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(try_it, range(6))) == 1


def test_wrong_and_unknown_are_told_the_same(bee: Resident) -> None:
    told = set()
    for name, passphrase in (
        (bee.name, "lantern gravel mosaic"),
        ("nobody at all", PASSPHRASE),
        ("x", PASSPHRASE),
        ("", ""),
        ("n\x00ll", PASSPHRASE),
        (bee.name, ""),
        (bee.name, "long " * 100_000),
    ):
        with pytest.raises(WrongNameOrPassphrase) as raised:
            sign_in(bee.database, PEPPER, CHEAP, name, passphrase)
        told.add(str(raised.value))
    assert len(told) == 1


def test_an_unknown_name_costs_the_same_as_a_wrong_passphrase(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fails_to_sign_in(bee, "nobody at all")  # makes the slot that nothing opens, once
    work: list[Argon2Parameters] = []
    honest = key_slots.stretch

    def counted(passphrase: str, salt: bytes, cost: Argon2Parameters) -> bytes:
        work.append(cost)
        return honest(passphrase, salt, cost)

    monkeypatch.setattr(key_slots, "stretch", counted)
    for name in (bee.name, "nobody at all", "x", "n\x00ll"):
        _fails_to_sign_in(bee, name)
    assert work == [CHEAP] * 4


def _fails_to_sign_in(bee: Resident, name: str) -> None:
    with pytest.raises(WrongNameOrPassphrase):
        _sign_in(bee, name, "lantern gravel mosaic")


def test_the_recovery_code_opens_the_story_and_sets_a_new_passphrase(bee: Resident) -> None:
    assert _reads_her_story(bee, _recover(bee, bee.recovery_code.lower().replace("-", " ")))
    assert _reads_her_story(bee, _sign_in(bee, passphrase=NEW_PASSPHRASE))
    with pytest.raises(WrongNameOrPassphrase):
        _sign_in(bee)


def test_a_used_recovery_code_is_dead_and_a_new_one_waits(bee: Resident) -> None:
    passport = open_session(bee.database, _recover(bee, bee.recovery_code))
    assert passport is not None
    with pytest.raises(WrongNameOrCode):
        _recover(bee, bee.recovery_code)
    code = unconfirmed_recovery_code(bee.database, passport)
    assert code not in (None, bee.recovery_code)
    assert _reads_her_story(bee, _recover(bee, code or ""))


def test_recovering_ends_every_other_session(bee: Resident) -> None:
    elsewhere = _sign_in(bee)
    _recover(bee, bee.recovery_code)
    assert open_session(bee.database, elsewhere) is None
    assert open_session(bee.database, bee.cookie) is None


def test_of_two_recoveries_at_once_only_one_wins(bee: Resident) -> None:
    def try_it(n: int) -> bool:
        try:
            _recover(bee, bee.recovery_code, passphrase=f"{NEW_PASSPHRASE} {n}")
        except WrongNameOrCode:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(try_it, range(6))) == 1


def test_a_sign_in_that_a_recovery_overtakes_gets_no_session(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = key_slots.stretch

    def slow(passphrase: str, salt: bytes, cost: Argon2Parameters) -> bytes:
        monkeypatch.setattr(key_slots, "stretch", honest)
        _recover(bee, bee.recovery_code)
        return honest(passphrase, salt, cost)

    monkeypatch.setattr(key_slots, "stretch", slow)
    with pytest.raises(WrongNameOrPassphrase):
        _sign_in(bee)


def test_a_failed_recovery_changes_nothing(bee: Resident) -> None:
    another = recovery_code.new_recovery_code()
    with pytest.raises(WrongNameOrCode):
        _recover(bee, another)
    with pytest.raises(WrongNameOrCode):
        _recover(bee, bee.recovery_code, name="nobody at all")
    with pytest.raises(WrongNameOrCode):
        _recover(bee, bee.recovery_code, name="x")
    with pytest.raises(WeakPassphrase):
        _recover(bee, bee.recovery_code, passphrase="too short")
    with pytest.raises(MistypedCode):
        _recover(bee, bee.recovery_code[:-1] + "!")
    assert _reads_her_story(bee, _sign_in(bee))
    assert _reads_her_story(bee, bee.cookie)
    assert _reads_her_story(bee, _recover(bee, bee.recovery_code))


def test_a_recovery_code_of_another_resident_opens_nothing(bee: Resident) -> None:
    other = new_resident(bee.database)
    with pytest.raises(WrongNameOrCode):
        _recover(bee, other.recovery_code)


def test_once_she_has_kept_her_code_nobody_can_read_it_here(bee: Resident) -> None:
    assert unconfirmed_recovery_code(bee.database, bee.passport) == bee.recovery_code
    confirm_recovery_code(bee.database, bee.passport)
    assert unconfirmed_recovery_code(bee.database, bee.passport) is None
    assert {row.unconfirmed_code for row in _slots(bee)} == {None}
    assert _reads_her_story(bee, _recover(bee, bee.recovery_code))


def test_a_passport_has_one_slot_of_each_kind(bee: Resident) -> None:
    _recover(bee, bee.recovery_code)
    assert sorted(row.kind for row in _slots(bee)) == ["passphrase", "recovery-code"]


def test_a_slot_of_yesterdays_cost_is_made_anew_at_sign_in(bee: Resident) -> None:
    dearer = Argon2Parameters(memory_kib=128, iterations=2, lanes=1)
    sign_in(bee.database, PEPPER, dearer, bee.name, PASSPHRASE)
    costs = [row.parameters["argon2id"] for row in _slots(bee) if row.kind == "passphrase"]
    assert costs == [dearer.as_dict()]
    again = sign_in(bee.database, PEPPER, dearer, bee.name, PASSPHRASE)
    assert _reads_her_story(bee, again)


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "short",
        "password1234",
        "aaaaaaaaaaaaaaaaaaaa",
        "123456789012345",
        "qwertyuiopasdf",
        "a" + " " * 30 + "b",
        "\u3000" * 40,
    ],
)
def test_a_passphrase_that_others_could_guess_is_refused(
    sqlite_database: Database, weak: str
) -> None:
    with pytest.raises(WeakPassphrase):
        sign_up(sqlite_database, PEPPER, CHEAP, "somebody new", weak)


def test_a_passphrase_made_of_ones_own_name_is_refused(sqlite_database: Database) -> None:
    name = "Wilhelmina Featherstonehaugh"
    with pytest.raises(WeakPassphrase):
        sign_up(sqlite_database, PEPPER, CHEAP, name, name.casefold())


def test_a_passphrase_may_be_long_but_not_endless(sqlite_database: Database) -> None:
    long_one = (PASSPHRASE + " ") * 8
    cookie = sign_up(sqlite_database, PEPPER, CHEAP, "long winded", long_one)
    assert cookie != sign_in(sqlite_database, PEPPER, CHEAP, "long winded", long_one)
    with pytest.raises(WeakPassphrase):
        sign_up(sqlite_database, PEPPER, CHEAP, "longer winded", long_one * 2)


@pytest.mark.parametrize("name", ["", "ab", " a b ", "n" * 61, "n\x00ll byte", "tab\u200bbed"])
def test_a_name_that_can_not_be_kept_is_told(sqlite_database: Database, name: str) -> None:
    if name == " a b ":
        assert normalized_name(name) == "a b"
        return
    with pytest.raises(NameNotUsable):
        sign_up(sqlite_database, PEPPER, CHEAP, name, PASSPHRASE)


@given(st.text(max_size=70))
def test_a_name_once_normalized_stays_so(name: str) -> None:
    try:
        once = normalized_name(name)
    except NameNotUsable:
        return
    assert normalized_name(once) == once
    assert normalized_name(f" {name} ") == once


def _slots(bee: Resident) -> list:  # type: ignore[type-arg]
    mine = tables.key_slots.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        return list(connection.execute(select(tables.key_slots).where(mine)))


def test_a_slot_that_is_gone_is_not_stored(bee: Resident) -> None:
    with bee.database.read() as connection:
        found = slots.find_slots(connection, PEPPER.name_lookup(bee.name), "passphrase")
    _recover(bee, bee.recovery_code)
    with bee.database.read() as connection:
        assert [slots.is_stored(connection, slot) for slot in found] == [False]


def test_marks_upon_marks_are_refused_at_once() -> None:
    """Making their normal form takes time by the square of their number: here, many minutes."""
    marks = "\u0301\u0327" * 500_000
    with pytest.raises(NameNotUsable):
        normalized_name(marks)
    with pytest.raises(WeakPassphrase):
        check_passphrase(marks, "rosa")
