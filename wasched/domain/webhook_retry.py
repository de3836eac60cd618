"""When a delivery that was not taken is tried again, and when nobody tries any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random

from wasched.domain.typed import read_number

GIVES_UP_AFTER = timedelta(days=3)
"""A delivery that was refused for so long has failed; an endpoint that took nothing is off."""

GONE = 410
MANY = 10
"""After so many refusals in a row it is the endpoint that is in trouble, not what it is sent."""

_DELAYS = tuple(
    timedelta(seconds=one)
    for one in (5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400)
)
_LONGEST = _DELAYS[-1]
_JITTER = 0.2
_BUSY = (429, 503)


@dataclass(frozen=True)
class PostResult:
    """How a try ended: the status of the answer and its first KB; 0 and why, without an answer."""

    status: int
    answer: str
    retry_after: str = ""  # as the header says it

    @property
    def is_taken(self) -> bool:
        """True if the receiver has it."""
        return 200 <= self.status < 300

    @property
    def is_of_endpoint(self) -> bool:
        """True if it would have been the same with any other event."""
        return self.status == 0 or self.status in _BUSY or bool(self.retry_after)


def wait_after(tries: int, said: str, now: datetime, rng: Random) -> timedelta:
    """How long to wait after so many tries: 5 s at first, a day at last, some of it by chance.

    What the receiver said in Retry-After counts where it is longer, up to a day.
    """
    usual = _DELAYS[min(max(tries, 1), len(_DELAYS)) - 1] * (1 + _JITTER * (2 * rng.random() - 1))
    return min(max(usual, _read_retry_after(said, now)), _LONGEST * (1 + _JITTER))


def _read_retry_after(said: str, now: datetime) -> timedelta:
    """The wait of a Retry-After, seconds or a date (RFC 9110, 10.2.3); nothing for what is none."""
    seconds = read_number(said.strip())
    if seconds is not None:
        return min(timedelta(seconds=min(seconds, 10**9)), _LONGEST)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return timedelta()
    return min(until - now, _LONGEST) if until.tzinfo is not None else timedelta()
