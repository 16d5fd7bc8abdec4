"""What a supporter may do, in sentences, and who wrote what."""

from datetime import UTC, datetime

from flask import Flask, g

from passport.accounts.supporter_terms import SupporterTerms
from passport.story.catalogue import section_type
from passport.story.section import OWNER_WROTE, Section
from passport.web.words import count_words, listed, until_words

_DOING = {"read": "read", "write": "write", "share": "share"}


def init_app(app: Flask) -> None:
    """Make the filters known to templates, by their own names."""
    for function in (may_do, which_parts, terms_end, who_wrote):
        app.add_template_filter(function)


def may_do(terms: SupporterTerms) -> str:
    """`read, write and share`, in that order."""
    return listed([words for key, words in _DOING.items() if key in terms.permissions])


def which_parts(terms: SupporterTerms) -> str:
    """`all parts, also new ones`, or the titles of those that are in the catalogue."""
    if terms.sections is None:
        return "all parts, also new ones"
    titles, own = [], 0
    for key in sorted(terms.sections):
        kind = section_type(key)
        if kind is None or key.startswith("own-"):
            own += 1
        else:
            titles.append(kind.title)
    if own:
        titles.append(count_words(own, "part with a title of its own", "parts with own titles"))
    return listed([f"“{title}”" if title[0].isupper() else title for title in titles])


def terms_end(terms: SupporterTerms) -> str:
    """`until it is ended`, or the moment."""
    if terms.until is None:
        return "until it is ended"
    if terms.is_over:
        return "no longer: the time is over"
    return until_words(datetime.fromtimestamp(terms.until, UTC))


def who_wrote(section: Section) -> str:
    """Who wrote a version, to whoever reads it here: `You wrote this`."""
    access = g.passport.access
    by, helper = section.written_by, section.supported_by
    if by == OWNER_WROTE:
        who = "You wrote this" if access.is_owner else f"{access.owner_name} wrote this"
        return f"{who}, with words that {helper} wrote," if helper else who
    if access.is_owner:
        return f"{by} wrote this for you"
    return f"{'You' if by == access.name else by} wrote this for {access.owner_name}"
