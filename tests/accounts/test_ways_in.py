"""Every way in opens the passport by itself, and the last one can't be lost here."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations

import pytest
from sqlalchemy import select

from passport.accounts.card_sign_in import sign_in_with_card
from passport.accounts.change_passphrase import change_passphrase, renew_recovery_code
from passport.accounts.errors import (
    CardRefused,
    LastWayIn,
    WaysInChanged,
    WeakPassphrase,
    WrongCode,
    WrongNameOrPassphrase,
)
from passport.accounts.owner_cards import card_code, confirm_card, make_card
from passport.accounts.passkey_answers import PasskeySite
from passport.accounts.passkey_errors import WrongPasskey
from passport.accounts.passkey_sign_in import sign_in_with_passkey, signing_in_options
from passport.accounts.passkeys import add_passkey, adding_options
from passport.accounts.recover import recover
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.slots import confirm_recovery_code, unconfirmed_recovery_code
from passport.accounts.ways_in import (
    LONGEST_NAME,
    find_way_in,
    list_ways_in,
    remove_way_in,
    rename_way_in,
)
from passport.crypto.passphrase import Argon2Parameters
from passport.storage import tables
from passport.storage.database import Database
from passport.story.sections import section
from tests.accounts.software_authenticator import Device
from tests.residents import CHEAP, PASSPHRASE, PEPPER, Resident, new_resident

NEW_PASSPHRASE, PIN = "lantern gravel mosaic otter", "8352"
SITE = PasskeySite("passport.example", "https://passport.example")
REFUSALS = (CardRefused, WrongCode, WrongNameOrPassphrase, WrongPasskey)
Open = Callable[[], str]


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with a story, who has kept her recovery code."""
    resident = new_resident(database)
    resident.write("my-story", "Told once.")
    confirm_recovery_code(database, resident.passport)
    return resident


def with_passphrase(bee: Resident) -> Open:
    return lambda: sign_in(bee.database, PEPPER, CHEAP, bee.name, PASSPHRASE)


def with_recovery_code(bee: Resident) -> Open:
    return lambda: recover(bee.database, PEPPER, CHEAP, bee.recovery_code, NEW_PASSPHRASE)


def with_card(bee: Resident) -> Open:
    slot_id = make_card(bee.database, CHEAP, bee.passport, PIN, "Purse")
    code = card_code(bee.database, bee.passport, slot_id) or ""
    confirm_card(bee.database, bee.passport, slot_id)
    return lambda: sign_in_with_card(bee.database, CHEAP, code, PIN)


def with_passkey(bee: Resident) -> Open:
    device, database = Device(SITE.origin), bee.database
    options = adding_options(database, bee.passport, SITE, "My phone")
    add_passkey(database, bee.passport, SITE, "My phone", device.makes(options))

    def sign_in_again() -> str:
        return sign_in_with_passkey(
            database, SITE, device.signs(signing_in_options(database, SITE))
        )

    return sign_in_again


# Each makes its way in, if it is not there yet, and gives back what its owner does to use it.
WAYS: dict[str, Callable[[Resident], Open]] = {
    "passphrase": with_passphrase,
    "recovery-code": with_recovery_code,
    "owner-card": with_card,
    "passkey": with_passkey,
}


def way(bee: Resident, kind: str) -> str:
    found = list_ways_in(bee.database, bee.passport)
    return next(w.slot_id for w in found if w.kind == kind)


def reads_her_story(bee: Resident, cookie: str) -> bool:
    passport = open_session(bee.database, cookie)
    assert passport is not None
    return section(bee.database, passport, "my-story").content["text"] == "Told once."


@pytest.mark.parametrize(("lost", "other"), list(permutations(WAYS, 2)))
def test_with_one_way_lost_the_other_opens_the_same_story(
    bee: Resident, lost: str, other: str
) -> None:
    shut, still_open = WAYS[lost](bee), WAYS[other](bee)
    remove_way_in(bee.database, bee.passport, way(bee, lost))
    with pytest.raises(REFUSALS):
        shut()
    assert reads_her_story(bee, still_open())


@pytest.mark.parametrize("only", WAYS)
def test_each_way_in_is_enough_alone_and_can_not_be_removed_then(bee: Resident, only: str) -> None:
    opens = WAYS[only](bee)
    for found in list_ways_in(bee.database, bee.passport):
        if found.kind != only:
            remove_way_in(bee.database, bee.passport, found.slot_id)
    (last,) = list_ways_in(bee.database, bee.passport)
    assert last.is_last
    with pytest.raises(LastWayIn):
        remove_way_in(bee.database, bee.passport, last.slot_id)
    assert reads_her_story(bee, opens())


def test_no_key_is_shared_between_slots(bee: Resident) -> None:
    for make in (*WAYS.values(), with_card):
        make(bee)
    rows = slot_rows(bee)
    assert len(rows) == 5
    assert len({row.wrapped_key for row in rows}) == len(rows)
    salts = [row.parameters["salt"] for row in rows if "salt" in row.parameters]
    assert len(set(salts)) == len(salts) == 3
    for row in rows:
        others = [r for r in rows if r.slot_id != row.slot_id]
        assert all(row.wrapped_key[13:] not in other.wrapped_key for other in others)


def test_of_two_devices_that_remove_two_ways_at_once_one_is_told_no(bee: Resident) -> None:
    both = [way(bee, "passphrase"), way(bee, "recovery-code")]

    def remove(slot_id: str) -> bool:
        try:
            remove_way_in(bee.database, bee.passport, slot_id, bee.cookie)
        except LastWayIn:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(remove, both)) == [False, True]
    assert [w.is_last for w in list_ways_in(bee.database, bee.passport)] == [True]


def test_a_code_that_nobody_has_kept_yet_is_no_way_to_rely_on(database: Database) -> None:
    new = new_resident(database)
    with pytest.raises(LastWayIn):
        remove_way_in(database, new.passport, way(new, "passphrase"))
    remove_way_in(database, new.passport, way(new, "recovery-code"))
    make_card(database, CHEAP, new.passport, PIN, "")
    with pytest.raises(LastWayIn):
        remove_way_in(database, new.passport, way(new, "passphrase"))


def test_a_locked_card_is_no_way_to_rely_on(bee: Resident) -> None:
    with_card(bee)
    cards = tables.owner_cards
    with bee.database.write() as connection:
        slot = cards.c.slot_id == way(bee, "owner-card")
        connection.execute(cards.update().where(slot).values(attempts_left=0))
    remove_way_in(bee.database, bee.passport, way(bee, "recovery-code"))
    with pytest.raises(LastWayIn):
        remove_way_in(bee.database, bee.passport, way(bee, "passphrase"))
    remove_way_in(bee.database, bee.passport, way(bee, "owner-card"))


def test_removing_twice_says_that_it_changed_elsewhere(bee: Resident) -> None:
    with_card(bee)
    slot_id = way(bee, "owner-card")
    remove_way_in(bee.database, bee.passport, slot_id)
    with pytest.raises(WaysInChanged):
        remove_way_in(bee.database, bee.passport, slot_id)
    with pytest.raises(WaysInChanged):
        rename_way_in(bee.database, bee.passport, slot_id, "Purse")


def test_a_name_is_what_its_owner_says_and_no_thief_reads_it(bee: Resident) -> None:
    slot_id = way(bee, "recovery-code")
    rename_way_in(bee.database, bee.passport, slot_id, "  In the   blue box\n")
    found = find_way_in(bee.database, bee.passport, slot_id)
    assert found is not None
    assert found.title == "In the blue box"
    assert all(b"blue box" not in (row.sealed_name or b"") for row in slot_rows(bee))
    rename_way_in(bee.database, bee.passport, slot_id, "x" * 500)
    assert len(find_way_in(bee.database, bee.passport, slot_id).name) == LONGEST_NAME  # type: ignore[union-attr]
    rename_way_in(bee.database, bee.passport, slot_id, " ")
    assert find_way_in(bee.database, bee.passport, slot_id).title == "Recovery code"  # type: ignore[union-attr]


def test_another_resident_sees_and_changes_none_of_them(bee: Resident) -> None:
    other, slot_id = new_resident(bee.database), way(bee, "passphrase")
    assert find_way_in(bee.database, other.passport, slot_id) is None
    with pytest.raises(WaysInChanged):
        remove_way_in(bee.database, other.passport, slot_id)
    assert reads_her_story(bee, with_passphrase(bee)())


def test_every_sign_in_says_when_a_way_was_used(bee: Resident) -> None:
    with_passphrase(bee)()
    used = [w.kind for w in list_ways_in(bee.database, bee.passport) if w.used_at]
    assert used == ["passphrase"]


def test_a_dearer_passphrase_slot_keeps_its_name_and_age(bee: Resident) -> None:
    rename_way_in(bee.database, bee.passport, way(bee, "passphrase"), "The one with the dog")
    slots = tables.key_slots
    with bee.database.write() as connection:
        mine = slots.c.slot_id == way(bee, "passphrase")
        connection.execute(slots.update().where(mine).values(created_at=1_000_000))
    dearer = Argon2Parameters(memory_kib=128, iterations=2, lanes=1)
    sign_in(bee.database, PEPPER, dearer, bee.name, PASSPHRASE)
    found = list_ways_in(bee.database, bee.passport)[0]
    assert (found.name, found.made_at.timestamp()) == ("The one with the dog", 1_000_000)


def change(bee: Resident, new: str = NEW_PASSPHRASE, instead_of: str | None = None) -> None:
    old = way(bee, "passphrase") if instead_of is None else instead_of
    change_passphrase(bee.database, PEPPER, CHEAP, bee.passport, new, old, bee.cookie)


def test_a_new_passphrase_ends_the_old_one_and_other_browsers_only(bee: Resident) -> None:
    elsewhere, card = with_passphrase(bee)(), with_card(bee)
    change(bee)
    assert open_session(bee.database, elsewhere) is None
    assert open_session(bee.database, bee.cookie) is not None
    with pytest.raises(WrongNameOrPassphrase):
        with_passphrase(bee)()
    assert reads_her_story(bee, sign_in(bee.database, PEPPER, CHEAP, bee.name, NEW_PASSPHRASE))
    assert reads_her_story(bee, card())
    assert reads_her_story(bee, with_recovery_code(bee)())


def test_a_weak_new_passphrase_changes_nothing(bee: Resident) -> None:
    with pytest.raises(WeakPassphrase):
        change(bee, "password1234")
    with pytest.raises(WeakPassphrase):
        change(bee, bee.name)
    assert with_passphrase(bee)()


def test_of_two_devices_that_change_the_passphrase_at_once_one_is_told(bee: Resident) -> None:
    old = way(bee, "passphrase")

    def try_it(n: int) -> bool:
        try:
            change(bee, f"{NEW_PASSPHRASE} {n}", old)
        except WaysInChanged:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(try_it, range(2))) == [False, True]


def test_a_removed_passphrase_can_be_added_again(bee: Resident) -> None:
    remove_way_in(bee.database, bee.passport, way(bee, "passphrase"))
    change(bee, NEW_PASSPHRASE, "")
    assert sign_in(bee.database, PEPPER, CHEAP, bee.name, NEW_PASSPHRASE)


def test_a_new_recovery_code_waits_to_be_kept_and_ends_the_old_one(bee: Resident) -> None:
    code = way(bee, "recovery-code")
    renew_recovery_code(bee.database, bee.passport, code, bee.cookie)
    assert unconfirmed_recovery_code(bee.database, bee.passport) not in (None, bee.recovery_code)
    with pytest.raises(WrongCode):
        with_recovery_code(bee)()
    with pytest.raises(WaysInChanged):
        renew_recovery_code(bee.database, bee.passport, code, bee.cookie)


def test_the_only_way_in_is_not_exchanged_for_one_that_nobody_has_yet(bee: Resident) -> None:
    remove_way_in(bee.database, bee.passport, way(bee, "passphrase"))
    with pytest.raises(LastWayIn):
        renew_recovery_code(bee.database, bee.passport, way(bee, "recovery-code"), bee.cookie)
    assert reads_her_story(bee, with_recovery_code(bee)())


def test_keeping_the_code_does_not_hide_a_card_that_is_not_printed(bee: Resident) -> None:
    slot_id = make_card(bee.database, CHEAP, bee.passport, PIN, "")
    confirm_recovery_code(bee.database, bee.passport)
    assert card_code(bee.database, bee.passport, slot_id)
    assert unconfirmed_recovery_code(bee.database, bee.passport) is None


def slot_rows(bee: Resident) -> list:  # type: ignore[type-arg]
    mine = tables.key_slots.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        return list(connection.execute(select(tables.key_slots).where(mine)))
