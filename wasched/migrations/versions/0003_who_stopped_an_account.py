"""Note who stopped sending through an account."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward; of a stop from before nobody knows who it was."""
    op.add_column(
        "account",
        sa.Column("paused_by_id", sa.Integer(), sa.ForeignKey("user.id"), nullable=True),
        inline_references=True,
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
