"""Tables about the accounts' own WhatsApp numbers."""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel

from wasched.models.base import UtcDateTime


class Number(SQLModel, table=True):
    """A WhatsApp number that was linked to this server, through whichever accounts and spaces."""

    __tablename__ = "number"

    digits: str = Field(primary_key=True, max_length=20)  # with its country, without the plus
    linked_at: datetime = Field(sa_type=UtcDateTime)  # for the first time
    warms_up: bool
    # When a person last switched the warm-up off or on, and who; None: nobody did.
    switched_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    switched_by_id: int | None = Field(default=None, foreign_key="user.id", ondelete="SET NULL")


class NumberPeriod(SQLModel, table=True):
    """From when until when an account wrote from a number, so that what it sent counts for that.

    An account that was linked again with another phone has several.
    """

    __tablename__ = "number_period"
    __table_args__ = (
        Index("ix_number_period_account", "account_id", "until"),
        Index("ix_number_period_digits", "digits"),
    )

    id: int | None = Field(default=None, primary_key=True)
    digits: str = Field(foreign_key="number.digits", ondelete="CASCADE", max_length=20)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    since: datetime = Field(sa_type=UtcDateTime)
    until: datetime | None = Field(default=None, sa_type=UtcDateTime)  # None: it still does
