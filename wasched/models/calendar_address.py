"""The table of addresses at which other programs read somebody's calendar."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint
from sqlmodel import Field, SQLModel, UniqueConstraint

from wasched.models.base import UtcDateTime


class CalendarAddress(SQLModel, table=True):
    """The secret address of one person's calendar of a space; holds the token's hash alone.

    It ends with the membership. `told` says of each event that was answered last, by its UID, what
    it was made of and when it changed (`domain/calendar_file.py`).
    """

    __tablename__ = "calendar_address"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "space_id"],
            ["membership.user_id", "membership.space_id"],
            name="fk_calendar_address_membership",
            ondelete="CASCADE",
        ),
        UniqueConstraint("token_hash", name="uq_calendar_address_token_hash"),
    )

    # One for each person and space: a newer one makes the older one worthless.
    user_id: int = Field(primary_key=True)
    space_id: int = Field(primary_key=True)
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcDateTime)
    told: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
