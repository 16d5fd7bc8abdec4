"""What was typed and not saved is kept sealed, for whoever typed it, until it is saved."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import ColumnElement, func, select, update

from passport import clock
from passport.access import Access, NotPermitted
from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.story.drafts import (
    KEPT_SECONDS,
    MOST_BYTES,
    find_draft,
    find_drafts,
    save_draft,
    throw_away,
)
from passport.story.errors import SavedElsewhere, SectionTooLong, UnknownSection
from tests.residents import Resident, new_resident

FIELDS = [("part-text", "My knees مرحبا 🦦"), ("based_on", "0")]


@pytest.fixture
def bee(database: Database) -> Resident:
    return new_resident(database)


def _helped(bee: Resident, *permissions: str) -> UnlockedPassport:
    access = Access("5" * 32, "Sam", frozenset(permissions), frozenset({"my-story"}))  # type: ignore[arg-type]
    return UnlockedPassport(bee.passport.passport_id, bee.passport.key, access)


def _kept(bee: Resident) -> int:
    with bee.database.read() as connection:
        count = select(func.count()).select_from(tables.drafts).where(_of(bee))
        return connection.execute(count).scalar_one()


def _of(bee: Resident) -> ColumnElement[bool]:
    return tables.drafts.c.passport_id == bee.passport.passport_id


def test_what_was_typed_is_found_again_word_for_word(bee: Resident) -> None:
    save_draft(bee.database, bee.passport, "my-story", [("part-text", "My kn")])
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    found = find_draft(bee.database, bee.passport, "my-story")
    assert found is not None
    assert found.fields == FIELDS
    assert abs(found.kept_at - clock.now()) < timedelta(minutes=1)
    assert find_draft(bee.database, bee.passport, "people") is None


def test_saving_the_section_forgets_its_draft_and_no_other(bee: Resident) -> None:
    for key in ("my-story", "people"):
        save_draft(bee.database, bee.passport, key, FIELDS)
    bee.write("my-story", "My knees hurt.")
    assert find_draft(bee.database, bee.passport, "my-story") is None
    assert find_draft(bee.database, bee.passport, "people") is not None


def test_a_save_that_fails_keeps_the_draft(bee: Resident) -> None:
    bee.write("my-story", "First words")
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    with pytest.raises(SavedElsewhere):
        bee.write("my-story", "Other words", based_on=0)
    assert find_draft(bee.database, bee.passport, "my-story") is not None


def test_a_new_part_of_her_own_forgets_what_was_typed_into_its_form(bee: Resident) -> None:
    save_draft(bee.database, bee.passport, "own", FIELDS)
    bee.write("own-0badcafe", "Biscuit", title="My dog")
    assert _kept(bee) == 0


def test_throwing_it_away_leaves_nothing(bee: Resident) -> None:
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    throw_away(bee.database, bee.passport, "my-story")
    assert _kept(bee) == 0


def test_owner_and_supporter_never_see_each_others_drafts(bee: Resident) -> None:
    helped = _helped(bee, "read", "write")
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    assert find_draft(bee.database, helped, "my-story") is None
    save_draft(bee.database, helped, "my-story", [("part-text", "Sam's words")])
    found = find_draft(bee.database, bee.passport, "my-story")
    assert found is not None
    assert found.fields == FIELDS


def test_a_supporter_who_may_not_write_keeps_no_draft(bee: Resident) -> None:
    for act in (find_draft, throw_away):
        with pytest.raises(NotPermitted):
            act(bee.database, _helped(bee, "read"), "my-story")
    with pytest.raises(NotPermitted):
        save_draft(bee.database, _helped(bee, "read", "write"), "people", FIELDS)
    assert _kept(bee) == 0


def test_a_thief_reads_neither_the_words_nor_which_section_they_are_for(bee: Resident) -> None:
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    with bee.database.read() as connection:
        row = connection.execute(select(tables.drafts).where(_of(bee))).one()
    assert b"knees" not in bytes(row.sealed)
    assert row.draft_id != bee.passport.key.section_id("my-story")


def test_a_draft_moved_to_another_section_is_not_shown_there(bee: Resident) -> None:
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    place = bee.passport.key.draft_id("people", "owner")
    with bee.database.write() as connection:
        connection.execute(update(tables.drafts).where(_of(bee)).values(draft_id=place))
    assert find_draft(bee.database, bee.passport, "people") is None


def test_a_draft_that_nobody_came_back_for_is_forgotten(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    later = clock.now() + timedelta(seconds=KEPT_SECONDS + 60)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert find_draft(bee.database, bee.passport, "my-story") is None
    save_draft(bee.database, bee.passport, "people", FIELDS)
    assert _kept(bee) == 1


def test_more_than_anybody_types_is_refused(bee: Resident) -> None:
    with pytest.raises(SectionTooLong):
        save_draft(bee.database, bee.passport, "my-story", [("part-text", "x" * MOST_BYTES)])


def test_nothing_is_kept_for_a_part_that_is_not_there(bee: Resident) -> None:
    for key in ("own-0123abcd", "no-such-part"):
        with pytest.raises(UnknownSection):
            save_draft(bee.database, bee.passport, key, FIELDS)


def test_two_open_forms_keep_a_draft_each_and_lose_neither(bee: Resident) -> None:
    for form, words in (("phone", "on the bus"), ("tablet", "in bed")):
        save_draft(bee.database, bee.passport, "my-story", [("part-text", words)], form)
    found = find_drafts(bee.database, bee.passport, "my-story")
    assert [(one.form, one.fields[0][1]) for one in found] == [
        ("tablet", "in bed"),
        ("phone", "on the bus"),
    ]


def test_saving_one_form_leaves_what_the_other_kept(bee: Resident) -> None:
    for form in ("phone", "tablet"):
        save_draft(bee.database, bee.passport, "my-story", FIELDS, form)
    bee.write("my-story", "Said on the phone", form="phone")
    found = find_drafts(bee.database, bee.passport, "my-story")
    assert [one.form for one in found] == ["tablet"]


def test_a_copy_that_was_overtaken_on_its_way_replaces_nothing(bee: Resident) -> None:
    for turn, words in (("77.2", "My knees hurt"), ("77.1", "My kn")):
        save_draft(bee.database, bee.passport, "my-story", [("part-text", words)], "phone", turn)
    found = find_draft(bee.database, bee.passport, "my-story")
    assert found is not None
    assert found.fields == [("part-text", "My knees hurt")]


def test_a_draft_of_an_older_version_of_this_service_still_opens(bee: Resident) -> None:
    save_draft(bee.database, bee.passport, "my-story", FIELDS)
    with bee.database.write() as connection:
        row = connection.execute(select(tables.drafts).where(_of(bee))).one()
        text = json.dumps(FIELDS).encode()
        sealed = bee.passport.seal(labels.DRAFT, row.draft_id, text, row.version)
        connection.execute(update(tables.drafts).where(_of(bee)).values(sealed=sealed))
    found = find_draft(bee.database, bee.passport, "my-story")
    assert found is not None
    assert found.fields == FIELDS
