"""A thief with database, log, backup, erasure keys and configuration can read no story."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from passport.crypto import labels
from passport.crypto.inbox import InboxSealer
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing import read_share, share_attachments
from passport.sharing import share_files as writing
from passport.storage.database import Database
from tests.faults.journey import Instance, Words, instance_after_a_journey
from tests.faults.thiefs_keys import erasure_keys, guesses, share_files, try_to_open
from tests.faults.word_search import Find, Source, everything_in, find_words


def _stolen(instance: Instance, to: Path) -> Path:
    """A copy of the instance folder, taken while the service runs."""
    shutil.copytree(instance.folder, to)
    return to


def _found(folder: Path, words: Words) -> list[Find]:
    return find_words(words.planted, everything_in(folder))


@pytest.fixture(scope="module")
def stolen(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, Instance]]:
    """What the thief has, and the instance it was taken from."""
    folder = tmp_path_factory.mktemp("thief")
    with (
        pytest.MonkeyPatch.context() as patch,
        instance_after_a_journey(folder / "instance", patch) as instance,
    ):
        yield _stolen(instance, folder / "stolen"), instance


def test_the_thief_has_everything_there_is(stolen: tuple[Path, Instance]) -> None:
    folder, instance = stolen
    assert {path.name for path in folder.iterdir()} >= {
        "passport.sqlite",
        "passport.sqlite-wal",
        "passport-erasure.sqlite",
        "passport-erasure.sqlite-wal",
        "secrets.json",
        "service.log",
    }
    log = (folder / "service.log").read_text()
    assert "INSERT INTO section_versions" in log
    assert "sqlalchemy.engine" in log
    assert len(instance.words.planted) > 80


def test_none_of_the_planted_words_is_anywhere(stolen: tuple[Path, Instance]) -> None:
    folder, instance = stolen
    assert _found(folder, instance.words) == []


def test_what_the_erasure_keys_open_holds_none_of_them_either(
    stolen: tuple[Path, Instance],
) -> None:
    folder, instance = stolen
    database = Database(f"sqlite:///{folder}/passport.sqlite")
    assert len(erasure_keys(database)) == 3
    files = share_files(database)
    # Three documents; two of these shares have two attachments, and their document packed, besides.
    assert len(files) == 9
    assert find_words(instance.words.planted, [Source("files", b"\0".join(files))]) == []
    database.close()


def _in_clear(purpose: str, patch: pytest.MonkeyPatch) -> None:
    """Leave the columns of one purpose unsealed."""
    seal, open_ = UnlockedPassport.seal, UnlockedPassport.open

    def leaky_seal(
        self: UnlockedPassport, which: str, row_id: str, text: bytes, version: int = 1
    ) -> bytes:
        return b"\x01" + text if which == purpose else seal(self, which, row_id, text, version)

    def leaky_open(
        self: UnlockedPassport, which: str, row_id: str, sealed: bytes, version: int = 1
    ) -> bytes:
        return sealed[1:] if which == purpose else open_(self, which, row_id, sealed, version)

    patch.setattr(UnlockedPassport, "seal", leaky_seal)
    patch.setattr(UnlockedPassport, "open", leaky_open)


def _leave_in_clear(column: str, patch: pytest.MonkeyPatch) -> None:
    if column == "receipts.sealed":
        patch.setattr(InboxSealer, "seal", lambda self, key, text, place: b"\x01" + text)
        for module in ("receipts", "inbox"):
            patch.setattr(f"passport.sharing.{module}.open_item", lambda key, text, place: text[1:])
    elif column in WRITTEN_BY:
        for writes in (writing, share_attachments):
            by, plain = WRITTEN_BY[column], lambda key, text, content_type: text.decode()
            patch.setattr(writes, by, plain, raising=writes is writing)
            patch.setattr(writes, "seal_file", lambda key, text, *place: b"\x01" + text.encode())
        patch.setattr(read_share, "open_file", lambda key, text, *place: text[1:].decode())
    elif column == "sign_in_names.name_lookup":
        patch.setattr(Pepper, "name_lookup", lambda self, name: name.encode())
    elif column == "shares.passcode_hash":
        patch.setattr(Pepper, "passcode_hash", lambda self, share, passcode: passcode.encode())
    elif column == "shares.address_lookup":
        for module in ("create_share", "read_share", "reply_capability"):
            patch.setattr(f"passport.sharing.{module}.lookup_of", lambda text: text.encode())
    else:
        _in_clear(COLUMNS[column], patch)


WRITTEN_BY = {
    "share_files.sealed_jwe": "encrypt_file",
    "share_files.packed_jwe": "encrypt_packed",
}
COLUMNS = {
    "section_versions.sealed": labels.SECTION,
    "activity.sealed": labels.ACTIVITY,
    "shares.sealed_record": labels.SHARE_RECORD,
    "sign_in_names.sealed_name": labels.SIGN_IN_NAME,
    "key_slots.unconfirmed_code": labels.RECOVERY_CODE_COPY,
    "receipts.sealed": "",
    "reply_states.sealed": labels.REPLY_STATE,
    "told_again.sealed": labels.TOLD_AGAIN,
    **dict.fromkeys(WRITTEN_BY, ""),
    "sign_in_names.name_lookup": "",
    "shares.passcode_hash": "",
    "shares.address_lookup": "",
}


@pytest.mark.parametrize("column", COLUMNS)
def test_the_search_finds_words_when_one_column_is_left_in_clear(
    column: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _leave_in_clear(column, monkeypatch)
    with instance_after_a_journey(tmp_path / "instance", monkeypatch) as instance:
        folder = _stolen(instance, tmp_path / "stolen")
    found = {find.where for find in _found_quickly(folder, instance.words)}
    assert f"table {column.split('.')[0]}" in found


def _found_quickly(folder: Path, words: Words) -> list[Find]:
    tables = [source for source in everything_in(folder) if source.name.startswith("table ")]
    return find_words(words.planted, tables)


def test_a_line_of_a_log_would_be_found(stolen: tuple[Path, Instance], tmp_path: Path) -> None:
    _, instance = stolen
    (tmp_path / "service.log").write_text(f"saving {instance.words.planted[5]!r}")
    assert len(_found(tmp_path, instance.words)) == 1


def test_with_the_configuration_too_nothing_opens(stolen: tuple[Path, Instance]) -> None:
    folder, _ = stolen
    database = Database(f"sqlite:///{folder}/passport.sqlite")
    secrets = json.loads((folder / "secrets.json").read_text())
    keys = guesses(database, secrets)
    assert len(keys) > 100
    tried = try_to_open(database, keys)
    assert tried.opened == []
    assert set(tried.kinds) == {
        "inbox private key",
        "sign-in name",
        "key slot",
        "recovery code copy",
        "session",
        "section",
        "share record",
        "share file",
        "packed file",
        "receipt",
        "reply",
        "state of a reply",
        "thank-you",
        "answer of the measure",
        "entry of the record",
        "newest entry of the record",
    }
    database.close()


def test_with_the_passport_key_the_same_attempts_open_what_is_hers(
    stolen: tuple[Path, Instance],
) -> None:
    folder, instance = stolen
    database = Database(f"sqlite:///{folder}/passport.sqlite")
    opened = try_to_open(database, [instance.passport.key._secret]).opened
    assert {"section", "share record", "sign-in name", "inbox private key"} <= set(opened)
    database.close()
