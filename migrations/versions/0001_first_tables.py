"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("jwks", sa.JSON(), nullable=False),
        sa.Column("hpke_public_key", sa.LargeBinary(), nullable=False),
        sa.Column("last_grant", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
    )
    op.create_table(
        "passports",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("inbox_public_key", sa.LargeBinary(), nullable=False),
        sa.Column("inbox_private_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("passport_id", name=op.f("pk_passports")),
    )
    op.create_table(
        "access_tokens",
        sa.Column("token_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=200), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.organisation_id"],
            name=op.f("fk_access_tokens_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_lookup", name=op.f("pk_access_tokens")),
    )
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_tokens_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "key_slots",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("slot_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("unconfirmed_code", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_key_slots_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "slot_id", name=op.f("pk_key_slots")),
    )
    op.create_table(
        "receipts",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("share_id", sa.String(length=32), nullable=False),
        sa.Column("receipt_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_receipts_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "share_id", "receipt_id", name=op.f("pk_receipts")),
    )
    op.create_table(
        "section_versions",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_section_versions_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "passport_id", "section_id", "version", name=op.f("pk_section_versions")
        ),
    )
    op.create_table(
        "sessions",
        sa.Column("session_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_sessions_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_lookup", name=op.f("pk_sessions")),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_passport_id"), ["passport_id"], unique=False)

    op.create_table(
        "shares",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("share_id", sa.String(length=32), nullable=False),
        sa.Column("address_lookup", sa.LargeBinary(), nullable=True),
        sa.Column("record_version", sa.Integer(), nullable=False),
        sa.Column("sealed_record", sa.LargeBinary(), nullable=False),
        sa.Column("is_direct", sa.Boolean(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("passcode_hash", sa.LargeBinary(), nullable=True),
        sa.Column("attempts_left", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_shares_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("passport_id", "share_id", name=op.f("pk_shares")),
        sa.UniqueConstraint("address_lookup", name=op.f("uq_shares_address_lookup")),
        sa.UniqueConstraint("share_id", name=op.f("uq_shares_share_id")),
    )
    op.create_table(
        "sign_in_names",
        sa.Column("name_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_name", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["passport_id"],
            ["passports.passport_id"],
            name=op.f("fk_sign_in_names_passport_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("name_lookup", name=op.f("pk_sign_in_names")),
        sa.UniqueConstraint("passport_id", name=op.f("uq_sign_in_names_passport_id")),
    )
    op.create_table(
        "used_assertions",
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("jti_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.organisation_id"],
            name=op.f("fk_used_assertions_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "jti_hash", name=op.f("pk_used_assertions")),
    )
    with op.batch_alter_table("used_assertions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_used_assertions_expires_at"), ["expires_at"], unique=False
        )

    op.create_table(
        "grants",
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("share_id", sa.String(length=32), nullable=False),
        sa.Column("sealed_link", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.organisation_id"],
            name=op.f("fk_grants_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["passport_id", "share_id"],
            ["shares.passport_id", "shares.share_id"],
            name="fk_grants_share",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organisation_id", "number", name=op.f("pk_grants")),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index("ix_grants_share", ["passport_id", "share_id"], unique=False)

    op.create_table(
        "share_files",
        sa.Column("share_id", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content_type", sa.String(length=100), nullable=False),
        sa.Column("jwe", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["share_id"],
            ["shares.share_id"],
            name=op.f("fk_share_files_share_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("share_id", "file_id", name=op.f("pk_share_files")),
    )
    op.create_table(
        "share_locations",
        sa.Column("location_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("share_id", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["share_id", "file_id"],
            ["share_files.share_id", "share_files.file_id"],
            name="fk_share_locations_file",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("location_lookup", name=op.f("pk_share_locations")),
    )
    with op.batch_alter_table("share_locations", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_share_locations_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index("ix_share_locations_file", ["share_id", "file_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("share_locations", schema=None) as batch_op:
        batch_op.drop_index("ix_share_locations_file")
        batch_op.drop_index(batch_op.f("ix_share_locations_expires_at"))

    op.drop_table("share_locations")
    op.drop_table("share_files")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index("ix_grants_share")

    op.drop_table("grants")
    with op.batch_alter_table("used_assertions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_used_assertions_expires_at"))

    op.drop_table("used_assertions")
    op.drop_table("sign_in_names")
    op.drop_table("shares")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_passport_id"))

    op.drop_table("sessions")
    op.drop_table("section_versions")
    op.drop_table("receipts")
    op.drop_table("key_slots")
    with op.batch_alter_table("access_tokens", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_tokens_expires_at"))

    op.drop_table("access_tokens")
    op.drop_table("passports")
    op.drop_table("organisations")
