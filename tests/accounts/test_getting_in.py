"""Sign up, sign in, recover: the same for everybody who may not, and nothing kept that opens."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from passport.accounts import sign_up as sign_up_module
from passport.accounts import slots
from passport.accounts.errors import (
    NameNotUsable,
    WeakPassphrase,
    WrongCode,
    WrongNameOrPassphrase,
)
from passport.accounts.recover import recover, recover_again
from passport.accounts.rules import check_passphrase, normalized_name
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.sign_up import most_of_a_name, sign_up
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
    return recover(bee.database, PEPPER, CHEAP, code, passphrase, name)


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


def test_several_people_use_one_name_and_each_opens_her_own(bee: Resident) -> None:
    others = [f"{NEW_PASSPHRASE} {n}" for n in range(3)]
    for passphrase in others:
        cookie = sign_up(bee.database, PEPPER, CHEAP, bee.name, passphrase)
        assert _passport_id(bee, cookie) != bee.passport.passport_id
    opened = {_passport_id(bee, _sign_in(bee, passphrase=passphrase)) for passphrase in others}
    assert len(opened) == 3
    assert _reads_her_story(bee, _sign_in(bee))


def test_signing_up_again_with_the_same_words_opens_the_passport_she_has(bee: Resident) -> None:
    for name in (bee.name, bee.name.upper(), f" {bee.name.replace(' ', '  ')} "):
        assert _reads_her_story(bee, sign_up(bee.database, PEPPER, CHEAP, name, PASSPHRASE))


def test_six_presses_at_once_make_one_passport(database: Database) -> None:
    def press(_: int) -> str:
        return sign_up(database, PEPPER, CHEAP, "pressed six times", PASSPHRASE)

    with ThreadPoolExecutor(6) as threads:
        cookies = list(threads.map(press, range(6)))
    opened = {passport.passport_id for c in cookies if (passport := open_session(database, c))}
    assert len(opened) == 1
    with database.read() as connection:
        lookup = PEPPER.name_lookup("pressed six times")
        assert len(slots.find_slots(connection, database.erasure_keys, lookup, "passphrase")) == 1


def test_a_name_that_very_many_use_takes_no_more_but_knows_its_own(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_up_module, "FEWEST_OF_A_NAME", 2)
    monkeypatch.setattr(sign_up_module, "_SPREAD", 1)
    sign_up(bee.database, PEPPER, CHEAP, bee.name, NEW_PASSPHRASE)
    with pytest.raises(NameNotUsable):
        sign_up(bee.database, PEPPER, CHEAP, bee.name, f"{NEW_PASSPHRASE} three")
    assert _reads_her_story(bee, sign_up(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE))


def test_nobody_can_count_who_had_a_name_before_by_filling_it_up() -> None:
    most = [most_of_a_name(PEPPER.name_lookup(f"name {n}")) for n in range(300)]
    assert min(most) >= 100
    assert max(most) < 164
    assert len(set(most)) > 40


def _passport_id(bee: Resident, cookie: str) -> str:
    passport = open_session(bee.database, cookie)
    assert passport is not None
    return passport.passport_id


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
    sign_up(bee.database, PEPPER, CHEAP, "a name of two", PASSPHRASE)
    sign_up(bee.database, PEPPER, CHEAP, "a name of two", NEW_PASSPHRASE)
    work: list[Argon2Parameters] = []
    honest = key_slots.stretch

    def counted(passphrase: str, salt: bytes, cost: Argon2Parameters) -> bytes:
        work.append(cost)
        return honest(passphrase, salt, cost)

    monkeypatch.setattr(key_slots, "stretch", counted)
    for name in (bee.name, "a name of two", "nobody at all", "x", "n\x00ll"):
        _fails_to_sign_in(bee, name)
    assert work == [CHEAP] * 5


def test_signing_up_costs_the_same_for_a_name_that_others_have(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, work = key_slots.stretch, []

    def counted(passphrase: str, salt: bytes, cost: Argon2Parameters) -> bytes:
        work.append(cost)
        return honest(passphrase, salt, cost)

    monkeypatch.setattr(key_slots, "stretch", counted)
    for name in (bee.name, f"{bee.name} junior"):
        sign_up(bee.database, PEPPER, CHEAP, name, NEW_PASSPHRASE)
    assert work == [CHEAP] * 2


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
    with pytest.raises(WrongCode):
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
        except WrongCode:
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
    with pytest.raises(WrongCode):
        _recover(bee, another)
    with pytest.raises(WrongCode):
        _recover(bee, another, name=bee.name)
    with pytest.raises(WeakPassphrase):
        _recover(bee, bee.recovery_code, passphrase="too short")
    with pytest.raises(MistypedCode):
        _recover(bee, bee.recovery_code[:-1] + "!")
    assert _reads_her_story(bee, _sign_in(bee))
    assert _reads_her_story(bee, bee.cookie)
    assert _reads_her_story(bee, _recover(bee, bee.recovery_code))


def test_a_recovery_code_opens_its_own_passport_whatever_name_is_given(bee: Resident) -> None:
    other = new_resident(bee.database)
    cookie = _recover(bee, other.recovery_code, name=bee.name)
    assert _passport_id(bee, cookie) == other.passport.passport_id
    assert _reads_her_story(bee, _sign_in(bee))


def test_a_code_of_the_time_before_codes_were_found_alone_is_found_with_its_name(
    bee: Resident,
) -> None:
    mine = tables.key_slots.c.passport_id == bee.passport.passport_id
    with bee.database.write() as connection:
        connection.execute(update(tables.key_slots).where(mine).values(secret_lookup=None))
    for name in ("", "nobody at all"):
        with pytest.raises(WrongCode):
            _recover(bee, bee.recovery_code, name=name)
    assert _reads_her_story(bee, _recover(bee, bee.recovery_code, name=bee.name.upper()))


def test_pressing_twice_with_a_recovery_code_opens_the_same_passport(bee: Resident) -> None:
    _recover(bee, bee.recovery_code)
    assert _reads_her_story(bee, recover_again(bee.database, bee.recovery_code, NEW_PASSPHRASE))
    for passphrase in ("", PASSPHRASE, "some other words here"):
        with pytest.raises(WrongCode):
            recover_again(bee.database, bee.recovery_code, passphrase)
    with pytest.raises(WrongCode):
        recover_again(bee.database, recovery_code.new_recovery_code(), NEW_PASSPHRASE)


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


def test_a_slot_with_a_salt_of_its_own_opens_and_gets_its_names_salt(bee: Resident) -> None:
    old = key_slots.passphrase_slot(
        bee.passport.key,
        NEW_PASSPHRASE,
        CHEAP,
        passport_id=bee.passport.passport_id,
        slot_id="0" * 32,
    )
    with bee.database.write() as connection:
        slots.store_slot(connection, old)
    sign_up(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE)
    for _ in range(2):
        assert _reads_her_story(bee, _sign_in(bee, passphrase=NEW_PASSPHRASE))
    salts = [row.parameters["salt"] for row in _slots(bee) if row.kind == "passphrase"]
    assert salts == [PEPPER.name_salt(bee.name).hex()]


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
        lookup = PEPPER.name_lookup(bee.name)
        found = slots.find_slots(connection, bee.database.erasure_keys, lookup, "passphrase")
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
