"""What other programs may be told of: the kinds of events, and what each is about."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wasched.domain.message import Status
from wasched.domain.reasons import NO_REASON, Reason


class EventKind(StrEnum):
    """What has happened; the word before the dot says to what."""

    MESSAGE_SCHEDULED = "message.scheduled"  # or it waits again, or for another time
    MESSAGE_SENT = "message.sent"
    MESSAGE_DELIVERED = "message.delivered"
    MESSAGE_READ = "message.read"  # or its recording was played
    MESSAGE_FAILED = "message.failed"
    MESSAGE_MISSED = "message.missed"
    MESSAGE_MAYBE_SENT = "message.maybe_sent"
    MESSAGE_SKIPPED = "message.skipped"
    MESSAGE_CANCELLED = "message.cancelled"
    MESSAGE_TAKEN_BACK = "message.taken_back"  # deleted for everyone
    MESSAGE_CORRECTED = "message.corrected"  # it says something else by now
    POLL_VOTED = "poll.voted"  # or chosen anew, or taken back
    REPLY_RECEIVED = "reply.received"
    PERSON_OPTED_OUT = "person.opted_out"
    ACCOUNT_STATE_CHANGED = "account.state_changed"
    SCHEDULE_ENDED = "schedule.ended"
    SCHEDULE_APPROVAL_CHANGED = "schedule.approval_changed"
    SCHEDULE_HOLD_CHANGED = "schedule.hold_changed"  # a send stopped itself, or was decided about
    IMPORT_FINISHED = "import.finished"


WEBHOOK_TEST = "webhook.test"
"""Somebody tries an endpoint: of no space's affairs, and for that endpoint alone."""

KIND_OF_STATUS = {
    Status.SCHEDULED: EventKind.MESSAGE_SCHEDULED,
    Status.SENT: EventKind.MESSAGE_SENT,
    Status.DELIVERED: EventKind.MESSAGE_DELIVERED,
    Status.READ: EventKind.MESSAGE_READ,
    Status.PLAYED: EventKind.MESSAGE_READ,
    Status.FAILED: EventKind.MESSAGE_FAILED,
    Status.MISSED: EventKind.MESSAGE_MISSED,
    Status.UNKNOWN: EventKind.MESSAGE_MAYBE_SENT,
    Status.SKIPPED: EventKind.MESSAGE_SKIPPED,
    Status.CANCELLED: EventKind.MESSAGE_CANCELLED,
}
"""What it is to others that a message has come to a status; `sending` is nobody else's affair."""


@dataclass(frozen=True)
class EventWords:
    """What only those are told who ask for texts."""

    text: str = ""
    name: str = ""  # of the person, the group or the account
    phone: str = ""


@dataclass(frozen=True)
class EventFact:
    """One event: its row, and the rows it is about; `state` is what that has come to."""

    id: int
    kind: str
    object_id: int
    at: datetime
    account_id: int | None = None
    schedule_id: int | None = None
    recipient_id: int | None = None
    recipient_kind: str = "person"
    state: str = ""
    due_at: datetime | None = None
    reason: Reason = NO_REASON
    words: EventWords | None = None


def object_of(kind: str, object_id: int) -> str:
    """What an event is about; events about the same are delivered in their order."""
    return f"{kind.partition('.')[0]} {object_id}"
