"""Tables about programs that come with a key, and the answers that are kept for them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from wasched.models.base import UtcDateTime


class Scope(StrEnum):
    """What a key lets a program do, of what its maker may."""

    READ = "read"  # see what is in the space
    SEND = "send"  # write: messages and schedules, people, lists, templates
    MANAGE = "manage"  # accounts and webhooks


class ApiKey(SQLModel, table=True):
    """A key by which a program gets into one space; holds its hash, never the key.

    It acts for who made it, and is worth nothing once they may make none.
    """

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("token_hash", name="uq_api_key_token_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE", index=True)
    made_by_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    name: str = Field(max_length=100)
    token_hash: str = Field(max_length=64)
    scopes: list[str] = Field(sa_type=JSON)
    account_ids: list[int] = Field(default_factory=list, sa_type=JSON)  # none: all of the space
    # An assistant shows what it would send before it does.
    confirms: bool = Field(default=True, sa_column_kwargs={"server_default": "1"})
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    # Written once a minute at most.
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_from: str = ""


class KeptAnswer(SQLModel, table=True):
    """What was answered to a request that may come twice, kept with what it did."""

    __tablename__ = "kept_answer"

    key_id: int = Field(foreign_key="api_key.id", ondelete="CASCADE", primary_key=True)
    name: str = Field(max_length=255, primary_key=True)  # the Idempotency-Key of the request
    request_hash: str = Field(max_length=64)
    body: str
    location: str = ""
    at: datetime = Field(sa_type=UtcDateTime, index=True)
