"""Whether who runs the server has stopped all of it: nothing goes out through any account."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from wasched.models import Setting

NAME = "server_stop"
"""The setting that is there while it lasts; its value says since when, and who did it."""


@dataclass(frozen=True)
class ServerStop:
    """Since when, and the id of who stopped it."""

    at: datetime
    by_id: int


def server_stop(session: Session) -> ServerStop | None:
    """The stop that is in force; None while there is none."""
    found = session.get(Setting, NAME)
    return read_server_stop(found.value) if found is not None else None


def read_server_stop(value: str) -> ServerStop:
    """A stop as its setting has it; ValueError if that is none."""
    at, by_id = value.split()
    return ServerStop(datetime.fromisoformat(at), int(by_id))


def is_server_stopped(session: Session) -> bool:
    """True while nothing may go out from this server."""
    return session.get(Setting, NAME) is not None


def put_server_stop(session: Session, stop: ServerStop) -> None:
    """Have it be in force."""
    session.merge(Setting(name=NAME, value=f"{stop.at.isoformat()} {stop.by_id}"))
