"""Waiting by a wall clock that somebody may set."""

from datetime import datetime, timedelta


def is_over(since: datetime | None, wait: timedelta, now: datetime) -> bool:
    """True if so long has passed since then, if there is no such time, or if it is yet to come."""
    return since is None or not timedelta() <= now - since < wait
