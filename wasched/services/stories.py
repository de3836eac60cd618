"""One message's story in words: every attempt, answer and receipt, with its time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlmodel import Session

from wasched.domain import sentences
from wasched.domain.message import Status
from wasched.models import Attempt, Message, Outcome, Schedule
from wasched.services import occurrences
from wasched.services.delivery import receipts
from wasched.services.views import MessageRow, Step, Story

_CHOICES: dict[Status, list[str]] = {
    Status.SCHEDULED: ["send_now", "cancel"],
    Status.UNKNOWN: ["it_arrived", "send_again", "leave_it"],
    Status.MISSED: ["send_now", "dismiss"],
    Status.FAILED: ["send_again", "dismiss"],
}

_AHEAD = timedelta(seconds=1)

_RECEIPTS = {
    "delivered": "On their phone",
    "read": "Read",
    "played": "Played",
}


def tell(
    session: Session,
    row: MessageRow,
    message: Message,
    made: Schedule,
    attempts: list[Attempt],
    author: str,
) -> Story:
    """The story of a message from its rows."""
    steps = [Step(made.created_at, "scheduled", f"Scheduled by {author}")]
    for attempt in attempts:
        steps.extend(_of_attempt(attempt, message.due_at))
        steps.extend(_of_receipts(session, row, attempt))
    if message.settled_at is not None and message.status in (
        Status.MISSED,
        Status.SKIPPED,
        Status.CANCELLED,
    ):
        steps.append(Step(message.settled_at, message.status, message.reason))
    steps.sort(key=lambda step: step.at)
    return Story(
        row=row,
        zone=made.zone,
        late_at=message.late_at,
        late_window_s=made.late_window_s,
        attempts=message.attempts,
        by=author,
        sentence=sentence(message, row.reason),
        schedule_id=message.schedule_id,
        repeats=sentences.sentence(occurrences.rule_of(made)) if made.rrule else "",
        steps=steps,
        may=_CHOICES.get(Status(message.status), []) if not message.dismissed_at else [],
    )


def sentence(message: Message, reason: str) -> str:
    """What stands under the status; times are left to the page, which knows the reader's zone."""
    match Status(message.status):
        case Status.SCHEDULED:
            return reason
        case Status.SENDING:
            return "Handing it to WhatsApp."
        case Status.SENT:
            return reason or "WhatsApp took it. No receipt from their phone yet."
        case Status.DELIVERED:
            return "It is on their phone."
        case Status.READ:
            return "They have read it."
        case Status.PLAYED:
            return "They have played it."
        case Status.UNKNOWN:
            return f"Did it arrive? Only the chat on the phone can tell. {reason}"
        case _:
            return reason


def _of_receipts(session: Session, row: MessageRow, attempt: Attempt) -> Iterator[Step]:
    if not attempt.whatsapp_id:
        return
    for kind, by, at in receipts.seen_at(session, attempt.whatsapp_id):
        if attempt.outcome == Outcome.TAKEN and attempt.ended_at is not None:
            # Receipts name whole seconds, and so may seem to come before what they answer.
            at = max(at, attempt.ended_at)
        by = "" if row.recipient_kind == "person" else by
        yield Step(at, kind, _RECEIPTS[kind], by)


def _of_attempt(attempt: Attempt, due_at: datetime) -> Iterator[Step]:
    number = f"Try {attempt.number}" if attempt.number > 1 else "Handed to WhatsApp"
    # It is written down a moment ahead, and held until its very instant.
    is_ahead = timedelta(0) < due_at - attempt.started_at < _AHEAD
    yield Step(due_at if is_ahead else attempt.started_at, "attempt", number)
    at = attempt.ended_at or attempt.started_at
    match attempt.outcome:
        case Outcome.TAKEN:
            yield Step(at, "sent", "WhatsApp took it", attempt.detail)
        case Outcome.REFUSED:
            yield Step(at, "failed", "WhatsApp refused it", attempt.detail)
        case Outcome.NOT_SENT:
            yield Step(at, "not_sent", "It did not leave this server", attempt.detail)
        case Outcome.UNKNOWN:
            yield Step(at, "unknown", "It may have left this server", attempt.detail)
