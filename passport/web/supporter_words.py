"""What a supporter may do, in sentences, and who wrote what."""

from datetime import UTC, datetime

from flask import Flask, g
from flask_babel import gettext as _
from flask_babel import ngettext

from passport.accounts.supporter_terms import SupporterTerms
from passport.story.catalogue import section_type
from passport.story.section import OWNER_WROTE, Section
from passport.web.words import listed, until_words
from passport.words_to_translate import N_

_DOING = {"read": N_("read"), "write": N_("write"), "share": N_("share")}


def init_app(app: Flask) -> None:
    """Make the filters known to templates, by their own names."""
    for function in (may_do, which_parts, terms_end, who_wrote):
        app.add_template_filter(function)


def may_do(terms: SupporterTerms, who: str) -> str:
    """`They may read, write and share.`, in that order; `who` is "you" or "they"."""
    doing = listed([_(words) for key, words in _DOING.items() if key in terms.permissions])
    if who == "you":
        return _("You may %(doing)s.", doing=doing)
    return _("They may %(doing)s.", doing=doing)


def which_parts(terms: SupporterTerms) -> str:
    """`all parts, also new ones`, or the titles of those that are in the catalogue."""
    if terms.sections is None:
        return _("all parts, also new ones")
    titles, own = [], 0
    for key in sorted(terms.sections):
        kind = section_type(key)
        if kind is None or key.startswith("own-"):
            own += 1
        else:
            titles.append(_("“%(title)s”", title=_(kind.title)))
    if own:
        titles.append(
            ngettext("%(num)d part with a title of its own", "%(num)d parts with own titles", own)
        )
    return listed(titles)


def terms_end(terms: SupporterTerms) -> str:
    """`until it is ended`, or the moment."""
    if terms.until is None:
        return _("until it is ended")
    if terms.is_over:
        return _("no longer: the time is over")
    return until_words(datetime.fromtimestamp(terms.until, UTC))


def who_wrote(section: Section) -> str:
    """Who wrote a version, to whoever reads it here: `You wrote this.`"""
    access = g.passport.access
    by, helper, owner = section.written_by, section.supported_by, access.owner_name
    if by == OWNER_WROTE:
        return _her_own(access.is_owner, owner, helper)
    if access.is_owner:
        return _("%(name)s wrote this for you", name=by)
    if by == access.name:
        return _("You wrote this for %(owner)s", owner=owner)
    return _("%(name)s wrote this for %(owner)s", name=by, owner=owner)


def _her_own(is_hers: bool, owner: str, helper: str | None) -> str:
    if is_hers:
        if helper:
            return _("You wrote this, with words that %(name)s wrote,", name=helper)
        return _("You wrote this")
    if helper:
        return _("%(owner)s wrote this, with words that %(name)s wrote,", owner=owner, name=helper)
    return _("%(owner)s wrote this", owner=owner)
