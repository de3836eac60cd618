"""Let browsers be told of what happens, each as long as it is signed in."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward."""
    # Alembic would add the reference by itself, which SQLite cannot.
    op.execute(
        "ALTER TABLE alert_way ADD COLUMN sign_in_id INTEGER"
        " REFERENCES sign_in (id) ON DELETE CASCADE"
    )
    op.create_index("ix_alert_way_sign_in_id", "alert_way", ["sign_in_id"])
    is_push = sa.text("kind = 'push'")
    op.create_index(
        "uq_alert_way_push",
        "alert_way",
        ["address"],
        unique=True,
        sqlite_where=is_push,
        postgresql_where=is_push,
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
