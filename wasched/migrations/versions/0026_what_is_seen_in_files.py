"""Note of files how many pages they have, how they sound, and what they tell of their origin."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward; files that are there have been looked into before."""
    op.execute("ALTER TABLE media_file ADD COLUMN pages INTEGER NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE media_file ADD COLUMN waveform VARCHAR(128) NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE media_file ADD COLUMN is_damaged BOOLEAN NOT NULL DEFAULT 0")
    op.execute("ALTER TABLE media_file ADD COLUMN tells_origin BOOLEAN NOT NULL DEFAULT 0")


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
