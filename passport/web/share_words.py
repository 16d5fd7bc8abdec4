"""A share in sentences: who can read what until when, and who did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import g
from flask_babel import gettext as _
from flask_babel import ngettext

from passport import clock
from passport.sharing.change_share import list_shares
from passport.sharing.receipts import MOST_SHOWN, Receipt, list_receipts, readings_since
from passport.sharing.share import PASSCODE_ATTEMPTS, Share, State
from passport.sharing.share_document import shared_sections
from passport.story.catalogue import IDENTITY
from passport.story.fact_names import FACT_NAMES
from passport.story.section import Section
from passport.story.sections import shareable_story
from passport.web.words import day_words, time_words, until_words
from passport.wiring import wiring
from passport.words_to_translate import N_

OPEN_FOR = timedelta(minutes=10)
TAGS: dict[State, tuple[str, str]] = {
    "active": (N_("On"), "green"),
    "paused": (N_("Paused"), "yellow"),
    "expired": (N_("Ended"), "grey"),
    "locked": (N_("Locked"), "orange"),
    "revoked": (N_("Stopped"), "grey"),
}


@dataclass(frozen=True)
class SharedStory:
    """A share with what readers find in it now, and its latest reading."""

    share: Share
    sections: list[Section]
    facts: list[str]
    last_read: Receipt | None = None

    @property
    def recipient(self) -> str:
        """Who it is for."""
        return self.organisation or self.share.terms.recipient

    @property
    def organisation(self) -> str | None:
        """The registered organisation that finds it in its own system; None for anyone else."""
        return self.share.record.organisation

    @property
    def is_over(self) -> bool:
        """Whether it is stopped for good, so that nothing can be changed."""
        return self.share.record.secrets is None

    @property
    def tag(self) -> tuple[str, str]:
        """The state in a word, and its colour."""
        word, colour = TAGS[self.share.state]
        return _(word), colour

    @property
    def contents(self) -> str:
        """`6 parts and 2 facts about you`."""
        parts = ngettext("%(num)s part", "%(num)s parts", len(self.sections))
        facts = ngettext("%(num)s fact about you", "%(num)s facts about you", len(self.facts))
        if self.sections and self.facts:
            return _("%(parts)s and %(facts)s", parts=parts, facts=facts)
        if self.facts:
            return facts
        return parts if self.sections else _("nothing")

    @property
    def sentence(self) -> str:
        """What is true of this share today."""
        share, who = self.share, self.recipient
        if share.state == "active" and share.terms.is_emergency:
            what, until = self.contents, until_words(share.until)
            return _("Whoever has this card can read %(what)s %(until)s.", what=what, until=until)
        if share.state == "active":
            return _(
                "%(who)s can read %(what)s %(until)s.",
                who=who,
                what=self.contents,
                until=until_words(share.until),
            )
        if share.state == "paused":
            return _("You paused it. %(who)s cannot read it until you start it again.", who=who)
        if share.state == "locked":
            return _(
                "%(who)s cannot read it: someone typed a wrong passcode %(times)s times. "
                "Make a new passcode to open it again.",
                who=who,
                times=PASSCODE_ATTEMPTS,
            )
        if share.state == "expired" and share.until is not None:
            day = day_words(share.until)
            return _("It ended %(day)s. %(who)s can no longer read it.", day=day, who=who)
        return _("You stopped it. %(who)s can no longer read it.", who=who)

    @property
    def reading(self) -> str:
        """When it was last read, and by whom as they said."""
        if self.last_read is None:
            return _("Nobody has read it yet.")
        reader, when = self.last_read.reader, time_words(self.last_read.read_at)
        if reader.verified_as:
            return _("Last read %(when)s by %(who)s.", when=when, who=reader.verified_as)
        return _("Last read %(when)s by %(who)s (not checked).", when=when, who=reader.recipient)


def shared_story(share: Share, sections: list[Section]) -> SharedStory:
    """A share of the story that these sections make."""
    facts = next((s.content for s in sections if s.key == IDENTITY.key), {})
    named = [_(FACT_NAMES[key]) for key in share.terms.identity if facts.get(key)]
    return SharedStory(share, shared_sections(share.terms, sections), named)


def my_shares() -> list[SharedStory]:
    """Every share of the signed-in resident with its latest reading, newest share first."""
    database = wiring().database
    shares, sections = list_shares(database, g.passport), shareable_story(database, g.passport)
    receipts = list_receipts(database, g.passport)
    latest = _latest(receipts)
    if len(receipts) == MOST_SHOWN:
        for share_id in {share.share_id for share in shares} - latest.keys():
            latest |= _latest(list_receipts(database, g.passport, share_id))
    found = (shared_story(share, sections) for share in shares)
    return [SharedStory(s.share, s.sections, s.facts, latest.get(s.share.share_id)) for s in found]


def _latest(receipts: Iterable[Receipt]) -> dict[str, Receipt]:
    return {receipt.share_id: receipt for receipt in reversed(list(receipts))}


def open_now_words(share_id: str) -> str:
    """`Ward 7 has it open now.`, of whoever opened it in the last minutes; empty if nobody did."""
    since = clock.now() - OPEN_FOR
    readings = readings_since(wiring().database, g.passport, share_id, since)
    names = dict.fromkeys(one.reader.verified_as or one.reader.recipient for one in readings)
    return " ".join(_("%(who)s has it open now.", who=name) for name in names)
