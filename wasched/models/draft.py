"""The table of messages that somebody has begun to write."""

from datetime import datetime

from sqlmodel import JSON, Column, Field, SQLModel

from wasched.models.base import UtcDateTime


class KeptDraft(SQLModel, table=True):
    """A message that is not sent or scheduled yet; nobody but who writes it can see it.

    `body` is all of it, as the page that writes it reads it back; `to_whom` and `words` are what
    a list of drafts shows of it. `version` counts the changes, so that two tabs notice each other.
    """

    __tablename__ = "draft"
    # A tab may still write a draft that is gone: its id must never be another one's.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    body: str
    to_whom: str = Field(default="", max_length=200)
    words: str = Field(default="", max_length=200)
    media: list[int] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    version: int = 1
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
