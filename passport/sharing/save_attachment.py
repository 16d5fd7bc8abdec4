"""Add, describe or remove a file and bring its shares up to date, in one transaction."""

from sqlalchemy import Connection

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.save_section import refresh_shares
from passport.sharing.share_attachments import have_room
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.story import attachments
from passport.story.attachment import Attachment, AttachmentRefused, StoredAttachment
from passport.story.catalogue import CATALOGUE
from passport.story.section import SectionDraft
from passport.story.sections import find_section, save_section
from passport.story.uploads import end_upload
from passport.words_to_translate import N_


def save_attachment(
    database: Database,
    passport: UnlockedPassport,
    section_key: str,
    attachment: Attachment,
    upload_id: str = "",
) -> StoredAttachment:
    """Keep a file with a section. Raises what `story.attachments.add_attachment` raises.

    `upload_id`: the upload that it was sent as, which ends with that. Raises UnknownAttachment if
    it has ended already, so that what is finished twice is kept once.
    """
    with database.write() as connection:
        if upload_id:
            end_upload(connection, passport, section_key, upload_id)
        stored = attachments.add_attachment(connection, passport, section_key, attachment)
        _have_part(connection, passport, section_key)
        refresh_shares(connection, passport, section_key)
        if not have_room(connection, passport):
            raise AttachmentRefused(
                N_(
                    "This part is in many shares, and there is no room for this file in all of "
                    "them. Stop a share that you no longer need, or remove another file first."
                )
            )
    return stored


def _have_part(connection: Connection, passport: UnlockedPassport, key: str) -> None:
    """A photo may say it all: its part is there then, and can be shared, without a word."""
    is_own = key not in {kind.key for kind in CATALOGUE}
    if is_own or find_section(connection, passport, key) is not None:
        return
    # As of a form that nobody has open, so that what is typed and not saved stays kept.
    save_section(connection, passport, SectionDraft(key, {}, form=new_id()), 0)


def describe_attachment(
    database: Database,
    passport: UnlockedPassport,
    attachment_id: str,
    caption: str,
    transcript: str,
) -> StoredAttachment:
    """Say other words about a file. Raises what `story.attachments.change_attachment` raises."""
    with database.write() as connection:
        changed = attachments.change_attachment(
            connection, passport, attachment_id, caption, transcript
        )
        refresh_shares(connection, passport, changed.section_key)
    return changed


def remove_attachment(
    database: Database, passport: UnlockedPassport, attachment_id: str
) -> StoredAttachment:
    """Take a file out, of every share too; what it was.

    Raises UnknownAttachment, NotPermitted.
    """
    with database.write() as connection:
        found = attachments.find_attachment(connection, passport, attachment_id)
        attachments.remove_attachment(connection, passport, attachment_id)
        refresh_shares(connection, passport, found.section_key)
    return found
