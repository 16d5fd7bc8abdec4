"""A text as short lines, one for each sentence. Every word stays, in its order."""

import re

_MOST_WORDS = 14
# A sentence ends at one of these, in the scripts that our residents write, before a space.
_SENTENCE = re.compile(r"(?<=[.!?…。！？।۔؟])\s+|\n+")
_PAUSE = re.compile(r"(?<=[,;:،؛])\s+")


def easy_lines(text: str) -> list[str]:
    """The sentences of a text; a long one is taken apart where its writer made a pause."""
    sentences = [part.strip() for part in _SENTENCE.split(text)]
    return [line for sentence in sentences if sentence for line in _short(sentence)]


def _short(sentence: str) -> list[str]:
    if len(sentence.split()) <= _MOST_WORDS:
        return [sentence]
    lines: list[str] = []
    for clause in _PAUSE.split(sentence):
        together = f"{lines[-1]} {clause}" if lines else ""
        if together and len(together.split()) <= _MOST_WORDS:
            lines[-1] = together
        else:
            lines.append(clause)
    return lines
