"""One message's story in words: every attempt, answer and receipt, with its time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from wasched.domain import filling, wording
from wasched.domain.content import Content, Text
from wasched.domain.message import OFFERED_ON_PAGE, SENDING_CHOICES, Status
from wasched.domain.reasons import NO_REASON
from wasched.models import (
    Account,
    Amendment,
    Approval,
    Attempt,
    Message,
    Outcome,
    Recipient,
    RecipientKind,
    Schedule,
    User,
)
from wasched.services.content import rendering
from wasched.services.delivery import receipts
from wasched.services.messages import amend_story
from wasched.services.messages.history_views import HistoryEvent, MessageHistory
from wasched.services.recipients import group_readers
from wasched.services.recipients.group_readers import Reader
from wasched.services.schedules import audience_names
from wasched.services.views import MessageRow

_AHEAD = timedelta(seconds=1)

_RECEIPTS = {
    "delivered": "On their phone",
    "read": "Read",
    "played": "Played",
}
_IN_GROUPS = {"delivered": "On the phones of", "read": "Read by", "played": "Played by"}
_OF_STATUSES = {"delivered": "On the phones of", "read": "Seen by", "played": "Seen by"}
_NAMED = 3
"""How many of a group are named at once; the others are folded."""


@dataclass(frozen=True)
class HistoryWriter:
    """The rows that a message's story is told from."""

    message: Message
    made: Schedule
    recipient: Recipient
    account: Account
    attempts: Sequence[Attempt]
    amendments: Sequence[Amendment] = ()


def tell_history(
    session: Session, row: MessageRow, told: HistoryWriter, author: str
) -> MessageHistory:
    """The story of a message from its rows."""
    message, made = told.message, told.made
    steps = [HistoryEvent(made.created_at, "scheduled", _origin(made, author))]
    for attempt in told.attempts:
        steps.extend(_of_attempt(attempt, message.due_at))
        steps.extend(_of_receipts(session, told, attempt))
    if message.settled_at is not None and message.status in (
        Status.MISSED,
        Status.SKIPPED,
        Status.CANCELLED,
    ):
        steps.append(HistoryEvent(message.settled_at, message.status, "", reason=message.reason))
    steps.extend(_of_approval(session, made))
    steps.extend(amend_story.tell_amendments(session, told.amendments, told.recipient))
    steps.sort(key=lambda step: step.at)
    return MessageHistory(
        row=row,
        zone=made.zone,
        late_at=message.late_at,
        late_window_s=made.late_window_s,
        attempts=message.attempts,
        by=author,
        content=_content(told, row),
        recipient_id=message.recipient_id,
        lists=_lists(session, made),
        schedule_id=message.schedule_id,
        steps=steps,
        may=_may(message, made),
    )


def _origin(made: Schedule, author: str) -> str:
    """Who had it sent: somebody, or a word that its recipient wrote."""
    if made.answers_word:
        set_up = f", set up by {author}" if author else ""
        return f"Answer to the word “{made.answers_word}”{set_up}"
    return f"Scheduled by {author}" if author else "Scheduled"


def _may(message: Message, made: Schedule) -> list[str]:
    """What a person may decide; nothing goes out of what is not approved."""
    if message.dismissed_at:
        return []
    is_held = made.approval != Approval.GIVEN
    choices = OFFERED_ON_PAGE.get(Status(message.status), ())
    return [str(one) for one in choices if not (is_held and one in SENDING_CHOICES)]


def _of_approval(session: Session, made: Schedule) -> Iterator[HistoryEvent]:
    """Who asked for the approval of its schedule last, and who decided."""
    names = {
        one.id: one.name
        for one in session.scalars(
            select(User).where(col(User.id).in_((made.asked_by_id or 0, made.decided_by_id or 0)))
        )
    }
    if made.asked_at is not None:
        asker = names.get(made.asked_by_id, "Somebody")
        yield HistoryEvent(made.asked_at, "scheduled", f"{asker} asked for approval")
    if made.decided_at is not None and made.approval != Approval.WAITING:
        did = "Approved" if made.approval == Approval.GIVEN else "Not approved"
        decider = names.get(made.decided_by_id, "somebody")
        yield HistoryEvent(made.decided_at, "scheduled", f"{did} by {decider}", made.approval_word)


def _content(told: HistoryWriter, row: MessageRow) -> Content:
    """What it said, or says when it goes: whole, where the schedule still has that."""
    message = told.message
    if corrected := amend_story.last_correction(told.amendments):
        return corrected
    if not told.made.contents or message.id is None:
        return Text(row.text)
    now = rendering.compiled_contents(told.made).for_message(
        message.id, message.due_at, told.recipient
    )
    is_so = not message.sent_text or message.sent_text == filling.tell_content(now)
    return now if is_so else Text(message.sent_text)


def _lists(session: Session, made: Schedule) -> str:
    found = audience_names.lists_of(session, [made.id or 0]).get(made.id or 0)
    return found.name if found else ""


def _of_receipts(session: Session, told: HistoryWriter, attempt: Attempt) -> Iterator[HistoryEvent]:
    if not attempt.whatsapp_id:
        return
    seen = receipts.seen_at(session, attempt.whatsapp_id)
    if attempt.outcome == Outcome.TAKEN and attempt.ended_at is not None:
        # Receipts name whole seconds, and so may seem to come before what they answer.
        seen = [(kind, by, max(at, attempt.ended_at)) for kind, by, at in seen]
    if told.recipient.kind != RecipientKind.PERSON:
        yield from _of_group(session, told, seen)
        return
    for kind, _, at in seen:
        yield HistoryEvent(at, kind, _RECEIPTS[kind])


def _of_group(
    session: Session, told: HistoryWriter, seen: Sequence[tuple[str, str, datetime]]
) -> Iterator[HistoryEvent]:
    """One step for each kind: Read by 2 of 4: Jonas and Tomasz; Seen by 3, of a status."""
    is_status = told.recipient.kind == RecipientKind.STATUS
    words, others = _OF_STATUSES, 0  # nobody tells how many may look at a status
    if not is_status:
        words = _IN_GROUPS
        others = group_readers.others_of(session, told.account, told.message, told.recipient)
    for one in group_readers.group_readers(session, told.recipient, seen, others):
        if one.of == one.count > 1:
            many = f"all {one.count:,}"
        else:
            many = f"{one.count:,} of {one.of:,}" if one.of else f"{one.count:,}"
        more = one.count - len(one.first)
        title = f"{words[one.kind]} {many}"
        yield HistoryEvent(
            one.last_at, one.kind, title, _named(one.first, more), NO_REASON, one.first, more
        )


def _named(first: Sequence[Reader], more: int) -> str:
    """The first few of a group by name, those without one together."""
    names = [one.name for one in first if one.name != group_readers.NOBODY_KNOWN]
    shown = names[:_NAMED]
    rest = len(first) + more - len(shown)
    if not shown:
        return wording.join_words([f"{rest:,} members" if rest > 1 else group_readers.NOBODY_KNOWN])
    return wording.join_words([*shown, *([f"{rest:,} more"] if rest else [])])


def _of_attempt(attempt: Attempt, due_at: datetime) -> Iterator[HistoryEvent]:
    number = f"Try {attempt.number}" if attempt.number > 1 else "Handed to WhatsApp"
    # It is written down a moment ahead, and held until its very instant.
    is_ahead = timedelta(0) < due_at - attempt.started_at < _AHEAD
    yield HistoryEvent(due_at if is_ahead else attempt.started_at, "attempt", number)
    at = attempt.ended_at or attempt.started_at
    match attempt.outcome:
        case Outcome.TAKEN:
            yield HistoryEvent(at, "sent", "WhatsApp took it", reason=attempt.detail)
        case Outcome.REFUSED:
            yield HistoryEvent(at, "failed", "WhatsApp refused it", reason=attempt.detail)
        case Outcome.NOT_SENT:
            yield HistoryEvent(
                at, "not_sent", "It did not leave this server", reason=attempt.detail
            )
        case Outcome.UNKNOWN:
            yield HistoryEvent(at, "unknown", "It may have left this server", reason=attempt.detail)
