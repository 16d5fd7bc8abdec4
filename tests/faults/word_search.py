"""Searches bytes for words the way a patient thief would: encoded, and inside packed streams.

Command line, on a running instance's folder: `python -m tests.faults.word_search FOLDER WORD...`
"""

import sqlite3
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

SHORTEST_WORD = 6
_FIRST_LOOK, _WHOLE_STREAM, _PIECE = 512, 1 << 20, 64
_TEXT = bytes([9, 10, 13, *range(32, 127)])


@dataclass(frozen=True)
class Find:
    """A word that was found: where, and in what disguise."""

    word: str
    where: str
    how: str


@dataclass(frozen=True)
class Source:
    """Bytes that a thief may have, under a name that says which."""

    name: str
    content: bytes


def find_words(words: Iterable[str | bytes], sources: Iterable[Source]) -> list[Find]:
    """Every word that is in any of the sources, in any disguise.

    Words need at least 6 characters (or bytes), or chance would find them everywhere.
    """
    disguises = {word: list(_disguises(word)) for word in words}
    finds = []
    for source in sources:
        inflated = b"\0".join(_inflated(source.content))
        for packing, content in (("", source.content), ("deflated ", inflated)):
            haystacks = {False: content, True: content.lower()}
            finds += [
                Find(repr(word), source.name, packing + how)
                for word, needles in disguises.items()
                for how, needle, folded in needles
                if needle in haystacks[folded]
            ]
    return finds


def files_in(folder: Path) -> Iterator[Source]:
    """Every file under a folder: the database, its write-ahead log, configuration, logs."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield Source(str(path.relative_to(folder)), path.read_bytes())


def values_in(database: Path) -> Iterator[Source]:
    """Every table of a SQLite file, value after value: in the file a long value is in pieces."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in names.fetchall():
            rows = connection.execute(f'SELECT * FROM "{table}"')
            yield Source(f"table {table}", b"\0".join(map(_as_bytes, chain.from_iterable(rows))))
    connection.close()


def backup_of(database: Path) -> Source:
    """The database as SQL text, as a backup keeps it."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        dump = "\n".join(connection.iterdump()).encode()
    connection.close()
    return Source("SQL backup", dump)


def everything_in(folder: Path) -> list[Source]:
    """All that a thief of an instance folder has: its files, its tables and an SQL backup."""
    sources = list(files_in(folder))
    for path in folder.rglob("*.sqlite"):
        sources += [*values_in(path), backup_of(path)]
    return sources


def _disguises(word: str | bytes) -> Iterator[tuple[str, bytes, bool]]:
    """(how, needle, whether case is ignored) for each way in which a word may be written."""
    if len(word) < SHORTEST_WORD:
        raise ValueError(f"too short to search for: {word!r}")
    if isinstance(word, bytes):
        yield "raw", word, False
        yield from _encodings(word)
        return
    yield "raw", word.encode().lower(), True
    yield "UTF-16 LE", word.encode("utf-16-le").lower(), True
    yield "UTF-16 BE", word.encode("utf-16-be").lower(), True
    for spelling in {word, word.lower(), word.upper(), word.title()}:
        yield from _encodings(spelling.encode())


def _encodings(raw: bytes) -> Iterator[tuple[str, bytes, bool]]:
    yield "hex", raw.hex().encode(), True
    for before in range(3):
        # Of the text's ends only those characters that its neighbours can't change.
        encoded = b64encode(bytes(before) + raw)
        first, last = -(-before * 8 // 6), (before + len(raw)) * 8 // 6
        yield f"base64 +{before}", encoded[first:last], False
        url_safe = encoded[first:last].translate(bytes.maketrans(b"+/", b"-_"))
        yield f"base64url +{before}", url_safe, False


def _inflated(content: bytes) -> Iterator[bytes]:
    """What raw DEFLATE streams in here hold; zlib and gzip are the same behind their headers.

    A stream may begin at any byte. Only what inflates to text is kept.
    """
    view = memoryview(content)
    for start in range(len(content)):
        if content[start] & 6 == 6:  # a block type that does not exist (RFC 1951, 3.2.3)
            continue
        if _looks_like_text(_inflate(view[start : start + _FIRST_LOOK], 128)):
            yield _inflate(view[start : start + _WHOLE_STREAM], _WHOLE_STREAM)


def _inflate(packed: memoryview, most: int) -> bytes:
    """What comes out until the stream ends, breaks off or has given `most` bytes."""
    stream, out = zlib.decompressobj(wbits=-15), b""
    for at in range(0, len(packed), _PIECE):
        try:
            out += stream.decompress(packed[at : at + _PIECE])
        except zlib.error:
            break
        if stream.eof or len(out) > most:
            break
    return out


def _looks_like_text(inflated: bytes) -> bool:
    if len(inflated) < SHORTEST_WORD:
        return False
    odd = inflated.replace(b"\0", b"").translate(None, _TEXT)
    return len(odd) * 8 < len(inflated)


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def main(folder: str, *words: str) -> int:
    """Print what was found; 1 if anything was."""
    finds = find_words(words, everything_in(Path(folder)))
    for find in finds:
        print(f"{find.word} in {find.where} ({find.how})")
    return int(bool(finds))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
