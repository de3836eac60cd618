"""When a message is tried again after an error that may pass."""

from datetime import datetime, timedelta
from random import Random

BASE = timedelta(seconds=2)
CAP = timedelta(minutes=5)

_LARGEST_EXPONENT = 16


def next_try(now: datetime, attempt: int, late_at: datetime, rng: Random) -> datetime | None:
    """The instant of the try after `attempt` (1 is the first); None if the late window is over.

    Exponential with full jitter: anything from nothing to 2 s, 4 s, 8 s … at most 5 min
    (Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
    Near the end of the window the wait is drawn from what is left of it, so that a long
    back-off does not give up while there is still time.
    """
    left = late_at - now
    if left < BASE:
        return None
    return now + rng.random() * min(_ceiling(attempt), left)


def _ceiling(attempt: int) -> timedelta:
    exponent = min(max(attempt, 1) - 1, _LARGEST_EXPONENT)
    return min(CAP, BASE * (1 << exponent))
