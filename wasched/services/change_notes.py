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
AUDIT = "audit"
WEBHOOKS = "webhooks"
REPLIES = "replies"
KEYWORDS = "keywords"

_KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class ChangeNote:
    """One change: a topic of a space or of a user, of everybody if of neither; ordered by `id`."""

    id: int
    space_id: int
    user_id: int
    topic: str

    def concerns(self, space_id: int, user_id: int) -> bool:
        """True if a user, who is in a space, is to see what changed."""
        if not self.space_id and not self.user_id:
            return True
        return space_id == self.space_id or user_id == self.user_id


def announce(session: Session, space_id: int, topic: str, now: datetime) -> None:
    """Note in this very transaction that something of a space changed, once a topic."""
    _note(session, space_id, 0, topic, now)


def announce_to_user(session: Session, user_id: int, topic: str, now: datetime) -> None:
    """The same of what is one person's own, wherever they are."""
    _note(session, 0, user_id, topic, now)


def announce_to_all(session: Session, topic: str, now: datetime) -> None:
    """The same of what concerns everybody on this server."""
    _note(session, 0, 0, topic, now)


def newest_note(session: Session) -> int:
    """The id of the last change, 0 if there is none."""
    return session.scalar(select(func.max(Change.id))) or 0


def notes_since(session: Session, last_id: int) -> list[ChangeNote]:
    """Everything noted after the change with this id."""
    rows = session.execute(
        select(col(Change.id), col(Change.space_id), col(Change.user_id), col(Change.topic))
        .where(col(Change.id) > last_id)
        .order_by(col(Change.id))
    )
    return [ChangeNote(*row) for row in rows]


def prune_notes(session: Session, now: datetime) -> None:
    """Forget old notes, but for the newest: its id must not be given again."""
    session.execute(
        delete(Change).where(col(Change.at) < now - _KEPT, col(Change.id) < newest_note(session))
    )


def _note(session: Session, space_id: int, user_id: int, topic: str, now: datetime) -> None:
    noted: set[tuple[int, int, str]] = session.info.setdefault("changes", set())
    if (space_id, user_id, topic) not in noted:
        noted.add((space_id, user_id, topic))
        session.add(Change(space_id=space_id, user_id=user_id, topic=topic, at=now))
