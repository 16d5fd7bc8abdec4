"""The encrypted files of a share: what readers get, and all that the server has of it."""

from sqlalchemy import Connection, delete, insert, select, update

from passport import clock
from passport.accounts.preferences import read_preferences
from passport.crypto.labels import PACKED_FILE
from passport.crypto.share_file import decode_key, encrypt_file, encrypt_packed, seal_file
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share import Share
from passport.sharing.share_attachments import by_section, shared_attachments, write_attachments
from passport.sharing.share_document import CONTENT_TYPE, share_document, shared_sections
from passport.storage import tables
from passport.storage.identifiers import new_id
from passport.story.section import Section

_files = tables.share_files


def write_files(
    connection: Connection, passport: UnlockedPassport, share: Share, story: list[Section]
) -> None:
    """Encrypt what the share lets out of this story, afresh, under the share's own key."""
    secrets = share.record.secrets
    if secrets is None:
        return
    months = read_preferences(connection, passport).review_months
    attached = shared_attachments(connection, passport, share, shared_sections(share.terms, story))
    document = share_document(share, story, months, by_section(attached))
    mine = _files.c.share_id == share.share_id
    document_alone = (mine, _files.c.position == 0)
    file_id = connection.execute(select(_files.c.file_id).where(*document_alone)).scalar()
    if file_id is None:
        file_id = _new_file(connection, share.share_id)
    # Both in one update: no reader sees one with other words than the other.
    values = _sealed(passport, share, file_id, document) | {"updated_at": clock.epoch()}
    connection.execute(update(_files).where(mine, _files.c.file_id == file_id).values(values))
    write_attachments(connection, passport, share, attached)


def _sealed(
    passport: UnlockedPassport, share: Share, file_id: str, document: bytes
) -> dict[str, bytes | None]:
    """The document for every reader, and packed for those who take that."""
    secrets, erasure_key = share.record.secrets, passport.key.erasure_key
    if secrets is None:
        return {}
    key, place = decode_key(secrets.share_key), (share.share_id, file_id)
    plain, packed = encrypt_file(key, document, CONTENT_TYPE), None
    # A direct file is fetched by a plain GET, which says nothing of what its reader takes.
    if not share.terms.is_direct:
        jwe = encrypt_packed(key, document, CONTENT_TYPE)
        packed = seal_file(erasure_key, jwe, *place, PACKED_FILE)
    return {"sealed_jwe": seal_file(erasure_key, plain, *place), "packed_jwe": packed}


def _new_file(connection: Connection, share_id: str) -> str:
    file_id = new_id()
    connection.execute(
        insert(_files).values(
            share_id=share_id,
            file_id=file_id,
            position=0,
            content_type=CONTENT_TYPE,
            sealed_jwe=b"\x01",
            updated_at=clock.epoch(),
        )
    )
    return file_id


def delete_files(connection: Connection, share_id: str) -> None:
    """Delete what the share's key opens: its files with their locations, and thank-yous."""
    locations, thanks = tables.share_locations, tables.thanks
    connection.execute(delete(thanks).where(thanks.c.share_id == share_id))
    connection.execute(delete(locations).where(locations.c.share_id == share_id))
    connection.execute(delete(_files).where(_files.c.share_id == share_id))


def lock_shares(connection: Connection, passport_id: str) -> None:
    """Hold this passport's shares until the transaction ends: readers see all of it or nothing."""
    shares = tables.shares
    connection.execute(
        select(shares.c.share_id)
        .where(shares.c.passport_id == passport_id, shares.c.revoked_at.is_(None))
        .order_by(shares.c.share_id)
        .with_for_update(key_share=True)
    ).all()
