"""Note of which series a date is that goes on its own."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward; what was parted before keeps to itself."""
    op.add_column("schedule", sa.Column("series_id", sa.Integer(), nullable=True))
    op.add_column("schedule", sa.Column("series_day", sa.Date(), nullable=True))
    op.create_index(
        "ix_schedule_series",
        "schedule",
        ["series_id", "series_day"],
        sqlite_where=sa.text("series_id IS NOT NULL"),
        postgresql_where=sa.text("series_id IS NOT NULL"),
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
