"""The life of one message: its statuses, every step between them, and what a person may do."""

from collections.abc import Mapping
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

NO_TRY = datetime(9999, 1, 1, tzinfo=UTC)
"""`try_at` of a message that is held back: its schedule is paused or not approved, or its
send stopped itself.

An instant that does not come, and no mark beside it: so whatever asks what is due need not know of
holding back, and walks one index. `due_at` stays, and is `try_at` again once the message may go.
"""

WORST_FIRST = (Status.UNKNOWN, Status.MISSED, Status.FAILED)
NEEDS_A_PERSON = frozenset(WORST_FIRST)
GONE_OUT = frozenset({Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED})


def may_become(current: Status, wanted: Status) -> bool:
    """Say whether the step from one status to the other is allowed."""
    return wanted in ARROWS[current]


def sources_of(wanted: Status) -> frozenset[Status]:
    """The statuses from which a message may become `wanted`."""
    return frozenset(status for status, targets in ARROWS.items() if wanted in targets)


class MessageChoice(StrEnum):
    """What a person may do with a message."""

    SEND_NOW = "send_now"  # ahead of its time, or once it was missed
    SEND_AGAIN = "send_again"
    IT_ARRIVED = "it_arrived"  # they know so
    LEAVE_IT = "leave_it"  # they do not, and are done with it
    DISMISS = "dismiss"  # it needs nobody any more
    CANCEL = "cancel"
    MOVE = "move"  # to another time
    EDIT = "edit"  # what it says, to whom and when


SENDING_CHOICES = frozenset({MessageChoice.SEND_NOW, MessageChoice.SEND_AGAIN})
"""What lets a message go out, and so needs a schedule that is approved."""

MESSAGE_CHOICES: Mapping[str, frozenset[Status]] = {
    MessageChoice.SEND_NOW: frozenset({Status.SCHEDULED, Status.MISSED}),
    MessageChoice.SEND_AGAIN: NEEDS_A_PERSON,
    MessageChoice.IT_ARRIVED: frozenset({Status.UNKNOWN}),
    MessageChoice.LEAVE_IT: NEEDS_A_PERSON,
    MessageChoice.DISMISS: NEEDS_A_PERSON,
    MessageChoice.CANCEL: sources_of(Status.CANCELLED),
    MessageChoice.MOVE: frozenset({Status.SCHEDULED}),
    MessageChoice.EDIT: frozenset({Status.SCHEDULED}),
}
"""The statuses in which each may be done; whatever door it comes by, all others are refused."""

OFFERED_ON_PAGE: Mapping[Status, tuple[MessageChoice, ...]] = {
    Status.SCHEDULED: (MessageChoice.SEND_NOW, MessageChoice.CANCEL),
    Status.UNKNOWN: (MessageChoice.IT_ARRIVED, MessageChoice.SEND_AGAIN, MessageChoice.LEAVE_IT),
    Status.MISSED: (MessageChoice.SEND_NOW, MessageChoice.DISMISS),
    Status.FAILED: (MessageChoice.SEND_AGAIN, MessageChoice.DISMISS),
}
"""What the page of one message asks, the usual first."""

OFFERED_IN_LIST: Mapping[Status, tuple[MessageChoice, ...]] = {
    Status.SCHEDULED: (MessageChoice.EDIT, MessageChoice.CANCEL),
    Status.MISSED: (MessageChoice.SEND_AGAIN, MessageChoice.DISMISS),
    Status.FAILED: (MessageChoice.SEND_AGAIN, MessageChoice.DISMISS),
}
"""What a line of a list offers; what may have been sent is decided where all is said about it."""


def may_choose(choice: str, status: str) -> bool:
    """Say whether a person may do this with a message of a status; False for no such choice."""
    return status in MESSAGE_CHOICES.get(choice, frozenset())
