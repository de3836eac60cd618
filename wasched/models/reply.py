"""The table of what people wrote back."""

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from wasched.domain.reply import MatchedBy, ReplyKind
from wasched.models.base import UtcDateTime, one_of

_OPEN = text("answered_at IS NULL")


class Reply(SQLModel, table=True):
    """What somebody wrote back to a message, as its author last left it.

    `recipient_id` is whom the message went to, `person_id` who wrote: of a member of a group it is
    known only where they are in the address book. `by` and `by_alt` are the author's addresses.
    """

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("account_id", "whatsapp_id", name="uq_reply_once"),
        one_of("kind", ReplyKind, "ck_reply_kind"),
        one_of("matched_by", MatchedBy, "ck_reply_matched_by"),
        # The list walks these, and so does what forgets the old ones.
        Index("ix_reply_space_at", "space_id", "at", "id"),
        Index("ix_reply_open", "space_id", "at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_reply_message", "message_id", "at"),
        # Those of a person, to mark what was answered and to remove what is theirs.
        Index("ix_reply_person", "person_id", "at"),
        Index("ix_reply_recipient", "recipient_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    recipient_id: int = Field(foreign_key="recipient.id", ondelete="CASCADE")
    person_id: int | None = Field(default=None, foreign_key="recipient.id", ondelete="CASCADE")
    whatsapp_id: str = Field(max_length=80)
    by: str = Field(max_length=80)
    by_alt: str = Field(default="", max_length=80)
    name: str = Field(default="", max_length=200)  # what the author calls themselves
    kind: str = ReplyKind.TEXT
    text: str = ""
    matched_by: str
    at: datetime = Field(sa_type=UtcDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # When it was answered: from the phone, from here, or by somebody's word.
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
