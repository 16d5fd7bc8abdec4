"""What text may hold. Words are never changed; only signs that nobody can see are left out."""

import re
import unicodedata

LONGEST_SECTION = 20_000
LONGEST_LINE = 200

_NEW_LINES = re.compile("\\r\\n|[\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]")
_DIRECTION_MARKS = re.compile("[\\u202a-\\u202e\\u2066-\\u2069\\u200e\\u200f\\u061c]")
_NOT_TEXT = {"Cc", "Cs"}


def clean_text(text: str) -> str:
    """Text of many lines: line ends made `\\n`, control characters and non-characters left out.

    Marks for right-to-left writing stay; the reader's page keeps them from leaking out.
    """
    text = _NEW_LINES.sub("\n", text)
    return "".join(c for c in text if c in "\n\t" or _is_text(c))


def clean_line(text: str) -> str:
    """Text of one line, without direction marks, so that it can't disguise what stands beside."""
    text = _DIRECTION_MARKS.sub("", clean_text(text))
    return " ".join(text.split())


def _is_text(character: str) -> bool:
    if unicodedata.category(character) in _NOT_TEXT:
        return False
    return ord(character) & 0xFFFE != 0xFFFE and not 0xFDD0 <= ord(character) <= 0xFDEF
