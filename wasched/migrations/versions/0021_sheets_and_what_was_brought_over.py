"""Keep which sheet of a workbook was read, and what came from the Node.js version."""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_OF_A_WORKBOOK = (
    "sheet VARCHAR(255) NOT NULL DEFAULT ''",
    "sheets JSON NOT NULL DEFAULT '[]'",
    "hidden_sheets INTEGER NOT NULL DEFAULT 0",
)


def upgrade() -> None:
    """Bring the schema one step forward; the files that are there are no workbooks."""
    for column in _OF_A_WORKBOOK:
        op.execute(f"ALTER TABLE people_import ADD COLUMN {column}")
    op.execute(
        "CREATE TABLE brought_over (kind VARCHAR(10) NOT NULL, old VARCHAR(120) NOT NULL, "
        "row_id INTEGER NOT NULL, at DATETIME NOT NULL, PRIMARY KEY (kind, old), "
        "CONSTRAINT ck_brought_over_kind CHECK (kind IN ('list', 'daily', 'item')))"
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
