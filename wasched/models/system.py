"""Tables about the server itself."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from wasched.models.base import UtcDateTime


class Change(SQLModel, table=True):
    """Something changed that an open page may show: a topic of a space, or of one person.

    Short-lived; 0 stands for none, and both for everybody.
    """

    __tablename__ = "change"

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = 0
    user_id: int = 0
    topic: str = Field(max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)


class Heartbeat(SQLModel, table=True):
    """When a worker last said that it is alive."""

    __tablename__ = "heartbeat"

    worker: str = Field(primary_key=True, max_length=100)
    at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime = Field(sa_type=UtcDateTime)


class Setting(SQLModel, table=True):
    """A setting a person chose for the whole server."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True, max_length=60)
    value: str
