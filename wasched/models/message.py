"""Tables about messages, their attempts and their receipts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import CheckConstraint, Field, Index, SQLModel, UniqueConstraint

from wasched.domain.link import ReceiptKind
from wasched.domain.message import NEEDS_A_PERSON, NO_TRY, Status
from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of

_NEEDS = f"status IN ({', '.join(repr(str(one)) for one in sorted(NEEDS_A_PERSON))})"


class Message(SQLModel, table=True):
    """One send to one recipient at one instant.

    `due_at` is when it should go, `try_at` the next instant it may be tried (NO_TRY while it is
    held back), `late_at` the end of its late window.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("schedule_id", "occurrence_at", "recipient_id", name="uq_message_once"),
        one_of("status", Status, "ck_message_status"),
        CheckConstraint("late_at >= due_at", name="ck_message_late_at"),
        CheckConstraint(
            "status NOT IN ('sent', 'delivered', 'read', 'played') OR sent_at IS NOT NULL",
            name="ck_message_sent_at",
        ),
        # Claiming and finding the next instant walk this index, whatever the table holds.
        Index("ix_message_drain", "account_id", "status", "try_at", "id"),
        # The daily cap counts along this one.
        Index("ix_message_sent", "account_id", "sent_at"),
        Index("ix_message_status_late", "status", "late_at"),
        # Lists and the calendar walk sends in their order; the two that see most carry what
        # is counted, so that whole months are read from the index alone.
        Index("ix_message_due", "due_at", "schedule_id", "status", "dismissed_at"),
        Index("ix_message_space_due", "space_id", "due_at", "schedule_id", "status"),
        Index("ix_message_account_due", "account_id", "due_at", "schedule_id"),
        Index("ix_message_recipient_due", "recipient_id", "due_at", "schedule_id"),
        Index("ix_message_status_due", "status", "due_at", "schedule_id"),
        # The few that are deleted for everyone, counted for the sends of a page.
        Index(
            "ix_message_taken_back",
            "schedule_id",
            "due_at",
            sqlite_where=text("taken_back_at IS NOT NULL"),
            postgresql_where=text("taken_back_at IS NOT NULL"),
        ),
        # The few that wait for a person, among however many have been dealt with.
        Index(
            "ix_message_needs",
            "dismissed_at",
            "due_at",
            "schedule_id",
            sqlite_where=text(_NEEDS),
            postgresql_where=text(_NEEDS),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id")
    schedule_id: int = Field(foreign_key="schedule.id")
    account_id: int = Field(foreign_key="account.id")
    recipient_id: int = Field(foreign_key="recipient.id")
    occurrence_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    try_at: datetime = Field(sa_type=UtcDateTime)
    late_at: datetime = Field(sa_type=UtcDateTime)
    status: str = Status.SCHEDULED
    reason: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    attempts: int = 0
    sent_text: str = ""
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    delivered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dismissed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When it was first replied to, by anybody of a group; kept longer than the reply itself.
    replied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Since when it is deleted for everyone.
    taken_back_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # How many others were in the group when WhatsApp took it; None if nobody counted them.
    group_others: int | None = None

    @property
    def is_held_back(self) -> bool:
        """True if it is not tried at any time, until a person lets its schedule go on."""
        return self.try_at >= NO_TRY


class Outcome(StrEnum):
    """How an attempt ended; OPEN until that is known."""

    OPEN = "open"
    TAKEN = "taken"  # WhatsApp answered with an ack
    REFUSED = "refused"  # WhatsApp answered no
    NOT_SENT = "not_sent"  # it surely never left
    UNKNOWN = "unknown"  # it may have left


class Attempt(SQLModel, table=True):
    """One try at sending a message, written before it is made."""

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("message_id", "number", name="uq_attempt_number"),
        UniqueConstraint("secret", name="uq_attempt_secret"),
        CheckConstraint("length(secret) = 32", name="ck_attempt_secret"),
        one_of("outcome", Outcome, "ck_attempt_outcome"),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    number: int
    secret: bytes
    started_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    outcome: str = Outcome.OPEN
    detail: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    whatsapp_id: str | None = Field(default=None, max_length=80, index=True)


class PostViews(SQLModel, table=True):
    """How often a post in a channel was viewed, as WhatsApp told it last.

    `asked_at` is set while somebody waits for it; `views` is None where WhatsApp told of no such
    post.
    """

    __tablename__ = "post_views"

    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE", primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    views: int | None = None
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Receipt(SQLModel, table=True):
    """A receipt as it came; kept even before the attempt knows its id."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("account_id", "whatsapp_id", "kind", "by", name="uq_receipt_once"),
        one_of("kind", ReceiptKind, "ck_receipt_kind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    whatsapp_id: str = Field(max_length=80, index=True)
    kind: str
    by: str = Field(max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)
