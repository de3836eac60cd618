"""Guessing passwords, words and codes is slowed down: so many tries in so much time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from wasched.domain.errors import SignInError
from wasched.models import SignInTry

TRIES_MAX = 10
TRIES_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True)
class Limit:
    """So many tries within so long."""

    most: int
    window: timedelta


USUAL = (Limit(TRIES_MAX, TRIES_WINDOW),)
LONGEST_WINDOW = timedelta(days=1)
"""How long tries are kept; no limit looks further back."""

Tries = list[int]
"""The ids of tries that were counted."""


def count_try(
    session: Session, whos: Sequence[str], now: datetime, limits: Sequence[Limit] = USUAL
) -> Tries:
    """Count a try for each of those who guess; SignInError if one did so too often lately.

    Call it, and commit, before anything is looked at: so many at once are counted, too. Returns
    what was counted, for `forget_try`.
    """
    refuse_guesser(session, whos, now, limits)
    rows = [SignInTry(who=who, at=now) for who in whos]
    session.add_all(rows)
    session.flush()
    return [row.id or 0 for row in rows]


def refuse_guesser(
    session: Session, whos: Sequence[str], now: datetime, limits: Sequence[Limit] = USUAL
) -> None:
    """SignInError if one of those who guess did so too often lately; nothing is counted."""
    for who in whos:
        for limit in limits:
            _refuse_too_many(session, who, limit, now)


def forget_try(session: Session, ids: Sequence[int], who: str = "") -> None:
    """Take a try back that was right, and with it all earlier ones of one who guessed."""
    session.execute(
        delete(SignInTry).where(col(SignInTry.id).in_(ids) | (col(SignInTry.who) == who))
    )


def forget_old_tries(session: Session, now: datetime) -> None:
    """Remove tries that no limit looks at any more."""
    session.execute(delete(SignInTry).where(col(SignInTry.at) < now - LONGEST_WINDOW))


def _refuse_too_many(session: Session, who: str, limit: Limit, now: datetime) -> None:
    lately = SignInTry.who == who, col(SignInTry.at) > now - limit.window
    count, first = session.execute(
        select(func.count(), func.min(SignInTry.at)).where(*lately)
    ).one()
    if count >= limit.most:
        minutes = max(1, round((first + limit.window - now).total_seconds() / 60))
        raise SignInError(too_many(minutes), minutes)


def too_many(minutes: int) -> str:
    """What is said to who guessed too often."""
    number, unit = (minutes, "minute") if minutes < 120 else (round(minutes / 60), "hour")
    return f"Too many tries. Wait {number} {unit}{'' if number == 1 else 's'}."
