"""After an erasure nothing is left, old backups open with nothing, and no crash leaves a half."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from passport.accounts.sessions import open_session
from passport.accounts.supporters import list_helped
from passport.leaving.erase import erase_passport, sweep
from passport.leaving.export import export_text, make_export
from passport.leaving.import_story import import_story
from passport.storage import tables
from passport.storage.database import Database, DatabaseUnavailable
from passport.storage.erasure_keys import ErasureKeys
from tests.accounts.helped import Later
from tests.databases import sqlite
from tests.faults.erased_passport import (
    ATTEMPTS,
    WORDS,
    Situation,
    all_rows,
    before_erasing,
    restored,
)
from tests.faults.full_tables import fill, tables_of_a_passport
from tests.faults.word_search import everything_in, find_words
from tests.leaving.test_round_trip import everything
from tests.residents import PASSPHRASE, Resident, new_resident

SERVICE = "https://passport.example"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


@pytest.fixture
def there(database: Database, tmp_path: Path, later: Later) -> Situation:
    """Before the erasure."""
    return before_erasing(database, tmp_path, later)


@pytest.fixture
def erased(there: Situation) -> Situation:
    """After it."""
    erase_passport(there.database, there.owner.passport)
    return there


def test_story_goes_out_is_erased_and_comes_in_elsewhere(there: Situation, tmp_path: Path) -> None:
    owner = there.owner
    before = everything(there.database, owner.passport)
    raw = b"".join(export_text(make_export(there.database, owner.passport, SERVICE)))
    erase_passport(there.database, owner.passport)
    second = sqlite(tmp_path, "second.sqlite")
    newcomer = new_resident(second)
    import_story(second, newcomer.passport, raw)
    assert everything(second, newcomer.passport) == before
    second.close()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_an_old_backup_opens_with_no_secret_she_ever_had(
    erased: Situation, tmp_path: Path, attempt: str
) -> None:
    backup = restored(erased, tmp_path, erased.database.erasure_keys.url)
    with pytest.raises(Exception) as refused:  # noqa: PT011 (each way says no in its own words)
        ATTEMPTS[attempt](erased, backup)
    assert not isinstance(refused.value, AssertionError)
    backup.close()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_with_the_erasure_key_the_same_backup_opens(
    erased: Situation, tmp_path: Path, attempt: str
) -> None:
    """The same rows, secrets and steps: it is the destroyed key alone that makes the difference."""
    backup = restored(erased, tmp_path, erased.old_erasure_url)
    assert WORDS in ATTEMPTS[attempt](erased, backup)
    backup.close()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_service_itself_knows_none_of_her_secrets_any_more(
    erased: Situation, attempt: str
) -> None:
    with pytest.raises(Exception) as refused:  # noqa: PT011
        ATTEMPTS[attempt](erased, erased.database)
    assert not isinstance(refused.value, AssertionError)


def _mentions(database: Database, passport_id: str) -> set[str]:
    """The tables with a row that names this passport, in any column."""
    rows = all_rows(database)
    return {name for name, found in rows.items() if any(passport_id in row for row in found)}


def test_no_table_has_a_row_of_hers(there: Situation) -> None:
    """Every table that is of a passport, whoever adds one: each has a row first, and none after."""
    passport_id, database = there.owner.passport.passport_id, there.database
    with database.write() as connection:
        filled = fill(connection, passport_id)
    assert set(filled) == tables_of_a_passport()
    assert {"uploads", "upload_parts", "share_files", "share_locations", "thanks"} <= set(filled)
    shares = {there.share.share_id, there.direct.share_id, filled["share_files"]["share_id"]}
    erase_passport(database, there.owner.passport)
    left = all_rows(database)
    assert [name for name, row in filled.items() if tuple(row.values()) in left[name]] == []
    assert _mentions(database, passport_id) == set()
    assert not [name for share in shares for name in _mentions(database, share)]


def test_every_table_with_a_passport_is_emptied_with_it() -> None:
    """A new table that hangs on nothing would be left behind: it fails here first."""
    root = tables.passports
    loose = [
        table.name
        for table in tables.metadata.sorted_tables
        if "passport_id" in table.c and table is not root and not _goes_with(table.name)
    ]
    assert loose == []


def _goes_with(name: str) -> bool:
    table = tables.metadata.tables[name]
    parents = [
        key.referred_table.name
        for key in table.foreign_key_constraints
        if key.ondelete == "CASCADE" and "passport_id" in key.column_keys
    ]
    return any(parent == "passports" or _goes_with(parent) for parent in parents)


def test_other_passports_are_untouched(erased: Situation) -> None:
    database = erased.database
    for other in (erased.sam.own, erased.helper.helpers[0]):
        passport = open_session(database, other.cookie)
        assert passport is not None
        assert passport.access.is_owner
        assert list_helped(database, passport) == []


def test_whoever_she_supported_is_told_and_keeps_everything(
    there: Situation, database: Database
) -> None:
    sam, owner = there.sam, there.owner
    before = _count_acts(database, owner)
    sam.begins()
    passport = open_session(database, sam.own.cookie)
    assert passport is not None
    erase_passport(database, sam.own.passport)
    assert open_session(database, sam.own.cookie) is None
    assert _count_acts(database, owner) > before
    assert _mentions(database, sam.own.passport.passport_id) == set()
    assert everything(database, owner.passport)[0]


def _count_acts(database: Database, resident: Resident) -> int:
    activity = tables.activity
    mine = activity.c.passport_id == resident.passport.passport_id
    with database.read() as connection:
        return len(connection.execute(select(activity.c.number).where(mine)).all())


@pytest.fixture
def alone(tmp_path: Path, later: Later) -> Iterator[Situation]:
    """An instance in a folder of its own, as a thief finds it."""
    folder = tmp_path / "instance"
    folder.mkdir()
    database = sqlite(folder)
    backup = tmp_path / "backup"
    backup.mkdir()
    yield before_erasing(database, backup, later)
    database.close()


def _planted(situation: Situation) -> list[str | bytes]:
    """Her words and secrets, and every ciphertext and lookup of hers that a thief could keep."""
    owner = situation.owner
    erasure_key = owner.passport.key.erasure_key
    assert erasure_key is not None
    mine = [
        row
        for found in situation.rows.values()
        for row in found
        if owner.passport.passport_id in row
    ]
    sealed = [value[:48] for row in mine for value in row if isinstance(value, bytes)]
    words = [WORDS, owner.name, PASSPHRASE, owner.recovery_code, owner.cookie, situation.card]
    return [*words, erasure_key, *(value for value in sealed if len(value) >= 16)]


def test_after_erasing_a_thief_finds_nothing_of_hers(alone: Situation, tmp_path: Path) -> None:
    planted = _planted(alone)
    folder = tmp_path / "instance"
    found_before = {find.word for find in find_words(planted, _sources(folder))}
    assert repr(alone.owner.passport.key.erasure_key) in found_before
    assert len(found_before) > 15
    erase_passport(alone.database, alone.owner.passport)
    assert find_words(planted, _sources(folder)) == []


def _sources(folder: Path) -> list:
    # Nothing here is packed, and looking into every byte for packed streams takes minutes.
    return [s for s in everything_in(folder) if not s.name.startswith("SQL")]


def test_a_crash_before_the_key_is_destroyed_changes_nothing(
    there: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(ErasureKeys, "destroy", fail)
    with pytest.raises(DatabaseUnavailable):
        erase_passport(there.database, there.owner.passport)
    assert WORDS in ATTEMPTS["passphrase"](there, there.database)
    assert sweep(there.database) == 0
    assert WORDS in ATTEMPTS["session cookie"](there, there.database)


class Crash(BaseException):
    """The process ends here."""


def test_a_crash_after_the_key_is_destroyed_leaves_nothing_that_opens_and_the_sweep_ends_it(
    there: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    destroy, passport_id = ErasureKeys.destroy, there.owner.passport.passport_id

    def crash(self: ErasureKeys, which: str) -> None:
        destroy(self, which)
        raise Crash

    monkeypatch.setattr(ErasureKeys, "destroy", crash)
    with pytest.raises(Crash):
        erase_passport(there.database, there.owner.passport)
    assert "section_versions" in _mentions(there.database, passport_id)
    for attempt in ATTEMPTS.values():
        with pytest.raises(Exception):  # noqa: B017, PT011
            attempt(there, there.database)
    assert sweep(there.database) == 1
    assert _mentions(there.database, passport_id) == set()
    assert sweep(there.database) == 0


def test_when_the_rows_cannot_be_deleted_she_still_has_her_receipt(
    there: Situation, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Database.write

    class Unable:
        def __init__(self, inner: object) -> None:
            self.inner = inner

        def __enter__(self) -> object:
            return self.inner.__enter__()  # type: ignore[attr-defined]

        def __exit__(self, *_: object) -> None:
            self.inner.__exit__(DatabaseUnavailable, DatabaseUnavailable(), None)  # type: ignore[attr-defined]

    monkeypatch.setattr(
        Database,
        "write",
        lambda self: Unable(write(self)) if self is there.database else write(self),
    )
    assert erase_passport(there.database, there.owner.passport).number
    monkeypatch.setattr(Database, "write", write)
    assert sweep(there.database) == 1


def test_a_backup_that_is_put_back_is_emptied_of_her_again(
    erased: Situation, tmp_path: Path
) -> None:
    backup = restored(erased, tmp_path, erased.database.erasure_keys.url)
    assert _mentions(backup, erased.owner.passport.passport_id)
    assert sweep(backup) == 1
    assert not _mentions(backup, erased.owner.passport.passport_id)
    assert open_session(backup, erased.sam.own.cookie) is not None
    backup.close()


def test_a_lost_store_of_erasure_keys_makes_the_sweep_delete_nobody(
    there: Situation, tmp_path: Path
) -> None:
    backup = restored(there, tmp_path, f"sqlite:///{tmp_path}/empty.sqlite")
    assert sweep(backup) == 0
    assert _mentions(backup, there.owner.passport.passport_id)
    backup.close()


def test_an_erasure_counts_what_it_erased(there: Situation) -> None:
    receipt = erase_passport(there.database, there.owner.passport)
    assert receipt.backups_are_dead
    counts = receipt.counts
    assert (counts.sections, counts.versions, counts.attachments) == (1, 1, 1)
    assert (counts.shares, counts.supporters) == (2, 2)
