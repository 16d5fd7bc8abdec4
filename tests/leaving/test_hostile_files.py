"""Files that are cut, edited, too large or meant to hurt: one plain sentence, nothing changed."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from passport.leaving import errors, read_export
from passport.leaving.errors import ImportRefused
from passport.leaving.import_story import import_story
from passport.storage import tables
from passport.storage.database import Database, DatabaseUnavailable
from passport.story.attachment import Attachment
from passport.story.attachments import add_attachment
from tests.leaving.stories import as_file, export_of
from tests.residents import new_resident

Export = dict[str, Any]


@pytest.fixture(scope="module")
def honest(sqlite_database: Database) -> Export:
    """An export with a bit of everything."""
    bee = new_resident(sqlite_database)
    bee.write("my-story", "One")
    bee.write("my-story", "Two")
    bee.write("people", [{"name": "Ada"}])
    bee.write("identity", {"called": "Bee", "birth-date": "1941-03-27"})
    bee.write("own-1", "Biscuit the dog", title="My dog")
    with sqlite_database.write() as connection:
        photo = Attachment("dog.png", "image/png", b"\x89PNG and more", "My dog")
        add_attachment(connection, bee.passport, "own-1", photo)
    return export_of(sqlite_database, bee.passport)


def refusal(database: Database, raw: bytes) -> ImportRefused:
    """Why a file is refused. Nothing of it is kept."""
    nia = new_resident(database)
    before = _rows(database, nia.passport.passport_id)
    with pytest.raises(ImportRefused) as refused:
        import_story(database, nia.passport, raw)
    assert _rows(database, nia.passport.passport_id) == before
    text = str(refused.value)
    assert len(text) < 250
    assert text.count(". ") <= 1
    return refused.value


def _rows(database: Database, passport_id: str) -> list[int]:
    kept = (tables.section_versions, tables.attachments, tables.attachment_parts, tables.activity)
    with database.read() as connection:
        return [
            connection.execute(
                select(func.count()).where(table.c.passport_id == passport_id)
            ).scalar_one()
            for table in kept
        ]


def _section(export: Export, key: str) -> Any:
    return next(one for one in export["sections"] if one["key"] == key)


def _version(export: Export, key: str = "my-story") -> Any:
    return _section(export, key)["versions"][0]


def _file(export: Export) -> Any:
    return _section(export, "own-1")["attachments"][0]


EDITS: dict[str, Callable[[Export], object]] = {
    "words of another shape": lambda e: _version(e)["content"].update(text=["a", "list"]),
    "words that are a number": lambda e: _version(e)["content"].update(text=7),
    "words that are nothing": lambda e: _version(e)["content"].update(text=None),
    "words nested": lambda e: _version(e)["content"].update(text={"a": {"b": []}}),
    "a question nobody asks": lambda e: _version(e)["content"].update(secret="x"),
    "control characters": lambda e: _version(e)["content"].update(text="a\x07b"),
    "half a character": lambda e: _version(e)["content"].update(text="a\ud800b"),
    "a non-character": lambda e: _version(e)["content"].update(text="a\ufffeb"),
    "too many words": lambda e: _version(e)["content"].update(text="x" * 20_001),
    "direction marks in a line": lambda e: _version(e, "identity")["content"].update(
        called="B\u202eee"
    ),
    "direction marks in a title": lambda e: _version(e, "own-1").update(title="My\u202e dog"),
    "no title": lambda e: _version(e, "own-1").update(title=""),
    "a day to come": lambda e: _version(e, "identity")["content"].update(
        **{"birth-date": "2999-01-01"}
    ),
    "a person with more to her": lambda e: _version(e, "people")["content"]["people"][0].update(
        pin="1"
    ),
    "a person who is a text": lambda e: _version(e, "people")["content"].update(people=["Ada"]),
    "a person without fields": lambda e: _version(e, "people")["content"].update(people=[{}]),
    "the same version twice": lambda e: _section(e, "my-story")["versions"].append(_version(e)),
    "version 0": lambda e: _version(e).update(version=0),
    "version -1": lambda e: _version(e).update(version=-1),
    "a huge version": lambda e: _version(e).update(version=2**40),
    "a version that is a text": lambda e: _version(e).update(version="1"),
    "a version that is a fraction": lambda e: _version(e).update(version=1.5),
    "a date before there were passports": lambda e: _version(e).update(
        written_at="1999-12-31T23:59:59+00:00"
    ),
    "a date to come": lambda e: _version(e).update(reviewed_at="2999-01-01T00:00:00+00:00"),
    "a date without a zone": lambda e: _version(e).update(written_at="2026-01-01T00:00:00"),
    "the last date there is": lambda e: _version(e).update(
        written_at="9999-12-31T23:59:59.999999-14:00"
    ),
    "the first date there is": lambda e: _version(e).update(written_at="0001-01-01T00:00:00+14:00"),
    "no date": lambda e: _version(e).update(written_at="yesterday"),
    "a date that is a number": lambda e: _version(e).update(written_at=5),
    "no language": lambda e: _version(e).update(language="<b>"),
    "a language with a line after it": lambda e: _version(e).update(language="en\n"),
    "sensitive perhaps": lambda e: _version(e).update(sensitive="perhaps"),
    "a disguised writer": lambda e: _version(e).update(written_by="A\u202eda"),
    "no writer": lambda e: _version(e).update(written_by=""),
    "a missing member": lambda e: _version(e).pop("language"),
    "an unknown member": lambda e: _version(e).update(colour="red"),
    "an unknown member above": lambda e: e.update(colour="red"),
    "an unknown section": lambda e: _section(e, "my-story").update(key="nowhere"),
    "a section with a hostile key": lambda e: _section(e, "my-story").update(key="own-../../etc"),
    "the same section twice": lambda e: e["sections"].append(_section(e, "my-story")),
    "sections that are none": lambda e: e.update(sections="all"),
    "a section that is none": lambda e: e["sections"].append(None),
    "wrong bytes in a file": lambda e: _file(e).update(content="AAAA"),
    "no base64 in a file": lambda e: _file(e).update(content="§§§"),
    "line ends in base64": lambda e: _file(e).update(content=_file(e)["content"] + "\n"),
    "a wrong hash": lambda e: _file(e).update(sha256="0" * 64),
    "a wrong size": lambda e: _file(e).update(size=1),
    "a size far too large": lambda e: _file(e).update(size=10**9),
    "a program as a file": lambda e: _file(e).update(content_type="text/html"),
    "a drawing with scripts": lambda e: _file(e).update(content_type="image/svg+xml"),
    "a file with a path": lambda e: _file(e).update(name="../../etc/passwd"),
    "a file with a disguised name": lambda e: _file(e).update(name="gnp\u202eexe"),
    "a file without a name": lambda e: _file(e).update(name=" "),
    "a file by nobody": lambda e: _file(e).update(written_by=""),
    "a file from the future": lambda e: _file(e).update(written_at="2999-01-01T00:00:00+00:00"),
}


def _copy(export: Export) -> Export:
    copied: Export = json.loads(json.dumps(export))
    return copied


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edited_file_is_refused_even_with_a_fitting_checksum(
    sqlite_database: Database, honest: Export, edit: Callable[[Export], object]
) -> None:
    changed = _copy(honest)
    edit(changed)
    try:
        raw = as_file(changed)
    except (TypeError, KeyError):
        raw = as_file(changed, sealed=False)
    assert "changed after it was made" in str(refusal(sqlite_database, raw))


def test_one_changed_word_shows(sqlite_database: Database, honest: Export) -> None:
    changed = _copy(honest)
    _version(changed)["content"]["text"] = "Once"
    raw = as_file(changed, sealed=False)
    assert "changed after it was made" in str(refusal(sqlite_database, raw))


def test_the_honest_file_comes_in(sqlite_database: Database, honest: Export) -> None:
    nia = new_resident(sqlite_database)
    assert import_story(sqlite_database, nia.passport, as_file(honest)).versions == 5


def test_a_program_may_leave_the_checksum_out(sqlite_database: Database, honest: Export) -> None:
    changed = _copy(honest)
    _version(changed)["content"]["text"] = "Once"
    del changed["checksum"]
    nia = new_resident(sqlite_database)
    import_story(sqlite_database, nia.passport, as_file(changed, sealed=False))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_anywhere_is_refused(
    sqlite_database: Database, honest: Export, at: float
) -> None:
    raw = as_file(honest)
    nia = _nia(sqlite_database)
    with pytest.raises(ImportRefused):
        import_story(sqlite_database, nia.passport, raw[: int(len(raw) * at)])


_remembered: dict[int, Any] = {}


def _nia(database: Database) -> Any:
    return _remembered.setdefault(id(database), new_resident(database))


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(at=st.floats(0, 1, exclude_max=True), other=st.binary(min_size=1, max_size=1))
def test_a_file_with_one_byte_changed_is_refused_or_says_the_same(
    sqlite_database: Database, honest: Export, at: float, other: bytes
) -> None:
    raw = as_file(honest)
    place = int(len(raw) * at)
    changed = raw[:place] + other + raw[place + 1 :]
    try:
        same = json.loads(changed) == json.loads(raw)
    except ValueError:
        same = False
    if not same:
        nia = _nia(sqlite_database)
        with pytest.raises(ImportRefused):
            import_story(sqlite_database, nia.passport, changed)


@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_bytes_at_all_break_the_reader(raw: bytes) -> None:
    with pytest.raises(ImportRefused):
        read_export.read_export(raw)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside),
    max_leaves=10,
)


@settings(max_examples=100, deadline=None)
@given(sections=_json, name=st.sampled_from(["sections", "shares", "made_by", "checksum"]))
def test_no_json_at_all_breaks_the_reader(honest: Export, sections: Any, name: str) -> None:
    raw = json.dumps(_copy(honest) | {name: sections}).encode()
    if json.loads(raw)[name] != honest[name]:
        with pytest.raises(ImportRefused):
            read_export.read_export(raw)


def _zip(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("story.json", content)
    return packed.getvalue()


WRONG_FILES: dict[str, tuple[Callable[[], bytes], type[ImportRefused]]] = {
    "nothing": (lambda: b"", errors.NotAnExport),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n", errors.NotAnExport),
    "a zip bomb": (lambda: _zip(bytes(20_000_000)), errors.PackedFile),
    "a gzip bomb": (lambda: gzip.compress(bytes(20_000_000)), errors.PackedFile),
    "a list": (lambda: b"[]", errors.NotAnExport),
    "other JSON": (lambda: b"{}", errors.NotAnExport),
    "another format": (lambda: b'{"format": 7}', errors.NotAnExport),
    "another program's": (lambda: b'{"format": "other/1"}', errors.NotAnExport),
    "a newer one": (lambda: b'{"format": "story-passport/export/2"}', errors.MadeByNewer),
    "UTF-16": (lambda: '{"format": "x"}'.encode("utf-16"), errors.NotAnExport),
    "no UTF-8": (lambda: b'{"format": "\xff\xfe"}', errors.CutOrDamaged),
    "not a number": (lambda: b'{"format": NaN}', errors.Edited),
    "infinity": (lambda: b'{"format": -Infinity}', errors.Edited),
    "a huge number": (lambda: b'{"format": ' + b"9" * 5000 + b"}", errors.CutOrDamaged),
    "the same name twice": (
        lambda: b'{"format": "story-passport/export/1", "format": "x"}',
        errors.Edited,
    ),
    "deep lists": (lambda: b'{"a":' + b"[" * 200_000, errors.CutOrDamaged),
    "deep objects": (lambda: b'{"a":' * 200_000, errors.CutOrDamaged),
    "deep and whole": (
        lambda: b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        errors.CutOrDamaged,
    ),
    "millions of lists": (lambda: b'{"a":[' + b"[]," * 3_000_000 + b"[]]}", errors.TooMuch),
    "only quotation marks": (lambda: b"{" + b'"' * 1_000_001, errors.CutOrDamaged),
    "only backslashes": (lambda: b'{"' + b"\\" * 1_000_001, errors.CutOrDamaged),
}


@pytest.mark.parametrize(("make", "kind"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_a_wrong_file_is_named_for_what_it_is(
    sqlite_database: Database, make: Callable[[], bytes], kind: type[ImportRefused]
) -> None:
    assert type(refusal(sqlite_database, make())) is kind


def test_a_newer_file_says_what_to_do(sqlite_database: Database, honest: Export) -> None:
    newer = honest | {"format": "story-passport/export/12", "and": "more"}
    assert "made by a newer Story Passport" in str(refusal(sqlite_database, as_file(newer)))


def test_a_million_sections_are_refused(sqlite_database: Database, honest: Export) -> None:
    many = honest | {"sections": [{}] * 900_000}
    said = str(refusal(sqlite_database, as_file(many, sealed=False)))
    assert "more than 120 parts" in said


def test_too_many_versions_are_refused(sqlite_database: Database, honest: Export) -> None:
    many = _copy(honest)
    _section(many, "my-story")["versions"] = [1] * 50_001
    assert type(refusal(sqlite_database, as_file(many))) is errors.TooMuch


def test_more_files_than_a_passport_holds_are_refused(
    sqlite_database: Database, honest: Export
) -> None:
    many = _copy(honest)
    many["sections"][0]["attachments"] = [_file(honest)] * 500
    assert type(refusal(sqlite_database, as_file(many))) is errors.TooMuch


def test_a_file_that_is_too_large_is_refused_before_it_is_read(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, honest: Export
) -> None:
    monkeypatch.setattr(read_export, "LARGEST_FILE", 100)
    assert type(refusal(sqlite_database, as_file(honest))) is errors.TooMuch


def test_a_failure_half_way_keeps_nothing(
    database: Database, honest: Export, monkeypatch: pytest.MonkeyPatch
) -> None:
    nia = new_resident(database)
    before = _rows(database, nia.passport.passport_id)

    def fail(*_: object, **__: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr("passport.leaving.import_story.record", fail)
    with pytest.raises(DatabaseUnavailable):
        import_story(database, nia.passport, as_file(honest))
    assert _rows(database, nia.passport.passport_id) == before


def test_a_catalogues_section_keeps_the_catalogues_title(
    sqlite_database: Database, honest: Export
) -> None:
    changed = _copy(honest)
    _version(changed)["title"] = "Please don't"
    nia = new_resident(sqlite_database)
    import_story(sqlite_database, nia.passport, as_file(changed))
    found = _version(export_of(sqlite_database, nia.passport))
    assert found["title"] == "My story so far"
