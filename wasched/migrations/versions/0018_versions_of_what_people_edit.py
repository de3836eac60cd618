"""Count the changes of what several people may edit."""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_VERSION = "version INTEGER NOT NULL DEFAULT 1"
_CHANGED_BY = "changed_by_id INTEGER REFERENCES user (id)"
_NEW = {
    "schedule": (_VERSION,),
    "recipient": (_CHANGED_BY, "changed_at DATETIME", _VERSION),
    "recipient_list": (_CHANGED_BY, _VERSION),
    "template": (_CHANGED_BY, _VERSION),
}


def upgrade() -> None:
    """Bring the schema one step forward; whatever is there is at its first version."""
    for table, columns in _NEW.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
