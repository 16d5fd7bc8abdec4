"""The shape of a help topic. Its words are marked for the catalogues; the page translates them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Heading:
    """Begins a part of a topic."""

    words: str


@dataclass(frozen=True)
class Points:
    """A list of short lines; numbered where they are steps."""

    lines: tuple[str, ...]
    is_numbered: bool = False


Block = str | Heading | Points
"""A text is a paragraph."""


@dataclass(frozen=True)
class Topic:
    """One page of help. `key` is in its address: never rename one."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class TopicGroup:
    """Topics that stand together in the list of all help."""

    title: str
    topics: tuple[Topic, ...]


def points(*lines: str) -> Points:
    """A list."""
    return Points(lines)


def steps(*lines: str) -> Points:
    """A numbered list."""
    return Points(lines, is_numbered=True)
