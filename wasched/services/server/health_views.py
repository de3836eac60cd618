"""What is told of the server's health: small frozen rows."""

from dataclasses import dataclass
from datetime import datetime

from wasched.domain.reasons import NO_REASON, Reason


@dataclass(frozen=True)
class HealthLine:
    """One part of the server: whether it works, since when, and when it was last heard of.

    `why` is what its link says of an account, in place of a sentence.
    """

    name: str
    ok: bool
    sentence: str
    since: datetime | None = None
    seen: datetime | None = None
    why: Reason = NO_REASON


@dataclass(frozen=True)
class HealthTrouble:
    """What is wrong with the server now, for everybody to see; names nobody and no number.

    `stops` is False for what makes nothing late.
    """

    part: str  # as the lines of Health are called: database, storage, links, queue, worker, sending
    sentence: str
    stops: bool = True
