"""Keep how each number is doing, and which sends stopped themselves."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_COUNTS = [
    "sent",
    "soon",
    "in_time",
    "arrived",
    "read",
    "answered",
    "opted_out",
    "refused",
    "strangers_refused",
    "absent",
]
_LAST_KIND, _WITH_NEW = "'back_up_old'", "'back_up_old', 'send_held'"


def upgrade() -> None:
    """Bring the schema one step forward; the worker counts the days there are by and by."""
    _make_days()
    _make_holds()
    _allow_new_kind()


def _make_days() -> None:
    op.create_table(
        "account_day",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(one, sa.Integer(), nullable=False) for one in _COUNTS),
        sa.Column("counted_at", _Instant(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", "day"),
    )


def _make_holds() -> None:
    op.create_table(
        "send_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("occurrence_at", _Instant(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_at", _Instant(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        *(
            sa.Column(one, sa.Integer(), nullable=False)
            for one in ("bad", "seen", "past_bad", "past_seen")
        ),
        sa.Column("decided_at", _Instant(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'gone_on', 'taken_back', 'over')", name="ck_send_hold_state"
        ),
        sa.CheckConstraint(
            "measure IN ('refused', 'slow', 'undelivered')", name="ck_send_hold_measure"
        ),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedule.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], ondelete="SET NULL"),
        sa.UniqueConstraint("schedule_id", "occurrence_at", name="uq_send_hold_once"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_send_hold_waiting",
        "send_hold",
        ["schedule_id", "occurrence_at"],
        sqlite_where=sa.text("state = 'waiting'"),
    )


def _allow_new_kind() -> None:
    """Widen a constraint where it is written down: alerts hang on the rows of its table.

    The way of sqlite.org/lang_altertable.html, 7, for changes that do not affect what is stored.
    """
    connection = op.get_bind()
    version = connection.execute(sa.text("PRAGMA schema_version")).scalar_one()
    connection.execute(sa.text("PRAGMA writable_schema = ON"))
    connection.execute(
        sa.text(
            "UPDATE sqlite_master SET sql = replace(sql, :before, :after) "
            "WHERE type = 'table' AND name = 'incident'"
        ),
        {"before": _LAST_KIND, "after": _WITH_NEW},
    )
    connection.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    connection.execute(sa.text("PRAGMA writable_schema = RESET"))


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
