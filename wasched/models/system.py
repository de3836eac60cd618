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
    """A worker that is at work, and when it last said so.

    `worker` is its lasting name, `title` what people are told. Each start has a `number` of its
    own, the later the higher. `beats` is counted on while it lives, for the others to see: where it
    has stood still for `lasts_s` seconds the worker is dead. Nobody is judged by `at`, which is for
    people.
    """

    __tablename__ = "heartbeat"

    worker: str = Field(primary_key=True, max_length=100)
    at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime = Field(sa_type=UtcDateTime)
    title: str = Field(default="", max_length=100)
    number: int = 0
    beats: int = 0
    lasts_s: float = 0
    has_queue: bool = False  # one that workers on other machines share
    is_leaving: bool = False


class Duty(SQLModel, table=True):
    """What one worker does for the whole server, and which worker that is.

    `fence` counts how often it changed hands.
    """

    __tablename__ = "duty"

    name: str = Field(primary_key=True, max_length=60)
    holder: str = Field(default="", max_length=100)
    fence: int = 0
    since: datetime = Field(sa_type=UtcDateTime)


class Setting(SQLModel, table=True):
    """A setting a person chose for the whole server."""

    __tablename__ = "setting"

    name: str = Field(primary_key=True, max_length=60)
    value: str


class Program(SQLModel, table=True):
    """An api or a worker that uses the database, from its start to its end.

    `head` is the schema that it is made for. `machine` is the same where its `pid` is one's own
    process as well.
    """

    __tablename__ = "program"

    name: str = Field(primary_key=True, max_length=40)
    kind: str = Field(max_length=20)
    host: str = Field(max_length=200)
    machine: str = Field(max_length=200)
    pid: int
    head: str = Field(max_length=40)
    started_at: datetime = Field(sa_type=UtcDateTime)
    at: datetime = Field(sa_type=UtcDateTime)  # by the database's clock
