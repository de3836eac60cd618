"""Messages and their stories as programs are shown them."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from wasched.api.v1.ids import (
    AccountIdText,
    MessageIdText,
    RecipientIdText,
    ScheduleIdText,
    recipient_id,
    write_id,
)
from wasched.domain.message import Status
from wasched.domain.opaque_ids import Kind
from wasched.services.caller import Caller
from wasched.services.messages.history_views import HistoryEvent, MessageHistory
from wasched.services.views import MessageRow
from wasched.services.votes.vote_views import Reactions
from wasched.text.reasons import reason_sentence


class MessageOut(BaseModel):
    """One message to one person or group."""

    id: MessageIdText
    schedule: ScheduleIdText
    account: AccountIdText
    to: Annotated[str, Field(description="The number; of a group or a status its id.")]
    recipient: RecipientIdText
    name: str
    text: str
    due: datetime
    status: Status
    reason: Annotated[str, Field(description="Why it waits or did not go, in a sentence.")]
    needs_you: Annotated[bool, Field(description="It waits for somebody to decide.")]
    taken_back: Annotated[bool, Field(description="It is deleted for everyone.")]


class EventOut(BaseModel):
    """One thing that happened to a message."""

    at: datetime
    kind: Annotated[str, Field(description="A status, or `attempt`.")]
    title: str
    detail: str


class ReactionOut(BaseModel):
    """An emoji that somebody reacted with."""

    emoji: str
    name: str
    at: Annotated[datetime, Field(description="As their own phone's clock had it.")]


class MessageStory(MessageOut):
    """A message with all that happened to it."""

    late_until: Annotated[datetime, Field(description="Past that it is missed.")]
    attempts: int
    made_by: str
    history: list[EventOut]
    reactions: Annotated[list[ReactionOut], Field(description="The latest 100, as they stand.")]


def message_out(row: MessageRow, program: Caller, now: datetime) -> MessageOut:
    """A row of a list."""
    recipient = recipient_id(row.recipient_kind, row.recipient_id)
    return MessageOut(
        id=write_id(Kind.MESSAGE, row.id),
        schedule=write_id(Kind.SCHEDULE, row.schedule_id),
        account=write_id(Kind.ACCOUNT, row.account_id),
        to=row.phone or recipient,
        recipient=recipient,
        name=row.recipient,
        text=row.text,
        due=row.due_at,
        status=Status(row.status),
        reason=reason_sentence(row.reason, program.zone, now),
        needs_you=row.needs_me,
        taken_back=row.is_taken_back,
    )


def message_story(
    told: MessageHistory, reactions: Reactions, program: Caller, now: datetime
) -> MessageStory:
    """One message with its history."""
    return MessageStory(
        **message_out(told.row, program, now).model_dump(),
        late_until=told.late_at,
        attempts=told.attempts,
        made_by=told.by,
        history=[_event_out(one, program, now) for one in told.steps],
        reactions=[
            ReactionOut(emoji=one.emoji, name=one.name, at=one.at) for one in reactions.people
        ],
    )


def _event_out(one: HistoryEvent, program: Caller, now: datetime) -> EventOut:
    why = reason_sentence(one.reason, program.zone, now)
    return EventOut(at=one.at, kind=one.kind, title=one.title or why, detail=one.detail or why)
