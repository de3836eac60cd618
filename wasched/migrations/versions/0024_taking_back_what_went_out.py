"""Keep what is deleted for everyone or corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema one step forward; no message is touched."""
    op.execute("ALTER TABLE message ADD COLUMN taken_back_at DATETIME")
    op.create_index(
        "ix_message_taken_back",
        "message",
        ["schedule_id", "due_at"],
        sqlite_where=sa.text("taken_back_at IS NOT NULL"),
    )
    op.execute(
        "CREATE TABLE amendment (id INTEGER NOT NULL, space_id INTEGER NOT NULL, "
        "account_id INTEGER NOT NULL, message_id INTEGER NOT NULL, kind VARCHAR NOT NULL, "
        "state VARCHAR NOT NULL, content JSON NOT NULL, before VARCHAR NOT NULL, "
        "asked_by_id INTEGER, asked_at DATETIME NOT NULL, until DATETIME NOT NULL, "
        "try_at DATETIME NOT NULL, tries INTEGER NOT NULL, reason VARCHAR NOT NULL, "
        "ended_at DATETIME, whatsapp_id VARCHAR(80), PRIMARY KEY (id), "
        "CONSTRAINT ck_amendment_kind CHECK (kind IN ('delete', 'correct')), "
        "CONSTRAINT ck_amendment_state CHECK (state IN ('waiting', 'done', 'failed')), "
        "FOREIGN KEY(space_id) REFERENCES space (id), "
        "FOREIGN KEY(account_id) REFERENCES account (id), "
        "FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE, "
        "FOREIGN KEY(asked_by_id) REFERENCES user (id))"
    )
    op.create_index(
        "ix_amendment_waiting",
        "amendment",
        ["account_id", "until"],
        sqlite_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_amendment_message", "amendment", ["message_id"])


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
