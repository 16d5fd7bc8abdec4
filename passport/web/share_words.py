"""A share in sentences: who can read what until when, and who did."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import g

from passport.sharing.change_share import list_shares
from passport.sharing.receipts import MOST_SHOWN, Receipt, list_receipts
from passport.sharing.share import PASSCODE_ATTEMPTS, Share, State
from passport.sharing.share_document import shared_sections
from passport.story.catalogue import IDENTITY
from passport.story.section import Section
from passport.story.sections import shareable_story
from passport.web.fact_names import FACT_NAMES
from passport.web.words import count_words, day_words, listed, time_words, until_words
from passport.wiring import wiring

TAGS: dict[State, tuple[str, str]] = {
    "active": ("On", "green"),
    "paused": ("Paused", "yellow"),
    "expired": ("Ended", "grey"),
    "locked": ("Locked", "orange"),
    "revoked": ("Stopped", "grey"),
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
        return TAGS[self.share.state]

    @property
    def contents(self) -> str:
        """`6 parts and 2 facts`."""
        counted = []
        if self.sections:
            counted.append(count_words(len(self.sections), "part", "parts"))
        if self.facts:
            counted.append(count_words(len(self.facts), "fact about you", "facts about you"))
        return listed(counted) if counted else "nothing"

    @property
    def sentence(self) -> str:
        """What is true of this share today."""
        share, who = self.share, self.recipient
        if share.state == "active":
            return f"{who} can read {self.contents} {until_words(share.until)}."
        if share.state == "paused":
            return f"You paused it. {who} cannot read it until you start it again."
        if share.state == "locked":
            return (
                f"{who} cannot read it: someone typed a wrong passcode {PASSCODE_ATTEMPTS} "
                "times. Make a new passcode to open it again."
            )
        if share.state == "expired" and share.until is not None:
            return f"It ended {day_words(share.until)}. {who} can no longer read it."
        return f"You stopped it. {who} can no longer read it."

    @property
    def reading(self) -> str:
        """When it was last read, and by whom as they said."""
        if self.last_read is None:
            return "Nobody has read it yet."
        reader = self.last_read.reader
        who = reader.verified_as or f"{reader.recipient} (not checked)"
        return f"Last read {time_words(self.last_read.read_at)} by {who}."


def shared_story(share: Share, sections: list[Section]) -> SharedStory:
    """A share of the story that these sections make."""
    facts = next((s.content for s in sections if s.key == IDENTITY.key), {})
    named = [FACT_NAMES[key] for key in share.terms.identity if facts.get(key)]
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
