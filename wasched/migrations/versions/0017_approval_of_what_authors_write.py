"""Let authors write what somebody else approves."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BEFORE = "'manager', 'editor', 'viewer'"
_SINCE = "'manager', 'editor', 'author', 'viewer'"
_COLUMNS = (
    "approval VARCHAR NOT NULL DEFAULT ''"
    " CONSTRAINT ck_schedule_approval CHECK (approval IN ('', 'waiting', 'refused'))",
    "approval_turn INTEGER NOT NULL DEFAULT 0",
    "approval_word VARCHAR NOT NULL DEFAULT ''",
    "asked_by_id INTEGER REFERENCES user (id)",
    "asked_at DATETIME",
    "decided_by_id INTEGER REFERENCES user (id)",
    "decided_at DATETIME",
)


def upgrade() -> None:
    """Bring the schema one step forward; whatever is scheduled may go out as before."""
    for column in _COLUMNS:
        _run(f"ALTER TABLE schedule ADD COLUMN {column}")
    op.create_index(
        "ix_schedule_unapproved",
        "schedule",
        ["approval", "space_id"],
        sqlite_where=sa.text("approval != ''"),
    )
    _admit_authors("membership", "invitation")


def _admit_authors(*tables: str) -> None:
    """Let a column of roles hold one more, without touching a row.

    The way of sqlite.org/lang_altertable.html, 7, for changes that do not affect what is stored.
    """
    version = _run("PRAGMA schema_version").scalar() or 0
    _run("PRAGMA writable_schema = ON")
    for table in tables:
        change = sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :since)"
            " WHERE type = 'table' AND name = :name AND instr(sql, :before)"
        )
        asked = {"before": _BEFORE, "since": _SINCE, "name": table}
        if op.get_bind().execute(change, asked).rowcount != 1:
            raise RuntimeError(f"The table {table} is not as its migrations made it.")
    _run(f"PRAGMA schema_version = {version + 1}")
    _run("PRAGMA writable_schema = RESET")


def _run(statement: str) -> sa.CursorResult[tuple[int]]:
    return op.get_bind().execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
