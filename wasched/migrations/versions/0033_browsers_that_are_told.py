"""Let browsers be told of what happens, each as long as it is signed in."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_WAY = "id, user_id, kind, label, address, kinds, fault, created_at"
_ALERT = "id, incident_id, way_id, is_over, try_at, tries, sent_at, given_up_at"


def upgrade() -> None:
    """Bring the schema one step forward.

    SQLite adds no reference that says what becomes of a row, so both tables are made anew; alerts
    go first and come back last, for they would go with their ways.
    """
    op.execute(f"CREATE TABLE alert_kept AS SELECT {_ALERT} FROM alert")
    op.execute(f"CREATE TABLE alert_way_kept AS SELECT {_WAY} FROM alert_way")
    op.drop_table("alert")
    op.drop_table("alert_way")
    _make_ways()
    _make_alerts()
    op.execute(f"INSERT INTO alert_way ({_WAY}) SELECT {_WAY} FROM alert_way_kept")
    op.execute(f"INSERT INTO alert ({_ALERT}) SELECT {_ALERT} FROM alert_kept")
    op.drop_table("alert_kept")
    op.drop_table("alert_way_kept")


def _make_ways() -> None:
    op.create_table(
        "alert_way",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=4000), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.Column("sign_in_id", sa.Integer(), nullable=True),
        sa.Column("created_at", _Instant(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sign_in_id"], ["sign_in.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_alert_way_user_id", "alert_way", ["user_id"])
    op.create_index("ix_alert_way_sign_in_id", "alert_way", ["sign_in_id"])
    _make_unique("uq_alert_way_mail", "user_id", "kind = 'mail'")
    _make_unique("uq_alert_way_push", "address", "kind = 'push'")


def _make_unique(name: str, column: str, where: str) -> None:
    holds = sa.text(where)
    op.create_index(
        name, "alert_way", [column], unique=True, sqlite_where=holds, postgresql_where=holds
    )


def _make_alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.Column("way_id", sa.Integer(), nullable=False),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("try_at", _Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", _Instant(), nullable=True),
        sa.Column("given_up_at", _Instant(), nullable=True),
        sa.ForeignKeyConstraint(["incident_id"], ["incident.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["way_id"], ["alert_way.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("uq_alert_once", "alert", ["incident_id", "way_id", "is_over"], unique=True)
    op.create_index("ix_alert_way_id", "alert", ["way_id"])
    waits = sa.text("sent_at IS NULL AND given_up_at IS NULL")
    op.create_index(
        "ix_alert_waits", "alert", ["try_at"], sqlite_where=waits, postgresql_where=waits
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
