"""What the Node.js version kept, as far as it comes along, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class OldStatus(StrEnum):
    """Where a message to one group stood there."""

    PENDING = "PENDING"
    IN_PROGRESS = "IN_PROGRESS"
    SENT = "SENT"
    FAILED = "FAILED"
    EXPIRED = "EXPIRED"
    DELETED = "DELETED"


@dataclass(frozen=True)
class OldPerson:
    """Somebody who signed in there; `id` is what their rows name."""

    id: str
    name: str
    email: str


@dataclass(frozen=True)
class OldGroup:
    """A group of the linked phone."""

    jid: str
    name: str


@dataclass(frozen=True)
class OldList:
    """A saved list of groups, by their JIDs."""

    id: int
    name: str
    created_at: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class OldDaily:
    """A text that goes to a list each day, at a time of the server's own zone."""

    id: int
    content: str
    hour: int
    minute: int
    list_id: int
    person_id: str
    created_at: str


@dataclass(frozen=True)
class OldItem:
    """A message to one group; times in UTC."""

    id: int
    jid: str
    status: OldStatus
    sent_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True)
class OldMessage:
    """A text for one instant (UTC) to some groups."""

    id: int
    content: str
    at: datetime
    person_id: str
    created_at: str
    items: tuple[OldItem, ...]


@dataclass(frozen=True)
class OldServer:
    """All of it but the messages, which may be many."""

    people: tuple[OldPerson, ...] = ()
    groups: tuple[OldGroup, ...] = ()
    lists: tuple[OldList, ...] = ()
    daily: tuple[OldDaily, ...] = ()
    stopped_daily: int = 0
    deleted: int = 0
    unreadable: int = 0


@dataclass(frozen=True)
class Tally:
    """How many of a kind are new here, and how many were brought before or are here anyway."""

    new: int = 0
    known: int = 0

    def plus(self, *, is_new: bool) -> "Tally":
        """The same with one more."""
        return Tally(self.new + is_new, self.known + (not is_new))

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.new + other.new, self.known + other.known)


NONE = Tally()


class Behind(StrEnum):
    """Why something cannot come along."""

    TIME_PASSED = "time_passed"  # it waited, and is not sent now
    NO_GROUPS = "no_groups"  # its list is empty or gone
    REFUSED = "refused"  # by a sentence
    STOPPED = "stopped"
    DELETED = "deleted"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class LeftBehind:
    """What stays there: how many, or one with its first words, and what is said about it."""

    why: Behind
    count: int = 1
    words: str = ""
    about: str = ""


@dataclass(frozen=True)
class NewPerson:
    """Somebody who can sign in here now, and the token by which they choose a password."""

    name: str
    email: str
    token: str


@dataclass(frozen=True)
class NodeReport:
    """What came along, or would."""

    groups: Tally = NONE
    lists: Tally = NONE
    people: Tally = NONE
    daily: Tally = NONE
    waiting: Tally = NONE
    past: Tally = NONE
    left: tuple[LeftBehind, ...] = ()
    invited: tuple[NewPerson, ...] = field(default=(), repr=False)


_TALLIES = ("groups", "lists", "people", "daily", "waiting", "past")


def read_report(told: Mapping[str, Any]) -> NodeReport:
    """A report that came as JSON from another process."""
    left = (LeftBehind(**{**one, "why": Behind(one["why"])}) for one in told["left"])
    return NodeReport(
        **{name: Tally(**told[name]) for name in _TALLIES},
        left=tuple(left),
        invited=tuple(NewPerson(**one) for one in told["invited"]),
    )
