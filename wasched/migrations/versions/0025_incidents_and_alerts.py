"""Keep what went wrong, and whom it is told."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_KINDS = (
    "link_ended link_lost restricted phone_silent missed failed approval webhook_off "
    "worker_silent server_silent sending storage disk_low queue clock back_up_old"
)


def upgrade() -> None:
    """Bring the schema one step forward; of linked phones it is counted from now on."""
    op.execute("ALTER TABLE account ADD COLUMN heard_at DATETIME")
    op.execute("UPDATE account SET heard_at = CURRENT_TIMESTAMP WHERE linked_at IS NOT NULL")
    _make_incidents()
    _make_ways()
    _make_alerts()


def _make_incidents() -> None:
    listed = ", ".join(f"'{one}'" for one in _KINDS.split())
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(length=1000), nullable=False),
        sa.Column("began_at", _Instant(), nullable=False),
        sa.Column("seen_at", _Instant(), nullable=False),
        sa.Column("told_at", _Instant(), nullable=True),
        sa.Column("over_at", _Instant(), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.CheckConstraint(f"kind IN ({listed})", name="ck_incident_kind"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_incident_began", "incident", ["began_at"])
    op.create_index(
        "uq_incident_open",
        "incident",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("over_at IS NULL"),
    )


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
        sa.Column("created_at", _Instant(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_alert_way_user_id", "alert_way", ["user_id"])
    op.create_index(
        "uq_alert_way_mail",
        "alert_way",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'mail'"),
    )
    op.create_table(
        "alert_quiet",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_to", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id"),
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
    op.create_index(
        "ix_alert_waits",
        "alert",
        ["try_at"],
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
