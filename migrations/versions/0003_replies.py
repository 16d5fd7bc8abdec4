"""replies, thank-yous and the measure; hand-over and emergency shares"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_REPLY = ("passport_id", "share_id", "reply_id")


def upgrade() -> None:
    with op.batch_alter_table("shares", schema=None) as batch_op:
        for name in ("may_hand_over", "is_emergency"):
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
        batch_op.add_column(sa.Column("openings_seen_ms", sa.BigInteger(), nullable=True))
    op.create_table(
        "replies",
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in _REPLY),
        sa.Column("receipt_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        _passport("replies"),
        sa.PrimaryKeyConstraint(*_REPLY, name=op.f("pk_replies")),
    )
    op.create_table(
        "reply_states",
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in _REPLY),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _reply("reply_states"),
        sa.PrimaryKeyConstraint(*_REPLY, name=op.f("pk_reply_states")),
    )
    op.create_table(
        "thanks",
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in _REPLY),
        sa.Column("thanks_lookup", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_jwe", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _reply("thanks"),
        sa.PrimaryKeyConstraint(*_REPLY, name=op.f("pk_thanks")),
    )
    with op.batch_alter_table("thanks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_thanks_thanks_lookup"), ["thanks_lookup"])
    op.create_table(
        "told_again",
        sa.Column("passport_id", sa.String(length=32), nullable=False),
        sa.Column("answer_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        _passport("told_again"),
        sa.PrimaryKeyConstraint("passport_id", "answer_id", name=op.f("pk_told_again")),
    )


def downgrade() -> None:
    for table in ("told_again", "thanks", "reply_states", "replies"):
        op.drop_table(table)
    with op.batch_alter_table("shares", schema=None) as batch_op:
        for name in ("openings_seen_ms", "is_emergency", "may_hand_over"):
            batch_op.drop_column(name)


def _passport(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["passport_id"],
        ["passports.passport_id"],
        name=op.f(f"fk_{table}_passport_id"),
        ondelete="CASCADE",
    )


def _reply(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        _REPLY,
        [f"replies.{name}" for name in _REPLY],
        name=f"fk_{table}_reply",
        ondelete="CASCADE",
    )
