"""Let other programs read a calendar at an address of its own."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward."""
    op.create_table(
        "calendar_address",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", wasched.models.base.UtcDateTime(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id", "space_id"],
            ["membership.user_id", "membership.space_id"],
            name="fk_calendar_address_membership",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", "space_id"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_address_token_hash"),
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
