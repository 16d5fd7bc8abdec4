"""Change what is in a share: the same link and passcode, other parts of the story."""

from dataclasses import replace

from passport import clock
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import changing
from passport.sharing.create_share import checked_terms, refuse_too_many_files
from passport.sharing.share import Share, ShareTerms
from passport.sharing.share_attachments import bytes_shared
from passport.sharing.share_files import write_files
from passport.sharing.share_rows import update_record
from passport.storage.database import Database
from passport.story.sections import read_story


def change_contents(
    database: Database, passport: UnlockedPassport, share_id: str, chosen: ShareTerms
) -> Share:
    """Let out the parts and facts of `chosen` from now on; nothing else of the share changes.

    Readers get all of the old or all of the new. Raises UnknownShare, ShareChanged, NothingChosen,
    NotAllowed, or NotPermitted for a supporter who may not share all of it.
    """
    passport.access.require("share", *chosen.section_keys)
    with changing(database, passport, share_id) as (connection, share):
        story = read_story(connection, passport)
        terms = checked_terms(with_contents(share.terms, chosen), story)
        if terms == share.terms:
            return share
        changed = replace(share, record=replace(share.record, terms=terms, agreed_at=clock.epoch()))
        update_record(connection, passport, share, changed.record)
        before = bytes_shared(connection, passport)
        write_files(connection, passport, changed, story)
        # Whoever has too much already may always let out less.
        if bytes_shared(connection, passport) > before:
            refuse_too_many_files(connection, passport)
        record(connection, passport, "share-contents-changed", recipient=terms.recipient)
    return changed


def with_contents(terms: ShareTerms, chosen: ShareTerms) -> ShareTerms:
    """These terms, with the parts and facts of the others."""
    return replace(
        terms, sections=chosen.sections, identity=chosen.identity, sensitive=chosen.sensitive
    )
