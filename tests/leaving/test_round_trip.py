"""What goes out comes in again: every word, version, date and file."""

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlalchemy import select

from passport.access import Access, NotPermitted
from passport.accounts.preferences import Preferences, preferences, save_preferences
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.errors import PassportError
from passport.leaving.errors import PassportNotEmpty
from passport.leaving.export import make_export
from passport.leaving.export_schema import json_schema
from passport.leaving.import_story import import_story
from passport.sharing.receipts import Reader
from passport.storage import tables
from passport.storage.database import Database
from passport.story.attachment import Attachment
from passport.story.attachments import add_attachment, all_attachments, read_attachment
from passport.story.section import Section
from passport.story.sections import read_versions, save_section
from tests.leaving.stories import SERVICE, attachments, drafts, export_of, file_of
from tests.residents import Resident, new_resident, reading

VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def everything(database: Database, passport: UnlockedPassport) -> tuple[object, object]:
    """All versions, and all files with their bytes."""
    with database.read() as connection:
        versions: dict[str, list[Section]] = read_versions(connection, passport)
        files = [
            read_attachment(connection, passport, one.attachment_id)
            for one in all_attachments(connection, passport)
        ]
    described = [
        (f.section_key, f.name, f.content_type, f.caption, f.transcript, f.written_at, f.written_by)
        for f, _ in files
    ]
    contents = [content for _, content in files]
    return versions, sorted(zip(described, contents, strict=True))


def write(resident: Resident, told: list, kept: list) -> None:
    """Save what the model allows of all this; each save is a version."""
    for draft in told:
        with suppress(PassportError), resident.database.write() as connection:
            held = read_versions(connection, resident.passport).get(draft.key, [])
            save_section(connection, resident.passport, draft, len(held))
    for number, attachment in enumerate(kept):
        key = ("people", "my-story", "own-1")[number % 3]
        with suppress(PassportError), resident.database.write() as connection:
            add_attachment(connection, resident.passport, key, attachment)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(drafts(), max_size=6), kept=st.lists(attachments, max_size=3))
def test_any_story_goes_out_and_comes_in_the_same(
    sqlite_database: Database, told: list, kept: list
) -> None:
    before, after = new_resident(sqlite_database), new_resident(sqlite_database)
    write(before, told, kept)
    raw = file_of(sqlite_database, before.passport)
    import_story(sqlite_database, after.passport, raw)
    assert everything(sqlite_database, after.passport) == everything(
        sqlite_database, before.passport
    )
    first, second = (export_of(sqlite_database, one.passport) for one in (before, after))
    assert second["sections"] == first["sections"]
    VALIDATOR.validate(first)


def test_every_version_keeps_its_number_and_dates(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    written = [bee.write("my-story", f"Told {n} times") for n in range(5)]
    import_story(database, nia.passport, file_of(database, bee.passport))
    with database.read() as connection:
        assert read_versions(connection, nia.passport)["my-story"] == written


def test_what_a_supporter_wrote_still_says_so(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    helper = Access("s" * 32, "Ada", frozenset({"read", "write"}), None)
    acting = UnlockedPassport(bee.passport.passport_id, bee.passport.key, helper)
    with database.write() as connection:
        add_attachment(connection, acting, "people", Attachment("a.pdf", "application/pdf", b"%P"))
    import_story(database, nia.passport, file_of(database, bee.passport))
    with database.read() as connection:
        (found,) = all_attachments(connection, nia.passport)
    assert found.written_by == "Ada"


def test_a_large_file_comes_through_in_all_its_parts(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    content = bytes(range(256)) * 12_000
    with database.write() as connection:
        add_attachment(
            connection, bee.passport, "my-story", Attachment("film.mp4", "video/mp4", content)
        )
    import_story(database, nia.passport, file_of(database, bee.passport))
    with database.read() as connection:
        (found,) = all_attachments(connection, nia.passport)
        assert read_attachment(connection, nia.passport, found.attachment_id)[1] == content


def test_shares_and_readings_are_in_the_file_as_records(database: Database) -> None:
    from passport.sharing.read_share import read_manifest

    bee = new_resident(database)
    bee.write("please-do", ["Knock first"])
    share = bee.share("please-do", recipient="Rose ward", with_passcode=True)
    assert share.record.secrets is not None
    read_manifest(
        reading(database), share.record.secrets.address, Reader("Nurse Joy"), share.passcode
    )
    (found,) = export_of(database, bee.passport)["shares"]
    assert found["recipient"] == "Rose ward"
    assert [one["reader"] for one in found["readings"]] == ["Nurse Joy"]
    assert datetime.fromisoformat(found["made_at"]).tzinfo is not None


def test_making_a_file_is_recorded(database: Database) -> None:
    bee = new_resident(database)
    before = _acts(database, bee)
    make_export(database, bee.passport, SERVICE)
    assert _acts(database, bee) == before + 1


def test_a_supporter_can_neither_take_a_story_out_nor_bring_one_in(database: Database) -> None:
    bee = new_resident(database)
    everything_allowed = Access("s" * 32, "Ada", frozenset({"read", "write", "share"}), None)
    acting = UnlockedPassport(bee.passport.passport_id, bee.passport.key, everything_allowed)
    raw = file_of(database, bee.passport)
    with pytest.raises(NotPermitted):
        make_export(database, acting, SERVICE)
    with pytest.raises(NotPermitted):
        import_story(database, acting, raw)


def test_nothing_comes_into_a_passport_that_has_a_story(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    bee.write("my-story", "Hers")
    nia.write("people", [{"name": "Ada"}])
    with pytest.raises(PassportNotEmpty):
        import_story(database, nia.passport, file_of(database, bee.passport))
    with database.read() as connection:
        assert set(read_versions(connection, nia.passport)) == {"people"}


def test_an_empty_passport_goes_out_and_comes_in_too(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    brought = import_story(database, nia.passport, file_of(database, bee.passport))
    assert brought.versions == 0


def test_a_saved_story_can_be_changed_further(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    bee.write("my-story", "One")
    bee.write("my-story", "Two")
    import_story(database, nia.passport, file_of(database, bee.passport))
    assert nia.write("my-story", "Three").version == 3


def _acts(database: Database, resident: Resident) -> int:
    activity = tables.activity
    mine = activity.c.passport_id == resident.passport.passport_id
    with database.read() as connection:
        return len(connection.execute(select(activity.c.number).where(mine)).all())


def test_her_choices_come_with_her(database: Database) -> None:
    bee, nia = new_resident(database), new_resident(database)
    save_preferences(database, bee.passport, Preferences(neutral_titles=True))
    import_story(database, nia.passport, file_of(database, bee.passport))
    assert preferences(database, nia.passport).neutral_titles
