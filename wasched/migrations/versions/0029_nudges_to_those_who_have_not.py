"""Remember who has replied, and nudges to those who have not."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_IS_A_NUDGE = sa.text("nudge_of_id IS NOT NULL")


def upgrade() -> None:
    """Bring the schema one step forward; only messages that were replied to are touched."""
    op.add_column("message", sa.Column("replied_at", sa.DateTime(), nullable=True))
    op.execute(
        "UPDATE message SET replied_at = "
        "(SELECT min(reply.at) FROM reply WHERE reply.message_id = message.id) "
        "WHERE id IN (SELECT message_id FROM reply)"
    )
    op.add_column(
        "schedule", sa.Column("nudge", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
    )
    op.add_column("schedule", sa.Column("nudge_of_id", sa.Integer(), nullable=True))
    op.add_column("schedule", sa.Column("nudge_of_at", sa.DateTime(), nullable=True))
    op.add_column(
        "schedule", sa.Column("has_not", sa.String(), nullable=False, server_default=sa.text("''"))
    )
    op.create_index(
        "uq_schedule_nudge",
        "schedule",
        ["nudge_of_id", "nudge_of_at"],
        unique=True,
        sqlite_where=_IS_A_NUDGE,
        postgresql_where=_IS_A_NUDGE,
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
