"""The very document that a share would hold, before there is a share: nothing is kept or told."""

from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import Connection

from passport.accounts.preferences import read_preferences
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.fhir.model import Document
from passport.sharing.change_contents import with_contents
from passport.sharing.create_share import checked_terms, new_share, share_id_of
from passport.sharing.share import Share, ShareTerms
from passport.sharing.share_attachments import by_section, shared_attachments
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
        files = [section.files for section in self.document.sections]
        return sha256(repr((seen, self.document.identity, files)).encode()).hexdigest()


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
        terms = checked_terms(terms, story)
        share = new_share(share_id_of(passport, once), terms, organisation)
        return _of(connection, passport, share, story)


def preview_change(
    database: Database, passport: UnlockedPassport, share_id: str, chosen: ShareTerms
) -> Preview:
    """What a share would hold with other parts in it. Raises what changing it would raise."""
    with database.read() as connection:
        share = find_share(connection, passport, share_id)
        story = read_story(connection, passport)
        terms = checked_terms(with_contents(share.terms, chosen), story)
        passport.access.require("share", *terms.section_keys)
        changed = replace(share, record=replace(share.record, terms=terms))
        return _of(connection, passport, changed, story)


def _of(
    connection: Connection, passport: UnlockedPassport, share: Share, story: list[Section]
) -> Preview:
    sections = shared_sections(share.terms, story)
    months = read_preferences(connection, passport).review_months
    files = by_section(shared_attachments(connection, passport, share, sections))
    return Preview(
        share,
        document_of(share, story, months, files),
        share_document(share, story, months, files),
        sections,
    )
