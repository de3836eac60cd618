"""Guessing passwords and words is slowed down: so many tries in so many minutes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.domain.errors import SignInError
from wasched.models import SignInTry

TRIES_MAX = 10
TRIES_WINDOW = timedelta(minutes=5)

Tries = list[int]
"""The ids of tries that were counted."""


def count_try(session: Session, whos: Sequence[str], now: datetime) -> Tries:
    """Count a try for each of those who guess; SignInError if one did so too often lately.

    Call it, and commit, before anything is looked at: so many at once are counted, too. Returns
    what was counted, for `forget_try`.
    """
    for who in whos:
        _refuse_too_many(session, who, now)
    rows = [SignInTry(who=who, at=now) for who in whos]
    session.add_all(rows)
    session.flush()
    return [row.id or 0 for row in rows]


def forget_try(session: Session, ids: Sequence[int], who: str = "") -> None:
    """Take a try back that was right, and with it all earlier ones of one who guessed."""
    session.execute(
        delete(SignInTry).where(col(SignInTry.id).in_(ids) | (col(SignInTry.who) == who))
    )


def _refuse_too_many(session: Session, who: str, now: datetime) -> None:
    count, first = session.execute(
        select(func.count(), func.min(SignInTry.at)).where(
            SignInTry.who == who, col(SignInTry.at) > now - TRIES_WINDOW
        )
    ).one()
    if count >= TRIES_MAX:
        minutes = max(1, round((first + TRIES_WINDOW - now).total_seconds() / 60))
        unit = "minute" if minutes == 1 else "minutes"
        raise SignInError(f"Too many tries. Wait {minutes} {unit}.", minutes)
