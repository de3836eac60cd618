"""Make room for webhooks and the events they tell of."""

import sqlalchemy as sa
from alembic import op

import wasched.models.base

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_Instant = wasched.models.base.UtcDateTime
_WAITS, _ENDED = sa.text("state = 'waiting'"), sa.text("state != 'waiting'")


def upgrade() -> None:
    """Bring the schema one step forward."""
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("schedule_id", sa.Integer(), nullable=True),
        sa.Column("recipient_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", _Instant(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", _Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outbox_event_space", "outbox_event", ["space_id", "id"])
    op.create_index("ix_outbox_event_at", "outbox_event", ["at"])
    op.create_table(
        "event_reader",
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", _Instant(), nullable=True),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("space_id"),
    )
    _make_webhooks()


def _make_webhooks() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("space_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("has_texts", sa.Boolean(), nullable=False),
        sa.Column("secret", sa.String(length=100), nullable=False),
        sa.Column("old_secret", sa.String(length=100), nullable=False),
        sa.Column("old_secret_until", _Instant(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_since", _Instant(), nullable=False),
        sa.Column("seen_event_id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", _Instant(), nullable=True),
        sa.Column("try_at", _Instant(), nullable=True),
        sa.Column("created_at", _Instant(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'paused', 'off', 'gone')", name="ck_webhook_state"),
        sa.ForeignKeyConstraint(["space_id"], ["space.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_webhook_space_id", "webhook", ["space_id"])
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("webhook_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("object", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("try_at", _Instant(), nullable=False),
        sa.Column("failing_since", _Instant(), nullable=True),
        sa.Column("tried_at", _Instant(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'failed')", name="ck_webhook_delivery_state"
        ),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhook.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["outbox_event.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_webhook_delivery_event", "webhook_delivery", ["event_id"])
    for name, columns, where in (
        ("ix_webhook_delivery_waiting", ["webhook_id", "id"], _WAITS),
        ("ix_webhook_delivery_ended", ["webhook_id", "id"], _ENDED),
        ("ix_webhook_delivery_order", ["webhook_id", "object", "id"], _WAITS),
    ):
        op.create_index(name, "webhook_delivery", columns, sqlite_where=where)


def downgrade() -> None:
    """Refuse: going back is done by restoring a back-up."""
    raise NotImplementedError("Restore a back-up to go back to an older version.")
