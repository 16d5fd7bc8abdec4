"""The thief's search finds what is there, in every disguise that it claims to know."""

import gzip
import os
import sqlite3
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.word_search import Source, everything_in, find_words, main

WORD = "Quibblefrost>>?"
FILLER = os.urandom(400).hex().encode()
DISGUISES: dict[str, Callable[[bytes], bytes]] = {
    "raw": lambda text: text,
    "lower case": lambda text: text.lower(),
    "upper case": lambda text: text.upper(),
    "UTF-16 LE": lambda text: text.decode().encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.decode().encode("utf-16-be"),
    "UTF-16 BE in upper case": lambda text: text.decode().upper().encode("utf-16-be"),
    "hex": lambda text: text.hex().encode(),
    "upper hex": lambda text: text.hex().upper().encode(),
    "hex of lower case": lambda text: text.lower().hex().encode(),
    "base64": b64encode,
    "base64url": urlsafe_b64encode,
    "base64 of upper case": lambda text: b64encode(text.upper()),
}
PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "not packed": lambda text: text,
    "zlib": zlib.compress,
    "zlib, stored": lambda text: zlib.compress(text, 0),
    "gzip": gzip.compress,
    "raw deflate": lambda text: zlib.compress(text, wbits=-15),
    "a broken stream": lambda text: zlib.compress(text + FILLER, wbits=-15)[:-60],
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
@pytest.mark.parametrize("packing", PACKINGS.values(), ids=PACKINGS)
@pytest.mark.parametrize("shift", range(3))
def test_a_word_is_found_in_every_disguise(
    disguise: Callable[[bytes], bytes], packing: Callable[[bytes], bytes], shift: int
) -> None:
    hidden = packing(disguise(b"and so on, "[shift:] + WORD.encode() + b" and so on"))
    source = Source("disk", os.urandom(300) + hidden + os.urandom(300))
    assert {find.where for find in find_words([WORD], [source])} == {"disk"}


def test_secret_bytes_are_found_raw_hex_and_in_base64() -> None:
    secret = os.urandom(32)
    for hidden in (secret, secret.hex().encode(), b64encode(secret), urlsafe_b64encode(secret)):
        assert find_words([secret], [Source("disk", os.urandom(50) + hidden)])


def test_what_is_not_there_is_not_found() -> None:
    near = WORD[:-1].encode()
    source = Source("disk", os.urandom(50_000) + near + b64encode(near) + zlib.compress(near))
    assert find_words([WORD, os.urandom(32)], [source]) == []


def test_a_word_too_short_to_mean_anything_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        find_words(["Bee"], [])


def test_it_looks_into_files_tables_write_ahead_log_and_backup(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "passport.sqlite")
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE notes (words TEXT, packed BLOB)")
    long_value = os.urandom(9000) + WORD.encode()
    database.execute("INSERT INTO notes VALUES (?, ?)", (f"x{WORD}", long_value))
    database.commit()
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "service.log").write_text(f"saved {WORD}")
    found = {find.where for find in find_words([WORD], everything_in(tmp_path))}
    assert found == {"passport.sqlite-wal", "table notes", "SQL backup", "logs/service.log"}
    database.close()


def test_it_can_be_asked_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a").write_text(WORD)
    assert main(str(tmp_path), WORD) == 1
    assert "Quibblefrost" in capsys.readouterr().out
    assert main(str(tmp_path), "Something else") == 0
