"""Notes of what changed, written with the change itself, so that open pages can follow."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.models import Change

MESSAGES = "messages"
ACCOUNTS = "accounts"
RECIPIENTS = "recipients"
PEOPLE = "people"
MEDIA = "media"
TEMPLATES = "templates"
DRAFTS = "drafts"
IMPORTS = "imports"

EVERYBODY = 0
"""The owner of what concerns all who have an account on this server."""

_KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class ChangeNote:
    """One change: a topic of an owner, in the order of `id`."""

    id: int
    owner_id: int
    topic: str


def announce(session: Session, owner_id: int, topic: str, now: datetime) -> None:
    """Note in this very transaction that something of the owner changed, once a topic."""
    noted: set[tuple[int, str]] = session.info.setdefault("changes", set())
    if (owner_id, topic) not in noted:
        noted.add((owner_id, topic))
        session.add(Change(owner_id=owner_id, topic=topic, at=now))


def newest_note(session: Session) -> int:
    """The id of the last change, 0 if there is none."""
    return session.scalar(select(func.max(Change.id))) or 0


def notes_since(session: Session, last_id: int) -> list[ChangeNote]:
    """Everything noted after the change with this id."""
    rows = session.execute(
        select(Change.id, Change.owner_id, Change.topic)
        .where(col(Change.id) > last_id)
        .order_by(col(Change.id))
    )
    return [ChangeNote(*row) for row in rows]


def prune_notes(session: Session, now: datetime) -> None:
    """Forget old notes, but for the newest: its id must not be given again."""
    session.execute(
        delete(Change).where(col(Change.at) < now - _KEPT, col(Change.id) < newest_note(session))
    )
