"""Tables about what people answer to a message: votes in polls, and reactions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, Index, SQLModel

from wasched.models.base import UtcDateTime, one_of


class SentPoll(SQLModel, table=True):
    """A poll as it was sent: its schedule may say something else by now."""

    __tablename__ = "sent_poll"

    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE", primary_key=True)
    question: str = ""
    options: list[str] = Field(default_factory=list, sa_type=JSON)
    choices: int = 1  # how many may be chosen; 0: any number


class AnswerKind(StrEnum):
    """What somebody answered with."""

    VOTE = "vote"
    REACTION = "reaction"


class UnsettledAnswer(SQLModel, table=True):
    """A vote or a reaction as it came, until it is counted with the message it is about.

    That may not be known yet: its send may be under way. A vote is encrypted still: `body` with
    `iv`; of a reaction `body` is the emoji.
    """

    __tablename__ = "unsettled_answer"
    __table_args__ = (one_of("kind", AnswerKind, "ck_unsettled_answer_kind"),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    whatsapp_id: str = Field(max_length=80, index=True)  # of the message it is about
    kind: str
    sender: str = Field(max_length=80)
    sender_alt: str = Field(default="", max_length=80)  # the same person by number or LID
    name: str = Field(default="", max_length=200)  # what they call themselves
    iv: bytes = b""
    body: bytes = b""
    at: datetime = Field(sa_type=UtcDateTime)  # as the sender's clock had it
    kept_at: datetime = Field(sa_type=UtcDateTime)


class Vote(SQLModel, table=True):
    """What one person chose in a poll last.

    `chosen` are the options as bits, from the first on; 0: taken back, null: cannot be read.
    """

    __tablename__ = "vote"
    __table_args__ = (Index("ix_vote_of_message", "message_id", "chosen"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    # Whose it is: of the address book, else by number (E.164) or LID, whichever were told.
    recipient_id: int | None = Field(default=None, foreign_key="recipient.id", index=True)
    number: str | None = Field(default=None, max_length=20)
    lid: str | None = Field(default=None, max_length=80)
    name: str = Field(default="", max_length=200)
    chosen: int | None = None
    changes: int = 0  # how often they chose anew
    at: datetime = Field(sa_type=UtcDateTime)


class Reaction(SQLModel, table=True):
    """What one person reacted to a message with last; empty: taken back."""

    __tablename__ = "reaction"
    __table_args__ = (Index("ix_reaction_of_message", "message_id", "emoji"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    recipient_id: int | None = Field(default=None, foreign_key="recipient.id", index=True)
    number: str | None = Field(default=None, max_length=20)
    lid: str | None = Field(default=None, max_length=80)
    name: str = Field(default="", max_length=200)
    emoji: str = Field(default="", max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)
