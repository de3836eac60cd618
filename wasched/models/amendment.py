"""The table of what is to be done with messages that have gone out."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, text
from sqlmodel import Field, Index, SQLModel

from wasched.domain.amendment import AmendmentKind, AmendmentState
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of

_WAITS = text("state = 'waiting'")


class Amendment(SQLModel, table=True):
    """A deletion for everyone, or a correction, of one message; the last one of a message counts.

    `content` is what the message says by a correction, `before` what it said until then. After
    `until` WhatsApp takes it no more. A try is counted before it is made: what is handed over
    again changes nothing, so a crash in between leaves it to be done once more.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        one_of("kind", AmendmentKind, "ck_amendment_kind"),
        one_of("state", AmendmentState, "ck_amendment_state"),
        # The few that wait, by who does them.
        Index(
            "ix_amendment_waiting",
            "account_id",
            "until",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index("ix_amendment_message", "message_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id")
    account_id: int = Field(foreign_key="account.id")
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    kind: str
    state: str = AmendmentState.WAITING
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    before: str = ""
    asked_by_id: int | None = Field(default=None, foreign_key="user.id")
    asked_at: datetime = Field(sa_type=UtcDateTime)
    until: datetime = Field(sa_type=UtcDateTime)
    try_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0
    reason: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # WhatsApp's id of the change itself, whose receipts say that phones have it.
    whatsapp_id: str | None = Field(default=None, max_length=80)
