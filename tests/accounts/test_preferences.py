"""What an owner chooses is hers, and nobody reads it from the database."""

import pytest
from sqlalchemy import update

from passport.access import Access, NotPermitted
from passport.accounts.preferences import Preferences, preferences, save_preferences
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import Resident, new_resident


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody who has chosen nothing yet."""
    return new_resident(database)


def test_nothing_is_chosen_at_first(bee: Resident) -> None:
    assert preferences(bee.database, bee.passport) == Preferences()


def test_what_is_chosen_stays_chosen(bee: Resident) -> None:
    save_preferences(bee.database, bee.passport, Preferences(neutral_titles=True))
    assert preferences(bee.database, bee.passport).neutral_titles
    save_preferences(bee.database, bee.passport, Preferences())
    assert not preferences(bee.database, bee.passport).neutral_titles


def test_an_older_choice_can_not_be_put_back_in_the_database(bee: Resident) -> None:
    save_preferences(bee.database, bee.passport, Preferences(neutral_titles=True))
    save_preferences(bee.database, bee.passport, Preferences())
    with bee.database.write() as connection:
        connection.execute(
            update(tables.passports)
            .where(tables.passports.c.passport_id == bee.passport.passport_id)
            .values(preferences_version=1)
        )
    with pytest.raises(CannotOpen):
        preferences(bee.database, bee.passport)


def test_a_supporter_chooses_nothing_for_the_owner(bee: Resident) -> None:
    everything = Access("5" * 32, "Sam", frozenset({"read", "write", "share"}), None)
    helped = UnlockedPassport(bee.passport.passport_id, bee.passport.key, everything)
    with pytest.raises(NotPermitted):
        save_preferences(bee.database, helped, Preferences(neutral_titles=True))


def test_choices_that_this_version_does_not_know_are_left_out() -> None:
    assert Preferences.from_choices({"neutral_titles": True, "of-the-future": 5}) == Preferences(
        neutral_titles=True
    )
