"""Every table. Each has its passport's, share's or organisation's key first in its primary key.

Times are whole seconds since 1970 (UTC), except `receipts.created_ms` (milliseconds).
Identifiers are 32 hex digits from 128 random bits.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    false,
)
from sqlalchemy.types import JSON

from passport.storage.column_types import Ciphertext

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str, *constraints: ForeignKey, **options: object) -> Column[str]:
    return Column(name, String(32), *constraints, **options)  # type: ignore[arg-type]


def _passport(**options: object) -> Column[str]:
    return _id(
        "passport_id",
        ForeignKey("passports.passport_id", ondelete="CASCADE"),
        nullable=False,
        **options,
    )


def _owner() -> Column[str]:
    return _passport(primary_key=True)


passports = Table(
    "passports",
    metadata,
    _id("passport_id", primary_key=True),
    Column("inbox_public_key", LargeBinary, nullable=False),
    Column("inbox_private_key", Ciphertext, nullable=False),
    Column("sealed_preferences", Ciphertext),
    Column("preferences_version", Integer, nullable=False, server_default="0"),
    Column("created_at", BigInteger, nullable=False),
)

sign_in_names = Table(
    "sign_in_names",
    metadata,
    # Several people may use the same name; their passphrases tell them apart.
    Column("name_lookup", LargeBinary, primary_key=True),
    _passport(primary_key=True, unique=True),
    Column("sealed_name", Ciphertext, nullable=False),
)

key_slots = Table(
    "key_slots",
    metadata,
    _owner(),
    _id("slot_id", primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("wrapped_key", Ciphertext, nullable=False),
    Column("unconfirmed_code", Ciphertext),
    # By what a slot whose secret is random is found without any name.
    Column("secret_lookup", LargeBinary, unique=True),
    Column("sealed_name", Ciphertext),
    Column("created_at", BigInteger, nullable=False),
    Column("last_used_at", BigInteger),
)


def _slot(**options: object) -> tuple[Column[str], Column[str], ForeignKeyConstraint]:
    return (
        _id("passport_id", nullable=False),
        _id("slot_id", nullable=False),
        ForeignKeyConstraint(
            ["passport_id", "slot_id"],
            ["key_slots.passport_id", "key_slots.slot_id"],
            ondelete="CASCADE",
            **options,  # type: ignore[arg-type]
        ),
    )


passkeys = Table(
    "passkeys",
    metadata,
    Column("credential_lookup", LargeBinary, primary_key=True),
    *_slot(name="fk_passkeys_slot"),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Index("ix_passkeys_slot", "passport_id", "slot_id"),
)

passkey_challenges = Table(
    "passkey_challenges",
    metadata,
    Column("challenge_lookup", LargeBinary, primary_key=True),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

owner_cards = Table(
    "owner_cards",
    metadata,
    Column("card_lookup", LargeBinary, primary_key=True),
    *_slot(name="fk_owner_cards_slot"),
    Column("attempts_left", Integer, nullable=False),
    Index("ix_owner_cards_slot", "passport_id", "slot_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("session_lookup", LargeBinary, primary_key=True),
    _passport(index=True),
    _id("session_id", nullable=False, unique=True),
    Column("wrapped_key", Ciphertext, nullable=False),
    Column("sealed_device", Ciphertext),
    # The passport that its owner is acting in as a supporter, if not in her own.
    _id("helping_passport_id"),
    Column("proved_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False, index=True),
)

activity = Table(
    "activity",
    metadata,
    _owner(),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("is_by_service", Boolean, nullable=False),
    Column("sealed", Ciphertext, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

# The newest entry of each record, so that lines cut off its end are missed.
activity_heads = Table(
    "activity_heads",
    metadata,
    _passport(primary_key=True),
    Column("number", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("sealed", Ciphertext),
)

drafts = Table(
    "drafts",
    metadata,
    _owner(),
    _id("draft_id", primary_key=True),
    Column("version", Integer, nullable=False),
    Column("sealed", Ciphertext, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    _owner(),
    _id("attachment_id", primary_key=True),
    _id("section_id", nullable=False),
    Column("version", Integer, nullable=False),
    Column("sealed_record", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

attachment_parts = Table(
    "attachment_parts",
    metadata,
    _id("passport_id", primary_key=True),
    _id("attachment_id", primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Ciphertext, nullable=False),
    ForeignKeyConstraint(
        ["passport_id", "attachment_id"],
        ["attachments.passport_id", "attachments.attachment_id"],
        name="fk_attachment_parts_attachment",
        ondelete="CASCADE",
    ),
)

# What is on its way to become an attachment, piece by piece.
uploads = Table(
    "uploads",
    metadata,
    _owner(),
    _id("upload_id", primary_key=True),
    Column("sealed_record", Ciphertext, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

upload_parts = Table(
    "upload_parts",
    metadata,
    _id("passport_id", primary_key=True),
    _id("upload_id", primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("sealed", Ciphertext, nullable=False),
    ForeignKeyConstraint(
        ["passport_id", "upload_id"],
        ["uploads.passport_id", "uploads.upload_id"],
        name="fk_upload_parts_upload",
        ondelete="CASCADE",
    ),
)

invitations = Table(
    "invitations",
    metadata,
    _owner(),
    _id("invitation_id", primary_key=True),
    Column("secret_lookup", LargeBinary, nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("wrapped_key", Ciphertext, nullable=False),
    Column("sealed_terms", Ciphertext, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

supporters = Table(
    "supporters",
    metadata,
    _owner(),
    _id("supporter_id", primary_key=True),
    _id(
        "supporter_passport_id",
        ForeignKey("passports.passport_id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("terms_version", Integer, nullable=False),
    Column("sealed_terms", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

recovery_helpers = Table(
    "recovery_helpers",
    metadata,
    _owner(),
    _id("helper_id", primary_key=True),
    # Empty once the helper has stepped down or erased her passport: her owner is to see it.
    _id(
        "helper_passport_id",
        ForeignKey("passports.passport_id", ondelete="SET NULL"),
        index=True,
    ),
    Column("sealed_record", Ciphertext, nullable=False),
    Column("boxed_record", Ciphertext),
    Column("boxed_piece", Ciphertext),
    Column("created_at", BigInteger, nullable=False),
)

recovery_tickets = Table(
    "recovery_tickets",
    metadata,
    Column("ticket_lookup", LargeBinary, primary_key=True),
    Column("number_lookup", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    # How it ended: "used" or "stopped". Kept for a while, so that its holder can be told.
    Column("ended", String(10)),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

recovery_requests = Table(
    "recovery_requests",
    metadata,
    _owner(),
    # One for each ticket, so that no helper's mistake or malice blocks the others.
    Column("ticket_lookup", LargeBinary, primary_key=True),
    Column("started_at", BigInteger, nullable=False),
    Column("ready_at", BigInteger, nullable=False),
    Column("stopped_at", BigInteger),
    Index("ix_recovery_requests_ticket_lookup", "ticket_lookup"),
)

recovery_pieces = Table(
    "recovery_pieces",
    metadata,
    _id("passport_id", primary_key=True),
    _id("helper_id", primary_key=True),
    Column("ticket_lookup", LargeBinary, nullable=False),
    Column("boxed_piece", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["passport_id", "ticket_lookup"],
        ["recovery_requests.passport_id", "recovery_requests.ticket_lookup"],
        name="fk_recovery_pieces_request",
        ondelete="CASCADE",
    ),
    ForeignKeyConstraint(
        ["passport_id", "helper_id"],
        ["recovery_helpers.passport_id", "recovery_helpers.helper_id"],
        name="fk_recovery_pieces_helper",
        ondelete="CASCADE",
    ),
)

section_versions = Table(
    "section_versions",
    metadata,
    _owner(),
    _id("section_id", primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sealed", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

shares = Table(
    "shares",
    metadata,
    _owner(),
    _id("share_id", primary_key=True, unique=True),
    Column("address_lookup", LargeBinary, unique=True),
    Column("record_version", Integer, nullable=False),
    Column("sealed_record", Ciphertext, nullable=False),
    Column("is_direct", Boolean, nullable=False),
    Column("may_hand_over", Boolean, nullable=False, server_default=false()),
    Column("is_emergency", Boolean, nullable=False, server_default=false()),
    # The newest opening of an emergency card that its owner was shown and has seen.
    Column("openings_seen_ms", BigInteger),
    Column("expires_at", BigInteger),
    Column("is_paused", Boolean, nullable=False),
    Column("revoked_at", BigInteger),
    Column("passcode_hash", LargeBinary),
    Column("attempts_left", Integer),
    Column("created_at", BigInteger, nullable=False),
)

share_files = Table(
    "share_files",
    metadata,
    Column(
        "share_id",
        String(32),
        ForeignKey("shares.share_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _id("file_id", primary_key=True),
    Column("position", Integer, nullable=False),
    Column("content_type", String(100), nullable=False),
    # A JWE under the share's key, sealed once more under the passport's erasure key.
    Column("sealed_jwe", Ciphertext, nullable=False),
    # The same document packed, for readers who take that; null where it is not.
    Column("packed_jwe", Ciphertext),
    Column("updated_at", BigInteger, nullable=False),
)

share_locations = Table(
    "share_locations",
    metadata,
    Column("location_lookup", LargeBinary, primary_key=True),
    _id("share_id", nullable=False),
    _id("file_id", nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
    ForeignKeyConstraint(
        ["share_id", "file_id"],
        ["share_files.share_id", "share_files.file_id"],
        name="fk_share_locations_file",
        ondelete="CASCADE",
    ),
    Index("ix_share_locations_file", "share_id", "file_id"),
)

receipts = Table(
    "receipts",
    metadata,
    _owner(),
    _id("share_id", primary_key=True),
    _id("receipt_id", primary_key=True),
    Column("sealed", Ciphertext, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)

# What readers gave back, sealed to the inbox of whose story they read.
replies = Table(
    "replies",
    metadata,
    _owner(),
    _id("share_id", primary_key=True),
    _id("reply_id", primary_key=True),
    # Which reading it answers: so many replies to one reading, and no more.
    _id("receipt_id", nullable=False),
    Column("sealed", Ciphertext, nullable=False),
    Column("created_ms", BigInteger, nullable=False),
)


def _reply() -> tuple[Column[str], Column[str], Column[str]]:
    return (
        _id("passport_id", primary_key=True),
        _id("share_id", primary_key=True),
        _id("reply_id", primary_key=True),
    )


def _of_reply(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["passport_id", "share_id", "reply_id"],
        ["replies.passport_id", "replies.share_id", "replies.reply_id"],
        name=f"fk_{table}_reply",
        ondelete="CASCADE",
    )


# What the owner did with a reply: a row from when she has seen it.
reply_states = Table(
    "reply_states",
    metadata,
    *_reply(),
    Column("version", Integer, nullable=False),
    Column("sealed", Ciphertext, nullable=False),
    _of_reply("reply_states"),
)

# Thank-yous, under the share's key, for the one device that holds what the lookup is made of.
thanks = Table(
    "thanks",
    metadata,
    *_reply(),
    Column("thanks_lookup", LargeBinary, nullable=False, index=True),
    # A JWE under the share's key, sealed once more under the passport's erasure key.
    Column("sealed_jwe", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    _of_reply("thanks"),
)

# "Did they still ask you to tell your story again?": one answer for a share's readings of a day.
told_again = Table(
    "told_again",
    metadata,
    _owner(),
    _id("answer_id", primary_key=True),
    Column("sealed", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

organisations = Table(
    "organisations",
    metadata,
    _id("organisation_id", primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("jwks", JSON, nullable=False),
    Column("hpke_public_key", LargeBinary, nullable=False),
    Column("last_grant", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

grants = Table(
    "grants",
    metadata,
    Column(
        "organisation_id",
        String(32),
        ForeignKey("organisations.organisation_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _id("passport_id", nullable=False),
    _id("share_id", nullable=False),
    Column("sealed_link", Ciphertext, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["passport_id", "share_id"],
        ["shares.passport_id", "shares.share_id"],
        name="fk_grants_share",
        ondelete="CASCADE",
    ),
    Index("ix_grants_share", "passport_id", "share_id"),
)

access_tokens = Table(
    "access_tokens",
    metadata,
    Column("token_lookup", LargeBinary, primary_key=True),
    Column(
        "organisation_id",
        String(32),
        ForeignKey("organisations.organisation_id", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("scope", String(200), nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

used_assertions = Table(
    "used_assertions",
    metadata,
    Column(
        "organisation_id",
        String(32),
        ForeignKey("organisations.organisation_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("jti_hash", LargeBinary, primary_key=True),
    Column("expires_at", BigInteger, nullable=False, index=True),
)
