"""Keep the invite links of groups, and let messages go to statuses and channels."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_BEFORE, _SINCE = "'person', 'group'", "'person', 'group', 'status', 'channel'"


def upgrade() -> None:
    """Bring the schema one step forward; which groups have one, the next look at them tells."""
    op.create_table(
        "group_invite",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", _Instant(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("told_at", _Instant(), nullable=True),
        sa.Column("refusal", wasched.models.base.ReasonColumn(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["recipient.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("group_id"),
    )
    op.create_index("ix_group_invite_account_id", "group_invite", ["account_id"])
    _count_views()
    _admit_kinds()


def _count_views() -> None:
    op.create_table(
        "post_views",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", _Instant(), nullable=True),
        sa.Column("views", sa.Integer(), nullable=True),
        sa.Column("told_at", _Instant(), nullable=True),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id"),
    )
    op.create_index("ix_post_views_account_id", "post_views", ["account_id"])


def _admit_kinds() -> None:
    """Let recipients be of two more kinds, without touching a row.

    The way of sqlite.org/lang_altertable.html, 7, for changes that do not affect what is stored.
    """
    version = _run("PRAGMA schema_version").scalar() or 0
    _run("PRAGMA writable_schema = ON")
    change = sa.text(
        "UPDATE sqlite_master SET sql = replace(sql, :before, :since)"
        " WHERE type = 'table' AND name = 'recipient' AND instr(sql, :before)"
    )
    if op.get_bind().execute(change, {"before": _BEFORE, "since": _SINCE}).rowcount != 1:
        raise RuntimeError("The table recipient is not as its migrations made it.")
    _run(f"PRAGMA schema_version = {version + 1}")
    _run("PRAGMA writable_schema = RESET")


def _run(statement: str) -> sa.CursorResult[tuple[int]]:
    return op.get_bind().execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
