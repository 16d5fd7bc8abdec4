"""The very document that a share would hold, before there is a share: nothing is kept or told."""

from dataclasses import dataclass, replace
from hashlib import sha256

from passport.accounts.preferences import read_preferences
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.fhir.model import Document
from passport.sharing.change_contents import with_contents
from passport.sharing.create_share import checked_terms, new_share, share_id_of
from passport.sharing.share import Share, ShareTerms
from passport.sharing.share_document import document_of, share_document, shared_sections
from passport.sharing.share_rows import find_share
from passport.storage.database import Database
from passport.story.section import Section
from passport.story.sections import read_story


@dataclass(frozen=True)
class Preview:
    """What readers would see: as values, and as the bytes that would be encrypted for them."""

    share: Share
    document: Document
    file: bytes
    sections: list[Section]

    @property
    def mark(self) -> str:
        """Another one whenever the choice, or a word of what is chosen, is another."""
        seen = (self.share.terms, [(s.key, s.version) for s in self.sections])
        facts = self.document.identity
        return sha256(repr((seen, facts)).encode()).hexdigest()


def preview(
    database: Database,
    passport: UnlockedPassport,
    terms: ShareTerms,
    organisation: str | None = None,
    once: str = "",
) -> Preview:
    """What a share of these terms would hold now. Raises what making it would raise."""
    passport.access.require("share", *terms.section_keys)
    with database.read() as connection:
        story = read_story(connection, passport)
        months = read_preferences(connection, passport).review_months
    terms = checked_terms(terms, story)
    return _of(new_share(share_id_of(passport, once), terms, organisation), story, months)


def preview_change(
    database: Database, passport: UnlockedPassport, share_id: str, chosen: ShareTerms
) -> Preview:
    """What a share would hold with other parts in it. Raises what changing it would raise."""
    with database.read() as connection:
        share = find_share(connection, passport, share_id)
        story = read_story(connection, passport)
        months = read_preferences(connection, passport).review_months
    terms = checked_terms(with_contents(share.terms, chosen), story)
    passport.access.require("share", *terms.section_keys)
    return _of(replace(share, record=replace(share.record, terms=terms)), story, months)


def _of(share: Share, story: list[Section], months: int) -> Preview:
    return Preview(
        share,
        document_of(share, story, months),
        share_document(share, story, months),
        shared_sections(share.terms, story),
    )
