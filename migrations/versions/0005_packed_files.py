"""share_files: the same document packed"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("share_files", schema=None) as batch_op:
        batch_op.add_column(sa.Column("packed_jwe", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("share_files", schema=None) as batch_op:
        batch_op.drop_column("packed_jwe")
