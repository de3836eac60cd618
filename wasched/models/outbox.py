"""Tables about what other programs are told: events, who reads them, and their delivery."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, text
from sqlmodel import Field, Index, SQLModel

from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of


class OutboxEvent(SQLModel, table=True):
    """Something that happened in a space, written in the transaction of what it tells.

    Triggers write it (`db/outbox_triggers.py`), and only while somebody reads. It names rows that
    may be gone by now.
    """

    __tablename__ = "outbox_event"
    __table_args__ = (
        Index("ix_outbox_event_space", "space_id", "id"),
        Index("ix_outbox_event_at", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int
    kind: str = Field(max_length=40)
    object_id: int
    account_id: int | None = None
    schedule_id: int | None = None
    recipient_id: int | None = None
    state: str = ""
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    at: datetime = Field(sa_type=UtcDateTime)


class EventReader(SQLModel, table=True):
    """That the events of a space are read: without a row here none is written."""

    __tablename__ = "event_reader"

    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE", primary_key=True)
    # When a key last asked for events; null: only webhooks take them.
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WebhookState(StrEnum):
    """Whether a webhook is delivered to."""

    ACTIVE = "active"
    PAUSED = "paused"  # by a person: what happens meanwhile waits
    OFF = "off"  # it took nothing for days
    GONE = "gone"  # it answered that it wants no more (410)


class Webhook(SQLModel, table=True):
    """An address that is told what happens in a space.

    Until `old_secret_until` deliveries are signed with the secret from before as well.
    """

    __tablename__ = "webhook"
    __table_args__ = (one_of("state", WebhookState, "ck_webhook_state"),)

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE", index=True)
    url: str = Field(max_length=2000)
    kinds: list[str] = Field(default_factory=list, sa_type=JSON)  # none: all there are
    has_texts: bool = False
    secret: str = Field(max_length=100)  # whsec_…; what is signed with it cannot be made by a hash
    old_secret: str = Field(default="", max_length=100)
    old_secret_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: str = WebhookState.ACTIVE
    state_since: datetime = Field(sa_type=UtcDateTime)
    seen_event_id: int = 0  # events up to this one are laid out for delivery
    failures: int = 0  # since the last success
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    try_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # nothing before this
    created_at: datetime = Field(sa_type=UtcDateTime)


class DeliveryState(StrEnum):
    """What became of a delivery."""

    WAITING = "waiting"  # for its turn, or another try
    DONE = "done"  # taken
    FAILED = "failed"  # given up


_WAITS, _ENDED = text("state = 'waiting'"), text("state != 'waiting'")


class WebhookDelivery(SQLModel, table=True):
    """One event for one webhook, and how its last try ended."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        one_of("state", DeliveryState, "ck_webhook_delivery_state"),
        Index("ix_webhook_delivery_event", "event_id"),
        # The few that wait: in their order, and by what each is about. One index of all would be
        # taken for them as well, so that the others have one of their own.
        Index(
            "ix_webhook_delivery_waiting",
            "webhook_id",
            "id",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index(
            "ix_webhook_delivery_ended",
            "webhook_id",
            "id",
            sqlite_where=_ENDED,
            postgresql_where=_ENDED,
        ),
        Index(
            "ix_webhook_delivery_order",
            "webhook_id",
            "object",
            "id",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    webhook_id: int = Field(foreign_key="webhook.id", ondelete="CASCADE")
    event_id: int = Field(foreign_key="outbox_event.id", ondelete="CASCADE")
    object: str = Field(max_length=40)
    state: str = DeliveryState.WAITING
    tries: int = 0
    try_at: datetime = Field(sa_type=UtcDateTime)
    failing_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    tried_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    status: int | None = None  # of HTTP; null where there was no answer
    answer: str = ""  # the first KB of it, or why there was none
