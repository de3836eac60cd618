"""Note which key did what, and which keys have assistants ask first."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward; the keys there are ask before they send."""
    op.execute("ALTER TABLE api_key ADD COLUMN confirms BOOLEAN NOT NULL DEFAULT 1")
    op.execute("ALTER TABLE audit_entry ADD COLUMN key_name VARCHAR NOT NULL DEFAULT ''")


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
