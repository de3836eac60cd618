"""Tables about schedules: what, to whom, when and how often."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, text
from sqlmodel import CheckConstraint, Field, Index, SQLModel

from wasched.domain.schedule import Approval, ScheduleStatus
from wasched.models.base import UtcDateTime, one_of


class Schedule(SQLModel, table=True):
    """One text for some recipients at a wall-clock time in a zone, once or repeated."""

    __tablename__ = "schedule"
    __table_args__ = (
        one_of("status", ScheduleStatus, "ck_schedule_status"),
        one_of("approval", Approval, "ck_schedule_approval"),
        CheckConstraint("late_window_s >= 0", name="ck_schedule_late_window"),
        Index("ix_schedule_status_next", "status", "next_at"),
        # Those that repeat, counted from here alone among however many go out once.
        Index(
            "ix_schedule_repeating",
            "status",
            "space_id",
            "rrule",
            sqlite_where=text("rrule != ''"),
            postgresql_where=text("rrule != ''"),
        ),
        # The few that may not send: asked for at every look at what is too late.
        Index(
            "ix_schedule_unapproved",
            "approval",
            "space_id",
            sqlite_where=text("approval != ''"),
            postgresql_where=text("approval != ''"),
        ),
        # The few that are dates of a series and go on their own.
        Index(
            "ix_schedule_series",
            "series_id",
            "series_day",
            sqlite_where=text("series_id IS NOT NULL"),
            postgresql_where=text("series_id IS NOT NULL"),
        ),
        # One nudge for each occurrence that has one.
        Index(
            "uq_schedule_nudge",
            "nudge_of_id",
            "nudge_of_at",
            unique=True,
            sqlite_where=text("nudge_of_id IS NOT NULL"),
            postgresql_where=text("nudge_of_id IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    made_by_id: int | None = Field(default=None, foreign_key="user.id")
    changed_by_id: int | None = Field(default=None, foreign_key="user.id")
    # Counts what people change: the worker's steps are none.
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    account_id: int = Field(foreign_key="account.id", index=True)
    # One to five contents; several are variants of which each message gets one.
    contents: list[dict[str, Any]] = Field(sa_type=JSON)
    preview: str = ""
    # Wall clock in `zone`, without a zone of its own: the one naive time there is.
    starts_local: datetime = Field(sa_type=DateTime)
    zone: str
    rrule: str = ""  # RFC 5545; empty for a single occurrence
    month_end: str = "skip"
    exdates: list[str] = Field(default_factory=list, sa_type=JSON)
    late_window_s: int = 1800
    respects_quiet_hours: bool = False
    stops_on_reply: bool = False
    status: str = ScheduleStatus.ACTIVE
    # The occurrence that is laid out: its instant, what the wall clock shows there, and the
    # edition of the zone data that leads from one to the other.
    next_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_local: datetime | None = Field(default=None, sa_type=DateTime)
    tzdata: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    # Of a date that was changed alone: the series that leaves it out, and its day there, which
    # names the occurrence whatever its time of day becomes.
    series_id: int | None = None
    series_day: date | None = None
    approval: str = Field(default=Approval.GIVEN, sa_column_kwargs={"server_default": ""})
    # How often it was asked for: an approval is for what was seen, by this number.
    approval_turn: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # Why it was refused.
    approval_word: str = Field(default="", sa_column_kwargs={"server_default": ""})
    asked_by_id: int | None = Field(default=None, foreign_key="user.id")
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="user.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Of an answer to a keyword: the word as it was set up.
    answers_word: str = Field(default="", sa_column_kwargs={"server_default": ""})
    # What each of its occurrences is followed by (domain/nudge.py); empty for nothing.
    nudge: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    # Of a nudge itself: the schedule and the occurrence that it follows, and to which of those it
    # goes to whom that went.
    nudge_of_id: int | None = None
    nudge_of_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    has_not: str = Field(default="", sa_column_kwargs={"server_default": ""})

    @property
    def holds_back(self) -> bool:
        """True while nothing that is laid out may be tried."""
        return self.status == ScheduleStatus.PAUSED or self.approval != Approval.GIVEN


class ScheduleRecipient(SQLModel, table=True):
    """A recipient of a schedule: chosen by themselves, or there because of a list."""

    __tablename__ = "schedule_recipient"

    schedule_id: int = Field(foreign_key="schedule.id", ondelete="CASCADE", primary_key=True)
    recipient_id: int = Field(foreign_key="recipient.id", primary_key=True, index=True)
    is_direct: bool = True
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # they replied
