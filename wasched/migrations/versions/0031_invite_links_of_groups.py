"""Keep the invite links of groups while they are wanted."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime


def upgrade() -> None:
    """Bring the schema one step forward; which groups have one, the next look at them tells."""
    op.create_table(
        "group_invite",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", _Instant(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("told_at", _Instant(), nullable=True),
        sa.Column("refusal", wasched.models.base.ReasonColumn(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["recipient.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id"),
    )
    op.create_index("ix_group_invite_account_id", "group_invite", ["account_id"])


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
