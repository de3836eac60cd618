"""Taking back what has gone out: deleting it for everyone, and correcting its words."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Sender
from wasched.api.v1.ids import InPath, MessageId, ScheduleId, ScheduleIdText, write_id
from wasched.api.v1.message_views import MessageStory
from wasched.api.v1.messages import tell_message
from wasched.api.v1.requests import Text
from wasched.api.v1.schedule_views import ScheduleStory
from wasched.api.v1.schedules import tell_schedule
from wasched.api.v1.times import Body, Instant, example
from wasched.domain.amendment import AmendmentKind
from wasched.domain.errors import InputError
from wasched.domain.opaque_ids import Kind
from wasched.domain.typed import read_instant
from wasched.services.caller import Caller
from wasched.services.delivery import post_views
from wasched.services.messages import amending
from wasched.services.schedules import held_sends
from wasched.text.reasons import reason_sentence

router = APIRouter(tags=["messages"], route_class=KeyRoute)

_Due = Annotated[
    Instant,
    Field(
        description="Which of its sends: the `due` of its messages.",
        examples=["2026-12-24T17:00:00Z"],
    ),
]


class NewWords(Body):
    """What a message is to say instead."""

    model_config = example(text="Rehearsal at *20:30*")

    text: Text


class OneSend(Body):
    """Which messages of a schedule: those that were due at one instant."""

    model_config = example(due="2026-12-24T17:00:00Z")

    due: _Due


class OneSendCorrected(OneSend):
    """The same, and what they are to say; `{name}` is filled in for each anew."""

    model_config = example(due="2026-12-24T17:00:00Z", text="Dear {name}, at *20:30*")

    text: Text


class LeftOut(BaseModel):
    """Why it cannot be done with some."""

    reason: str
    count: int


class AmendedOut(BaseModel):
    """What was asked for; each message tells in its history what came of it."""

    id: ScheduleIdText
    asked: Annotated[int, Field(description="So many have gone out, and are being taken back.")]
    ahead: Annotated[
        int, Field(description="So many had not: cancelled, or go with the new words.")
    ]
    left: list[LeftOut]


class ViewsOut(BaseModel):
    """How often a post was viewed."""

    state: Annotated[
        Literal["asked", "told", "unknown", "none"],
        Field(
            description="`asked`: WhatsApp has not answered yet; ask again in a second or two. "
            "`unknown`: it told of no such post. `none`: it is no post in a channel that went."
        ),
    ]
    views: int | None
    told_at: Annotated[datetime | None, Field(description="When WhatsApp said so.")]


@router.post("/messages/{message}/take-back", summary="Delete a message for everyone")
def take_back_message(program: Sender, message: Annotated[MessageId, InPath]) -> MessageStory:
    """Within 60 hours after it went. WhatsApp is asked for it as soon as the account may send."""
    return bootstrap.transaction(
        lambda session, now: amend_message(session, program, message, None, now)
    )


@router.post("/messages/{message}/views", summary="Ask how often a channel's post was viewed")
def ask_views(program: Sender, message: Annotated[MessageId, InPath]) -> ViewsOut:
    """WhatsApp is asked now, so the first answer has no number yet."""
    return tell_views(program, message)


@router.post("/messages/{message}/correct", summary="Correct a message")
def correct_message(
    program: Sender, message: Annotated[MessageId, InPath], body: NewWords
) -> MessageStory:
    """Texts and words under files, within 15 minutes after they went; never a second message."""
    return bootstrap.transaction(
        lambda session, now: amend_message(session, program, message, body.text, now)
    )


@router.post("/schedules/{schedule}/take-back", summary="Delete a whole send for everyone")
def take_back_send(
    program: Sender, schedule: Annotated[ScheduleId, InPath], body: OneSend
) -> AmendedOut:
    """What of it had not gone is cancelled; other times of the schedule stay."""
    return bootstrap.transaction(
        lambda session, now: amend_send(session, program, schedule, body.due, None, now)
    )


@router.post("/schedules/{schedule}/correct", summary="Correct a whole send")
def correct_send(
    program: Sender, schedule: Annotated[ScheduleId, InPath], body: OneSendCorrected
) -> AmendedOut:
    """What of it had not gone goes with the new words; other times of the schedule stay."""
    return bootstrap.transaction(
        lambda session, now: amend_send(session, program, schedule, body.due, body.text, now)
    )


@router.post("/schedules/{schedule}/go-on", summary="Let a send go on that stopped itself")
def go_on(program: Sender, schedule: Annotated[ScheduleId, InPath], body: OneSend) -> ScheduleStory:
    """What waits of it goes, but for what is too late by now. It is not stopped again."""
    return bootstrap.transaction(
        lambda session, now: let_go_on(session, program, schedule, body.due, now)
    )


@router.post(
    "/schedules/{schedule}/take-back-rest", summary="Cancel the rest of a send that stopped itself"
)
def take_back_rest(
    program: Sender, schedule: Annotated[ScheduleId, InPath], body: OneSend
) -> ScheduleStory:
    """What has gone out stays: `take-back` deletes that for everyone."""
    return bootstrap.transaction(
        lambda session, now: cancel_rest(session, program, schedule, body.due, now)
    )


def let_go_on(
    session: Session, program: Caller, schedule: int, due: str, now: datetime
) -> ScheduleStory:
    """Let it go on, and tell how it stands."""
    held_sends.let_go_on(session, program, (schedule, _instant(due)), now)
    return tell_schedule(session, program, schedule, now)


def cancel_rest(
    session: Session, program: Caller, schedule: int, due: str, now: datetime
) -> ScheduleStory:
    """Cancel the rest, and tell how it stands."""
    held_sends.take_back_rest(session, program, (schedule, _instant(due)), now)
    return tell_schedule(session, program, schedule, now)


def tell_views(program: Caller, message: int) -> ViewsOut:
    """Have WhatsApp asked, and tell what is known by now."""
    card = bootstrap.transaction(
        lambda session, now: post_views.ask_views(session, program, message, now)
    )
    if not card.is_post:
        return ViewsOut(state="none", views=None, told_at=None)
    if card.is_asked:
        return ViewsOut(state="asked", views=card.views, told_at=card.told_at)
    state: Literal["told", "unknown"] = "unknown" if card.views is None else "told"
    return ViewsOut(state=state, views=card.views, told_at=card.told_at)


def amend_message(
    session: Session, program: Caller, message: int, words: str | None, now: datetime
) -> MessageStory:
    """Delete one, or let it say something else, and tell how it stands."""
    kind = AmendmentKind.DELETE if words is None else AmendmentKind.CORRECT
    amending.amend_message(session, program, message, kind, words or "", now)
    return tell_message(session, program, message, now)


def amend_send(
    session: Session, program: Caller, schedule: int, due: str, words: str | None, now: datetime
) -> AmendedOut:
    """The same with a send, as it is answered."""
    at = _instant(due)
    kind = AmendmentKind.DELETE if words is None else AmendmentKind.CORRECT
    done = amending.amend_send(session, program, (schedule, at), kind, words or "", now)
    return AmendedOut(
        id=write_id(Kind.SCHEDULE, schedule),
        asked=done.asked,
        ahead=done.ahead,
        left=[
            LeftOut(reason=reason_sentence(why, program.zone, now), count=count)
            for why, count in done.left
        ],
    )


def _instant(due: str) -> datetime:
    at = read_instant(due)
    if at is None:
        raise InputError("due", "Give the instant with its offset, as `due` of a message says it.")
    return at
