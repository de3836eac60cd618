"""Whether anybody reads the events of a space: where nobody does, none is written."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.models import EventReader, Webhook, WebhookState

ASKED_LASTS = timedelta(days=7)
"""For so long after a key has asked for events they are kept for the next time it asks."""

_NOTED = timedelta(hours=1)
_TAKES = (WebhookState.ACTIVE, WebhookState.PAUSED)


def is_noted(session: Session, space_id: int, now: datetime) -> bool:
    """True if it is known already that a key asks for the events of a space."""
    row = session.get(EventReader, space_id)
    return row is not None and row.asked_at is not None and row.asked_at > now - _NOTED


def note_asking(session: Session, space_id: int, now: datetime) -> None:
    """Note that a key asks for the events of a space: from now on they are written."""
    session.merge(EventReader(space_id=space_id, asked_at=now))


def settle_reader(session: Session, space_id: int, now: datetime) -> None:
    """Have events of a space written, or no longer, by who reads them now."""
    session.flush()
    row = session.get(EventReader, space_id)
    takes = select(Webhook.id).where(
        col(Webhook.space_id) == space_id, col(Webhook.state).in_(_TAKES)
    )
    has_webhook = session.scalar(takes.limit(1)) is not None
    is_asked = row is not None and row.asked_at is not None and row.asked_at > now - ASKED_LASTS
    if row is None and has_webhook:
        session.add(EventReader(space_id=space_id))
    elif row is not None and not has_webhook and not is_asked:
        session.delete(row)


def forget_readers(session: Session, now: datetime) -> None:
    """Let nothing more be written for keys that have stopped asking."""
    for space_id in session.scalars(select(EventReader.space_id)).all():
        settle_reader(session, space_id, now)
