"""Sends that stopped themselves, and what was decided about them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from wasched.domain.early_stop import Measure
from wasched.models.base import UtcDateTime, one_of

_OPEN = text("state = 'waiting'")


class HoldState(StrEnum):
    """What became of a send that stopped itself."""

    WAITING = "waiting"  # for a person: nothing of it is claimed
    GONE_ON = "gone_on"
    TAKEN_BACK = "taken_back"  # what was left of it
    OVER = "over"  # nothing of it was left to decide about


class SendHold(SQLModel, table=True):
    """That an occurrence of a schedule went badly and waits, with what was seen.

    Named by what a move does not change. It is written in the transaction that puts the rest away,
    and stays: a send is stopped once.
    """

    __tablename__ = "send_hold"
    __table_args__ = (
        UniqueConstraint("schedule_id", "occurrence_at", name="uq_send_hold_once"),
        one_of("state", HoldState, "ck_send_hold_state"),
        one_of("measure", Measure, "ck_send_hold_measure"),
        # The few that wait, asked for at every claim.
        Index(
            "ix_send_hold_waiting",
            "schedule_id",
            "occurrence_at",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    schedule_id: int = Field(foreign_key="schedule.id", ondelete="CASCADE")
    occurrence_at: datetime = Field(sa_type=UtcDateTime)
    state: str = HoldState.WAITING
    held_at: datetime = Field(sa_type=UtcDateTime)
    # So many of so many, beside so many of so many in the account's past.
    measure: str = Field(max_length=20)
    bad: int
    seen: int
    past_bad: int
    past_seen: int
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_by_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")
