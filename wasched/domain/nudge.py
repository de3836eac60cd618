"""A nudge: what is said later to those of a send who have not done what was hoped for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from wasched.domain.content import Content, Poll
from wasched.domain.errors import InputError

DAYS_MAX = 60
"""So many days after its message a nudge goes, at most."""


class HasNot(StrEnum):
    """What somebody to whom a message went has not done, as far as WhatsApp tells it."""

    VOTED = "not_voted"
    REPLIED = "not_replied"
    READ = "not_read"
    DELIVERED = "not_delivered"  # it has not come to their phone


@dataclass(frozen=True)
class Nudge:
    """What to say, to whom, and when: so many days after the message's day, at a time of day.

    The time is that of the message's own zone.
    """

    who: HasNot
    days: int
    clock: time
    text: str

    def local(self, of: datetime) -> datetime:
        """When it goes, as a wall clock shows it, for a message at another time of that clock."""
        return datetime.combine(of.date() + timedelta(days=self.days), self.clock)


def check_nudge(nudge: Nudge, contents: Sequence[Content], begins: datetime) -> None:
    """Refuse a nudge that cannot be, of a message at a wall-clock time; InputError says why."""
    if not nudge.text.strip():
        raise InputError("nudge", "Say what the nudge is to say.")
    if not 0 <= nudge.days <= DAYS_MAX:
        raise InputError("nudge", f"A nudge goes at most {DAYS_MAX} days after its message.")
    if nudge.local(begins) <= begins:
        raise InputError("nudge", "The nudge has to come after its message. Choose a later time.")
    if nudge.who is HasNot.VOTED and not all(isinstance(one, Poll) for one in contents):
        raise InputError("nudge", "Nobody can vote on this. Make it a poll, or nudge others.")


def to_json(nudge: Nudge | None) -> dict[str, Any]:
    """A nudge as it is kept with its schedule; empty for none."""
    if nudge is None:
        return {}
    clock = nudge.clock.isoformat("minutes")
    return {"who": str(nudge.who), "days": nudge.days, "clock": clock, "text": nudge.text}


def from_json(kept: Mapping[str, Any]) -> Nudge | None:
    """What `to_json` wrote."""
    if not kept:
        return None
    clock = time.fromisoformat(kept["clock"])
    return Nudge(HasNot(kept["who"]), kept["days"], clock, kept["text"])
