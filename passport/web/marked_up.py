"""Whole sentences that hold a name, a link or words for screen readers only.

A translator sees the sentence in one piece, and moves what is in it as her language needs.
"""

from collections.abc import Iterable

from flask import Flask
from markupsafe import Markup


def init_app(app: Flask) -> None:
    """Make the functions known to templates, by their own names."""
    app.add_template_filter(apart)
    app.add_template_filter(linked)
    app.add_template_global(act)


def apart(text: object) -> Markup:
    """A name that may be in another direction of writing than the sentence around it."""
    return Markup("<bdi>{}</bdi>").format(text)


def linked(sentence: Markup, *addresses: str) -> Markup:
    """The sentence with its `<a>`s leading to these addresses, in their order."""
    # What was put into the sentence is escaped, so that each <a> is the sentence's own.
    first, *others = sentence.split("<a>")
    links = (Markup('<a href="{}">').format(address) for address in addresses)
    return first + Markup("").join(_both(zip(links, others, strict=True)))


def act(shown: str, whole: str) -> Markup:
    """A short word for the eye, and for the ear the whole: which of many is meant."""
    return Markup(
        '<span aria-hidden="true">{}</span><span class="nhsuk-u-visually-hidden">{}</span>'
    ).format(shown, whole)


def _both(pairs: Iterable[tuple[Markup, str]]) -> Iterable[str]:
    for link, words in pairs:
        yield link
        yield words
