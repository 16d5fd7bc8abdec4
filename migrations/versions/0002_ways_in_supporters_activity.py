"""ways in, supporters, activity"""

import sqlalchemy as sa
from alembic import op

from passport.crypto.share_file import seal_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey_challenges",
        sa.Column("challenge_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("challenge_lookup", name=op.f("pk_passkey_challenges")),
    )
    with op.batch_alter_table("passkey_challenges", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_passkey_challenges_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "recovery_tickets",
        sa.Column("ticket_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("number_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("ended", sa.String(length=10), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("ticket_lookup", name=op.f("pk_recovery_tickets")),
        sa.UniqueConstraint("number_lookup", name=op.f("uq_recovery_tickets_number_lookup")),
    )
    with op.batch_alter_table("recovery_tickets", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_tickets_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "activity",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("is_by_service", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_activity_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "number", name=op.f("pk_activity")),
    )
    op.create_table(
        "activity_heads",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_activity_heads_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", name=op.f("pk_activity_heads")),
    )
    op.create_table(
        "attachments",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("attachment_id", sa.String(length=32), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed_record", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_attachments_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "attachment_id", name=op.f("pk_attachments")),
    )
    op.create_table(
        "drafts",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("draft_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_drafts_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "draft_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "invitations",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("invitation_id", sa.String(length=32), nullable=False),
        sa.Column("secret_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_terms", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_invitations_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "invitation_id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("secret_lookup", name=op.f("uq_invitations_secret_lookup")),
    )
    op.create_table(
        "recovery_helpers",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("helper_id", sa.String(length=32), nullable=False),
        sa.Column("helper_passport_id", sa.String(length=32), nullable=True),
        sa.Column("sealed_record", sa.LargeBinary(), nullable=False),
        sa.Column("boxed_record", sa.LargeBinary(), nullable=True),
        sa.Column("boxed_piece", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["helper_passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_recovery_helpers_helper_passport_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_recovery_helpers_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "helper_id", name=op.f("pk_recovery_helpers")),
    )
    with op.batch_alter_table("recovery_helpers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_helpers_helper_passport_id"),
            ["helper_passport_id"],
            unique=False,
        )

    op.create_table(
        "recovery_requests",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("stopped_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_recovery_requests_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "ticket_lookup", name=op.f("pk_recovery_requests")),
    )
    with op.batch_alter_table("recovery_requests", schema=None) as batch_op:
        batch_op.create_index("ix_recovery_requests_ticket_lookup", ["ticket_lookup"], unique=False)

    op.create_table(
        "supporters",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("supporter_id", sa.String(length=32), nullable=False),
        sa.Column("supporter_passport_id", sa.String(length=32), nullable=False),
        sa.Column("terms_version", sa.Integer(), nullable=False),
        sa.Column("sealed_terms", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_supporters_passport_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["supporter_passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_supporters_supporter_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "supporter_id", name=op.f("pk_supporters")),
    )
    with op.batch_alter_table("supporters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supporters_supporter_passport_id"),
            ["supporter_passport_id"],
            unique=False,
        )

    op.create_table(
        "attachment_parts",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("attachment_id", sa.String(length=32), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id", "attachment_id"],
            ["attachments.passport_id", "attachments.attachment_id"],
            name="fk_attachment_parts_attachment",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "passport_id", "attachment_id", "part", name=op.f("pk_attachment_parts")
        ),
    )
    op.create_table(
        "owner_cards",
        sa.Column("card_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("slot_id", sa.String(length=32), nullable=False),
        sa.Column("attempts_left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id", "slot_id"],
            ["key_slots.passport_id", "key_slots.slot_id"],
            name="fk_owner_cards_slot",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("card_lookup", name=op.f("pk_owner_cards")),
    )
    with op.batch_alter_table("owner_cards", schema=None) as batch_op:
        batch_op.create_index("ix_owner_cards_slot", ["passport_id", "slot_id"], unique=False)

    op.create_table(
        "passkeys",
        sa.Column("credential_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("slot_id", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id", "slot_id"],
            ["key_slots.passport_id", "key_slots.slot_id"],
            name="fk_passkeys_slot",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("credential_lookup", name=op.f("pk_passkeys")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index("ix_passkeys_slot", ["passport_id", "slot_id"], unique=False)

    op.create_table(
        "recovery_pieces",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("helper_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("boxed_piece", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id", "helper_id"],
            ["recovery_helpers.passport_id", "recovery_helpers.helper_id"],
            name="fk_recovery_pieces_helper",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["passport_id", "ticket_lookup"],
            ["recovery_requests.passport_id", "recovery_requests.ticket_lookup"],
            name="fk_recovery_pieces_request",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "helper_id", name=op.f("pk_recovery_pieces")),
    )
    with op.batch_alter_table("key_slots", schema=None) as batch_op:
        batch_op.add_column(sa.Column("secret_lookup", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("sealed_name", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("last_used_at", sa.BigInteger(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_key_slots_secret_lookup"), ["secret_lookup"]
        )

    with op.batch_alter_table("passports", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_preferences", sa.LargeBinary(), nullable=True))
        batch_op.add_column(
            sa.Column("preferences_version", sa.Integer(), server_default="0", nullable=False)
        )

    # Whoever is signed in signs in once more: their sessions say nothing of when or on what.
    op.execute("DELETE FROM sessions")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("session_id", sa.String(length=32), nullable=False))
        batch_op.add_column(sa.Column("sealed_device", sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column("helping_passport_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("proved_at", sa.BigInteger(), nullable=False))
        batch_op.create_index(
            batch_op.f("ix_sessions_last_seen_at"), ["last_seen_at"], unique=False
        )
        batch_op.create_unique_constraint(batch_op.f("uq_sessions_session_id"), ["session_id"])

    _name_several_alike()
    _seal_share_files()


def downgrade() -> None:
    """Shares lose their files, because nobody here can open them: each is written again when its
    owner saves a section that is in it. Of several people with the same name, the first stays."""
    op.execute("DELETE FROM share_files")
    with op.batch_alter_table("share_files", schema=None) as batch_op:
        batch_op.drop_column("sealed_jwe")
        batch_op.add_column(sa.Column("jwe", sa.Text(), nullable=False))
    op.execute(
        "DELETE FROM sign_in_names WHERE EXISTS (SELECT 1 FROM sign_in_names AS other"
        " WHERE other.name_lookup = sign_in_names.name_lookup"
        " AND other.passport_id < sign_in_names.passport_id)"
    )
    with op.batch_alter_table("sign_in_names", schema=None) as batch_op:
        batch_op.drop_constraint("pk_sign_in_names", type_="primary")
        batch_op.create_primary_key("pk_sign_in_names", ["name_lookup"])

    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_sessions_session_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_sessions_last_seen_at"))
        batch_op.drop_column("proved_at")
        batch_op.drop_column("helping_passport_id")
        batch_op.drop_column("sealed_device")
        batch_op.drop_column("session_id")

    with op.batch_alter_table("passports", schema=None) as batch_op:
        batch_op.drop_column("preferences_version")
        batch_op.drop_column("sealed_preferences")

    with op.batch_alter_table("key_slots", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_key_slots_secret_lookup"), type_="unique")
        batch_op.drop_column("last_used_at")
        batch_op.drop_column("sealed_name")
        batch_op.drop_column("secret_lookup")

    op.drop_table("recovery_pieces")
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.drop_index("ix_passkeys_slot")

    op.drop_table("passkeys")
    with op.batch_alter_table("owner_cards", schema=None) as batch_op:
        batch_op.drop_index("ix_owner_cards_slot")

    op.drop_table("owner_cards")
    op.drop_table("attachment_parts")
    with op.batch_alter_table("supporters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supporters_supporter_passport_id"))

    op.drop_table("supporters")
    with op.batch_alter_table("recovery_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_requests_ticket_lookup"))

    op.drop_table("recovery_requests")
    with op.batch_alter_table("recovery_helpers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_helpers_helper_passport_id"))

    op.drop_table("recovery_helpers")
    op.drop_table("invitations")
    op.drop_table("drafts")
    op.drop_table("attachments")
    op.drop_table("activity_heads")
    op.drop_table("activity")
    with op.batch_alter_table("recovery_tickets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_tickets_expires_at"))

    op.drop_table("recovery_tickets")
    with op.batch_alter_table("passkey_challenges", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_challenges_expires_at"))

    op.drop_table("passkey_challenges")


def _name_several_alike() -> None:
    with op.batch_alter_table("sign_in_names", schema=None) as batch_op:
        batch_op.drop_constraint("pk_sign_in_names", type_="primary")
        batch_op.create_primary_key("pk_sign_in_names", ["name_lookup", "passport_id"])


def _seal_share_files() -> None:
    """Passports made until now have no erasure key; their files get the sealed form all the same."""
    with op.batch_alter_table("share_files", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_jwe", sa.LargeBinary(), nullable=True))
    files = sa.table(
        "share_files",
        *(sa.column(name) for name in ("share_id", "file_id", "jwe")),
        sa.column("sealed_jwe", sa.LargeBinary()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(files.c.share_id, files.c.file_id, files.c.jwe)).all():
        sealed = seal_file(None, row.jwe, row.share_id, row.file_id)
        mine = (files.c.share_id == row.share_id, files.c.file_id == row.file_id)
        connection.execute(sa.update(files).where(*mine).values(sealed_jwe=sealed))
    with op.batch_alter_table("share_files", schema=None) as batch_op:
        batch_op.alter_column("sealed_jwe", existing_type=sa.LargeBinary(), nullable=False)
        batch_op.drop_column("jwe")
