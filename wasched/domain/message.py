"""The life of one message: its statuses and every allowed step between them."""

from datetime import UTC, datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a message stands; each line says who moves it on and what a crash leaves."""

    SCHEDULED = "scheduled"  # waits for its instant or another try; the drain claims it; safe
    SENDING = "sending"  # a worker holds it; a crash leaves it to be settled by evidence
    SENT = "sent"  # WhatsApp took it; a receipt moves it on; safe
    DELIVERED = "delivered"  # on the recipient's phone; a read receipt moves it on; safe
    READ = "read"  # seen by the recipient; a voice note may still be played; safe
    PLAYED = "played"  # voice or video played; the end
    UNKNOWN = "unknown"  # may have been sent; a receipt or a person decides; never re-sent alone
    FAILED = "failed"  # cannot be sent as it is; a person may send it again
    MISSED = "missed"  # its late window passed; a person sends or dismisses it
    SKIPPED = "skipped"  # the recipient replied first or opted out; the end
    CANCELLED = "cancelled"  # its author took it back; the end, unless they think better of it


_ARRIVED = frozenset({Status.DELIVERED, Status.READ, Status.PLAYED})
"""What a receipt makes of a message. It may be for an earlier try of which nobody could tell, and
proves that the message arrived, whatever was decided since."""

ARROWS: dict[Status, frozenset[Status]] = {
    # To `unknown` and `failed` by taking "send again" back before it was done.
    Status.SCHEDULED: _ARRIVED
    | {
        Status.SENDING,
        Status.CANCELLED,
        Status.MISSED,
        Status.SKIPPED,
        Status.FAILED,
        Status.UNKNOWN,
    },
    # A receipt may overtake the answer to the send, so `sending` can go straight to `read`.
    Status.SENDING: _ARRIVED
    | {
        Status.SCHEDULED,
        Status.SENT,
        Status.FAILED,
        Status.MISSED,
        Status.UNKNOWN,
    },
    Status.SENT: _ARRIVED,
    Status.DELIVERED: frozenset({Status.READ, Status.PLAYED}),
    Status.READ: frozenset({Status.PLAYED}),
    Status.PLAYED: frozenset(),
    Status.UNKNOWN: _ARRIVED | {Status.SCHEDULED, Status.SENT, Status.CANCELLED},
    Status.FAILED: _ARRIVED | {Status.SCHEDULED},
    Status.MISSED: _ARRIVED | {Status.SCHEDULED, Status.CANCELLED},
    Status.SKIPPED: _ARRIVED,
    # A person may take a cancellation back.
    Status.CANCELLED: _ARRIVED | {Status.SCHEDULED, Status.MISSED, Status.UNKNOWN},
}

PUT_AWAY = datetime(9999, 1, 1, tzinfo=UTC)
"""`try_at` of messages whose schedule is paused or not approved: not sent meanwhile."""

NEEDS_A_PERSON = frozenset({Status.UNKNOWN, Status.MISSED, Status.FAILED})
GONE_OUT = frozenset({Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED})


def may_become(current: Status, wanted: Status) -> bool:
    """Say whether the step from one status to the other is allowed."""
    return wanted in ARROWS[current]


def sources_of(wanted: Status) -> frozenset[Status]:
    """The statuses from which a message may become `wanted`."""
    return frozenset(status for status, targets in ARROWS.items() if wanted in targets)
