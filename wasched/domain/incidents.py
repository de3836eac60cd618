"""What people are told of when it happens, when it is over, and when telling is tried again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wasched.domain.reasons import Reason


class IncidentKind(StrEnum):
    """What may happen to an account, to messages or to the server."""

    LINK_ENDED = "link_ended"  # a person has to link again, or decide
    LINK_LOST = "link_lost"  # no connection for long
    RESTRICTED = "restricted"  # by WhatsApp
    PHONE_SILENT = "phone_silent"  # its link ends when it stays so
    MISSED = "missed"  # messages, within an hour
    FAILED = "failed"  # the same; also those that may have been sent
    APPROVAL = "approval"  # somebody's writing waits for a word
    WEBHOOK_OFF = "webhook_off"
    WORKER_SILENT = "worker_silent"  # nothing is sent
    SERVER_SILENT = "server_silent"  # no pages
    SENDING = "sending"  # overdue without a reason
    STORAGE = "storage"  # database, folders or links' files: full, unwritable, damaged
    DISK_LOW = "disk_low"
    QUEUE = "queue"
    CLOCK = "clock"
    BACK_UP_OLD = "back_up_old"
    SEND_HELD = "send_held"  # it went badly and waits for a word


OF_SERVER = frozenset(
    {
        IncidentKind.WORKER_SILENT,
        IncidentKind.SERVER_SILENT,
        IncidentKind.SENDING,
        IncidentKind.STORAGE,
        IncidentKind.DISK_LOW,
        IncidentKind.QUEUE,
        IncidentKind.CLOCK,
        IncidentKind.BACK_UP_OLD,
    }
)
"""What concerns who runs the server, and of all managers only where nothing of theirs is sent."""

FOR_MANAGERS_TOO = frozenset({IncidentKind.WORKER_SILENT})

UNASKED = frozenset(
    {
        IncidentKind.LINK_ENDED,
        IncidentKind.LINK_LOST,
        IncidentKind.RESTRICTED,
        IncidentKind.PHONE_SILENT,
        IncidentKind.WORKER_SILENT,
        IncidentKind.STORAGE,
        IncidentKind.SEND_HELD,
    }
)
"""What somebody is told by e-mail who has chosen nothing: what keeps their messages from going."""

NEEDS_A_PERSON = UNASKED | {IncidentKind.MISSED, IncidentKind.FAILED, IncidentKind.APPROVAL}
"""What a browser is told of that was switched on: the same, and what Home says needs somebody."""

_TOLD_AFTER = {
    **dict.fromkeys((IncidentKind.MISSED, IncidentKind.FAILED), timedelta(minutes=2)),
    **dict.fromkeys(
        (IncidentKind.QUEUE, IncidentKind.CLOCK, IncidentKind.SENDING), timedelta(minutes=5)
    ),
}
"""What comes in numbers is gathered for a while, and what may mend itself has time to."""

_SETTLES, _SETTLES_AT_MOST = timedelta(minutes=5), timedelta(hours=1)
AGAIN = timedelta(hours=1)
"""What begins again within so long of its end comes back, and takes longer to count as over."""

_WAITS = tuple(timedelta(minutes=one) for one in (1, 5, 15, 60, 120, 240, 480))
"""Between the tries to tell somebody; after the last one it is given up, most of a day later."""


@dataclass(frozen=True)
class Sighting:
    """That something is wrong now, and since when; `subject` tells those of a kind apart.

    What does not begin an incident, as it may mend itself in a moment, keeps one from being over.
    """

    kind: IncidentKind
    subject: str
    space_id: int | None  # None: it is about the server
    what: Reason
    since: datetime
    begins: bool = True


@dataclass(frozen=True)
class TellResult:
    """What came of it: nothing wrong, or why not; `is_gone`: nobody is there any more."""

    fault: str = ""
    permanent: bool = False
    is_gone: bool = False


def told_from(kind: str, began_at: datetime) -> datetime:
    """From when on it is told, if it is not over by then."""
    return began_at + _TOLD_AFTER.get(IncidentKind(kind), timedelta())


def settle_time(returns: int) -> timedelta:
    """How long nothing may be seen of it before it is over, after it came back so many times."""
    return min(_SETTLES * (1 << min(returns, 10)), _SETTLES_AT_MOST)


def next_try(tries: int, now: datetime) -> datetime | None:
    """When to try again after so many tries; None to give up."""
    return now + _WAITS[tries - 1] if tries <= len(_WAITS) else None


def is_newer(what: Reason, than: Reason) -> bool:
    """True unless fewer messages are counted than were before: those were dealt with."""
    before, now = _count(than), _count(what)
    return what != than and now >= before


def _count(what: Reason) -> int:
    params: Mapping[str, str | int] = dict(what.params)
    return int(params.get("count", 0))
