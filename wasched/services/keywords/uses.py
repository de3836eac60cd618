"""What words did that people wrote, told beside their replies, and for how long that is kept."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from wasched.models import KeywordUse, Space

_LEAST_DAYS = 7
"""Replies may be kept for less: without this a word that is told again were handled again."""


def prune_uses(session: Session, now: datetime, limit: int = 5000) -> int:
    """Forget that words were written, with the replies they were; at the soonest after a week.

    Returns how many went: at most `limit` of a space at once, the next call removes more.
    """
    spaces = session.execute(select(col(Space.id), col(Space.keeps_replies_days))).all()
    return sum(_prune(session, space_id, days, now, limit) for space_id, days in spaces)


def _prune(session: Session, space_id: int, days: int, now: datetime, limit: int) -> int:
    since = now - timedelta(days=max(days, _LEAST_DAYS))
    old = (
        select(col(KeywordUse.id))
        .where(col(KeywordUse.space_id) == space_id, col(KeywordUse.at) <= since)
        .order_by(col(KeywordUse.at))
        .limit(limit)
    )
    ids = list(session.scalars(old))
    session.execute(delete(KeywordUse).where(col(KeywordUse.id).in_(ids)))
    return len(ids)
