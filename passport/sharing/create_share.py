"""Make a share: the owner's choice becomes a link, a passcode and an encrypted file."""

from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection, func, insert, select

from passport import clock
from passport.activity.record import record
from passport.crypto.passcode import new_passcode
from passport.crypto.pepper import Pepper
from passport.crypto.share_file import encode_key, new_share_key
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.addresses import lookup_of, new_address
from passport.sharing.errors import NotAllowed, NothingChosen, UnknownShare
from passport.sharing.share import (
    PASSCODE_ATTEMPTS,
    Share,
    ShareRecord,
    ShareSecrets,
    ShareTerms,
    expiry,
)
from passport.sharing.share_attachments import have_room
from passport.sharing.share_document import shared_sections
from passport.sharing.share_files import write_files
from passport.sharing.share_rows import find_share, sealed_record
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.storage.passport_lock import lock_passport
from passport.story.section import Section
from passport.story.sections import read_story
from passport.story.text_rules import LONGEST_LINE, clean_line
from passport.words_to_translate import N_

MOST_SHARES = 200


def create_share(
    database: Database,
    pepper: Pepper,
    passport: UnlockedPassport,
    terms: ShareTerms,
    once: str = "",
) -> Share:
    """Make a share that is handed over by link or QR code. Raises NothingChosen, NotAllowed,
    or NotPermitted for a supporter who may not share all of it.

    Asked twice with the same `once` (any text but ""), it makes the share only once.
    """
    passport.access.require("share", *terms.section_keys)
    with database.write() as connection:
        return made_already(connection, passport, once) or make_share(
            connection, pepper, passport, terms, once=once
        )


def made_already(connection: Connection, passport: UnlockedPassport, once: str) -> Share | None:
    """The share that was made with this `once`, if any. Locks the passport, so that of two at
    the same moment one makes it and the other finds it."""
    if not once:
        return None
    lock_passport(connection, passport.passport_id)
    try:
        return find_share(connection, passport, share_id_of(passport, once))
    except UnknownShare:
        return None


def make_share(
    connection: Connection,
    pepper: Pepper,
    passport: UnlockedPassport,
    terms: ShareTerms,
    organisation: str | None = None,
    once: str = "",
) -> Share:
    """`create_share` inside the caller's transaction; `organisation` is a registered name."""
    passport.access.require("share", *terms.section_keys)
    lock_passport(connection, passport.passport_id)
    story = read_story(connection, passport)
    terms = checked_terms(terms, story)
    _refuse_too_many(connection, passport)
    share = new_share(share_id_of(passport, once), terms, organisation)
    connection.execute(insert(tables.shares).values(_row(share, pepper, passport)))
    write_files(connection, passport, share, story)
    refuse_too_many_files(connection, passport)
    record(connection, passport, "share-made", recipient=share.terms.recipient)
    return share


def _refuse_too_many(connection: Connection, passport: UnlockedPassport) -> None:
    # Each save writes every share anew, and holds a lock while it does.
    shares = tables.shares
    mine = (shares.c.passport_id == passport.passport_id, shares.c.revoked_at.is_(None))
    count = connection.execute(select(func.count()).select_from(shares).where(*mine)).scalar_one()
    if count >= MOST_SHARES:
        raise NotAllowed(
            N_("You have %(count)s shares. Stop one that you no longer need, then try again."),
            count=count,
        )


def refuse_too_many_files(connection: Connection, passport: UnlockedPassport) -> None:
    """Raises NotAllowed, which undoes it all, if a share that was just written is one too many."""
    if not have_room(connection, passport):
        raise NotAllowed(
            N_(
                "There is no room for the photos, voice and papers of one more share. "
                "Stop a share that you no longer need, or share fewer parts."
            )
        )


def checked_terms(terms: ShareTerms, story: list[Section]) -> ShareTerms:
    """These terms as they can be kept for this story. Raises NothingChosen, NotAllowed."""
    recipient = clean_line(terms.recipient)
    if not recipient:
        raise NotAllowed(N_("Say who it is for."))
    if len(recipient) > LONGEST_LINE:
        raise NotAllowed(
            N_("Use no more than %(number)s letters to say who it is for."), number=LONGEST_LINE
        )
    if terms.is_direct and terms.with_passcode:
        raise NotAllowed(N_("A one-file link can't have a passcode. Choose one or the other."))
    if terms.is_emergency and not _fits_an_emergency(terms):
        raise NotAllowed(N_("An emergency card works until you stop it, and has no passcode."))
    if not shared_sections(terms, story) and not terms.identity:
        raise NothingChosen
    return _only_what_is_there(replace(terms, recipient=recipient), story)


def _fits_an_emergency(terms: ShareTerms) -> bool:
    # Who finds her hurt can ask nobody for a passcode, and must not meet a link that has ended.
    return terms.duration == "until-stopped" and not terms.with_passcode and not terms.is_direct


def _only_what_is_there(terms: ShareTerms, story: list[Section]) -> ShareTerms:
    # Ticked as sensitive counts only while it is: a section marked so later stays out.
    sensitive = {section.key for section in story if section.sensitive}
    sections = tuple(dict.fromkeys(terms.sections))
    return replace(
        terms,
        sections=sections,
        identity=tuple(dict.fromkeys(terms.identity)),
        sensitive=tuple(key for key in sections if key in terms.sensitive and key in sensitive),
    )


def share_id_of(passport: UnlockedPassport, once: str) -> str:
    """The id of the share that is made with this `once`; a new one if that is empty."""
    # Bound to the passport, so that no `once` of one resident can name another's share.
    bound = f"{passport.passport_id} {once}".encode()
    return sha256(bound).hexdigest()[:32] if once else new_id()


def new_share(share_id: str, terms: ShareTerms, organisation: str | None) -> Share:
    """A share of these terms with fresh secrets, kept nowhere yet. Raises NotAllowed."""
    now = clock.epoch()
    passcode = new_passcode() if terms.with_passcode else None
    secrets = ShareSecrets(new_address(), encode_key(new_share_key()), passcode)
    return Share(
        share_id=share_id,
        record=ShareRecord(terms, secrets, organisation),
        record_version=1,
        created_at=now,
        expires_at=expiry(terms.duration, now, terms.last_day),
        is_paused=False,
        revoked_at=None,
        attempts_left=PASSCODE_ATTEMPTS if passcode else None,
    )


def _row(share: Share, pepper: Pepper, passport: UnlockedPassport) -> dict[str, object]:
    secrets = share.record.secrets
    if secrets is None:
        raise ValueError("a new share has secrets")
    return {
        "passport_id": passport.passport_id,
        "share_id": share.share_id,
        "address_lookup": lookup_of(secrets.address),
        "record_version": share.record_version,
        "sealed_record": sealed_record(passport, share.share_id, share.record, 1),
        "is_direct": share.terms.is_direct,
        "may_hand_over": share.terms.may_hand_over,
        "is_emergency": share.terms.is_emergency,
        "expires_at": share.expires_at,
        "is_paused": False,
        "revoked_at": None,
        "passcode_hash": secrets.passcode
        and pepper.passcode_hash(share.share_id, secrets.passcode),
        "attempts_left": share.attempts_left,
        "created_at": share.created_at,
    }
