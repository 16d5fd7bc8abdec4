"""A language that nobody speaks: every text stands in brackets, so that whatever does not is seen.

It takes the place of Urdu, so that pages also stand the other way round.
"""

import re
from html import unescape
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from tests.language.catalogues import said

CODE = "ur"
OPEN, CLOSE = "⟦", "⟧"
_INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_NOT_SHOWN = re.compile(r"<(style|script)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_FOR_SCRIPTS = re.compile(r"<template data-words>.*?</template>", re.DOTALL)
_ITS_NAME = re.compile(r"^\s*[\w-]+ ", re.MULTILINE)
_READ_OUT = re.compile(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"')
_BUTTON = re.compile(r'<input[^>]*type="submit"[^>]*value="([^"]*)"')
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]{2,}")


def write_catalogue(directory: Path) -> None:
    """The catalogue of this language, compiled, where the service looks for Urdu."""
    catalogue = Catalog(locale=CODE)
    for message in said():
        if isinstance(message.id, str):
            catalogue.add(message.id, _in_brackets(message.id), context=message.context)
        else:
            catalogue.add(message.id, tuple(map(_in_brackets, message.id)), context=message.context)
    home = directory / CODE / "LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "messages.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    written = BytesIO()
    write_po(written, catalogue)
    checked = written.getvalue().decode().replace('"MIME', '"X-Checked-By: a test\\n"\n"MIME', 1)
    (home / "messages.po").write_text(checked)


def _in_brackets(text: str) -> str:
    return f"{OPEN}{text}{CLOSE}"


def untranslated(page: str, apart: list[str], codes: re.Pattern[str]) -> set[str]:
    """What an HTML page says outside of brackets, without the words in `apart` and codes."""
    seen = _NOT_SHOWN.sub("", page)
    seen = _FOR_SCRIPTS.sub(lambda found: _ITS_NAME.sub("", found[0]), seen)
    texts = [*_READ_OUT.findall(seen), *_BUTTON.findall(seen)]
    texts += _outside(unescape(_TAG.sub("\n", seen))).split("\n")
    found = set()
    for text in texts:
        rest = _outside(unescape(text)).strip()
        for words in apart:
            rest = rest.replace(words, "")
        rest = codes.sub("", rest)
        if _WORD.search(rest):
            found.add(rest.strip())
    return found


def _outside(text: str) -> str:
    while OPEN in text:
        shorter = _INNERMOST.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text
