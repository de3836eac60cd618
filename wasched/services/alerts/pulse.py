"""When each process of the server last said that it is there, for the other to see."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from wasched.models import Heartbeat, Setting

_API = "api_seen_at"


def note_api(session: Session, now: datetime) -> None:
    """Say that the api is there."""
    session.merge(Setting(name=_API, value=now.isoformat()))


def api_mark(session: Session, _now: datetime) -> datetime | None:
    """When the api last said so; None if it never has."""
    noted = session.get(Setting, _API)
    return datetime.fromisoformat(noted.value) if noted else None


def worker_mark(session: Session, _now: datetime) -> datetime | None:
    """When a worker last said so; None if none ever has."""
    return session.scalar(select(func.max(col(Heartbeat.at))))
