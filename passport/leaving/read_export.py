"""Read a file that somebody says is an export. Everything in it may be hostile."""

import json
import re
from typing import Any

from marshmallow import ValidationError

from passport.leaving.checksum import checksum_of
from passport.leaving.errors import (
    CutOrDamaged,
    Edited,
    MadeByNewer,
    NotAnExport,
    PackedFile,
    TooMuch,
)
from passport.leaving.export_schema import FAMILY, FORMAT, MOST_VERSIONS, Export
from passport.story.attachment import MOST_ATTACHMENTS
from passport.story.sections import MOST_SECTIONS
from passport.words_to_translate import N_

# 200 MB of attachments in base64, and room for very many words.
LARGEST_FILE = 320 * 1000 * 1000
# Each value in memory is a hundred times its size in such a file as `[[],[],[]…`.
MOST_VALUES = 2_000_000
_TOO_MANY_PARTS = N_("There are more than %(number)s parts in this file, so we can't bring it in.")
_TOO_MANY_FILES = N_("There are more than %(number)s files in this file, so we can't bring it in.")

# Always matches from a quotation mark on, so that no text makes it look twice at a character.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_PACKED = (b"PK", b"\x1f\x8b", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"Rar!")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_export(raw: bytes) -> dict[str, Any]:
    """The export in a file, checked against its checksum and the schema; times are `datetime`.

    Raises an ImportRefused that says in one sentence what is wrong.
    """
    if len(raw) > LARGEST_FILE:
        raise TooMuch
    if raw.startswith(_PACKED):
        raise PackedFile
    export = _parsed(raw.removeprefix(_BYTE_ORDER_MARK).strip())
    _check_format(export.get("format"))
    _check_amounts(export)
    _check_sum(export)
    return _loaded(export)


def _parsed(raw: bytes) -> dict[str, Any]:
    if not raw.startswith(b"{"):
        raise NotAnExport
    structure = _STRING.sub(b"", raw)
    if sum(structure.count(sign) for sign in (b"[", b"{", b",", b":")) > MOST_VALUES:
        raise TooMuch
    try:
        export: dict[str, Any] = json.loads(
            raw, object_pairs_hook=_without_twins, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise CutOrDamaged from None
    return export


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        # Readers differ in which of two they take.
        raise Edited
    return found


def _refuse(constant: str) -> None:
    raise Edited(constant)


def _check_format(found: object) -> None:
    if found == FORMAT:
        return
    if isinstance(found, str) and re.fullmatch(re.escape(FAMILY) + "[0-9]{1,9}", found):
        raise MadeByNewer
    raise NotAnExport


def _check_amounts(export: dict[str, Any]) -> None:
    # Before anything looks at each of them.
    sections = _list(export.get("sections"))
    if len(sections) > MOST_SECTIONS:
        raise TooMuch(_TOO_MANY_PARTS, number=MOST_SECTIONS)
    parts = [section for section in sections if isinstance(section, dict)]
    if sum(len(_list(part.get("versions"))) for part in parts) > MOST_VERSIONS:
        raise TooMuch
    if sum(len(_list(part.get("attachments"))) for part in parts) > MOST_ATTACHMENTS:
        raise TooMuch(_TOO_MANY_FILES, number=MOST_ATTACHMENTS)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _check_sum(export: dict[str, Any]) -> None:
    if "checksum" not in export:
        return
    try:
        whole = checksum_of(export) == export["checksum"]
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise Edited from None
    if not whole:
        raise Edited


def _loaded(export: dict[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = Export().load(export)
    except ValidationError as error:
        raise Edited(_first_place(error.messages)) from None
    except (OverflowError, ValueError, RecursionError):
        raise Edited from None
    return loaded


def _first_place(messages: Any) -> str:
    """Where the first mistake is, such as `sections › 3 › title`; counted from 1."""
    steps: list[str] = []
    while isinstance(messages, dict) and messages:
        step, messages = next(iter(messages.items()))
        steps.append(str(step + 1) if isinstance(step, int) else str(step)[:40])
    return " › ".join(steps[:8])
