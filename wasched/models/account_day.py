"""How an account's days went, counted once for all who ask."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from wasched.models.base import UtcDateTime


class AccountDay(SQLModel, table=True):
    """What became of what an account sent on one day of its zone, as far as is known by then.

    Counted are messages that went at least an hour before `counted_at`. All of it can be counted
    anew from the messages while they are kept.
    """

    __tablename__ = "account_day"

    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", primary_key=True)
    day: date = Field(primary_key=True)
    sent: int = 0
    soon: int = 0  # on the phone within two minutes
    in_time: int = 0  # within ten
    arrived: int = 0  # within an hour
    read: int = 0
    answered: int = 0
    opted_out: int = 0  # within a day of it
    refused: int = 0  # not taken, or could not be sent
    strangers_refused: int = 0  # of these: by WhatsApp's answer 463
    absent: int = 0  # of these: not on WhatsApp
    counted_at: datetime = Field(sa_type=UtcDateTime)
