"""Messages: sending one, finding some, the story of one, taking one back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.etags import SHOWS, note_version
from wasched.api.v1.ids import (
    AccountId,
    InPath,
    MessageId,
    RecipientId,
    ScheduleId,
)
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.api.v1.message_views import MessageOut, MessageStory, message_out, message_story
from wasched.api.v1.once import Once
from wasched.api.v1.requests import MessageIn
from wasched.api.v1.schedule_views import ScheduledOut
from wasched.api.v1.scheduling import schedule_once
from wasched.api.v1.times import Instant
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.message import Status
from wasched.domain.nudge import HasNot
from wasched.domain.opaque_ids import Kind
from wasched.domain.typed import read_instant
from wasched.services.caller import Caller
from wasched.services.messages import batches, message_actions
from wasched.services.messages.filters import read_filters
from wasched.services.votes import tally

router = APIRouter(prefix="/messages", tags=["messages"], route_class=KeyRoute)

_CURSOR_KINDS = (Kind.SCHEDULE, Kind.MESSAGE)
_OF = Field(description="Of this one alone, by its id.")
_Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$", json_schema_extra={"format": "date"})]
_DAYS = date(1970, 1, 1), date(9998, 12, 31)
"""Those that pages know; nothing goes out before or after."""


class MessageFilters(BaseModel):
    """Which messages, called as on the page Messages."""

    tab: Literal["coming", "past", "needs", "all"] = "all"
    status: Status | None = None
    q: Annotated[str, Field(max_length=200, description="Words of texts or names.")] = ""
    account: Annotated[AccountId | None, _OF] = None
    schedule: Annotated[ScheduleId | None, _OF] = None
    recipient: Annotated[RecipientId | None, _OF] = None
    since: Annotated[
        _Day | None, Field(alias="from", description="From this day on, in your time zone.")
    ] = None
    until: Annotated[
        _Day | None, Field(alias="to", description="To this day, which is included.")
    ] = None
    has_not: Annotated[
        HasNot | None,
        Field(description="Of those to whom it went: only who has not. Say `schedule` with it."),
    ] = None
    due: Annotated[Instant | None, Field(description="Of one send: the `due` of its messages.")] = (
        None
    )
    order: Literal["oldest", "newest"] = "oldest"
    limit: Limit = 50
    after: After = ""


@router.post("", status_code=201, summary="Send a message, now or later")
def send_message(program: Sender, asked: Once, body: MessageIn) -> ScheduledOut:
    """Schedules a text. Without `at`, `local` or `when` it goes now."""
    return schedule_once(program, asked, body)  # type: ignore[return-value] # written already


@router.get("", summary="List messages")
def list_messages(
    program: Reader,
    request: Request,
    answer: Response,
    filters: Annotated[MessageFilters, Query()],
) -> Page[MessageOut]:
    """Every message alone, in the order of time; the filters are called as on the page Messages."""
    found = find_messages(program, filters)
    link_next(request, answer, found.next)
    return found


def find_messages(program: Caller, filters: MessageFilters) -> Page[MessageOut]:
    """A page of messages; InputError for a day that is none, NotFoundError for an id."""
    given = {"tab": filters.tab, "status": filters.status or "", "q": filters.q}
    given |= {
        "order": filters.order,
        "from": _read_day(filters.since),
        "to": _read_day(filters.until),
    }
    given |= {"has_not": filters.has_not or "", "at": filters.due or ""}
    if filters.due and read_instant(filters.due) is None:
        raise InputError("due", "Give the time as messages have it in `due`: 2033-12-24T17:00:00Z.")
    of = (filters.account, filters.schedule, filters.recipient)
    if 0 in of:
        raise NotFoundError()
    account, schedule, recipient = (one or 0 for one in of)
    wanted = replace(
        read_filters(given, program.zone),
        each=True,
        account_id=account or 0,
        schedule_id=schedule or 0,
        recipient_id=recipient or 0,
    )
    cursor = read_cursor(filters.after, *_CURSOR_KINDS)
    found, now = bootstrap.answer(
        lambda session, now: (
            batches.batch_page(session, program, wanted, cursor, now, filters.limit),
            now,
        )
    )
    items = [message_out(one.row, program, now) for one in found.sends]
    return page_of(items, found.next_cursor, *_CURSOR_KINDS)


@router.get("/{message}", summary="The story of a message", responses=SHOWS)
def read_message(
    program: Reader, answer: Response, message: Annotated[MessageId, InPath]
) -> MessageStory:
    """What it says, how it stands, and all that happened to it."""
    note_version(answer)
    return bootstrap.answer(lambda session, now: tell_message(session, program, message, now))


@router.delete("/{message}", summary="Take a message back")
def cancel_message(program: Sender, message: Annotated[MessageId, InPath]) -> MessageStory:
    """Cancels one that waits; 409 for one that has gone. One that is cancelled stays so."""

    def cancel(session: Session, now: datetime) -> MessageStory:
        told = tell_message(session, program, message, now)
        if told.status is Status.CANCELLED:
            return told
        message_actions.decide_message(session, program, message, "cancel", now)
        return tell_message(session, program, message, now)

    return bootstrap.transaction(cancel)


def tell_message(session: Session, program: Caller, message_id: int, now: datetime) -> MessageStory:
    """One message as it is answered."""
    told = message_actions.message_story(session, program, message_id, now)
    reactions = tally.react_message(session, program, message_id)
    return message_story(told, reactions, program, now)


def _read_day(text: str | None) -> str:
    """The day for a filter, empty for none; InputError for one that no calendar has."""
    if not text:
        return ""
    first, last = _DAYS
    try:
        return min(max(date.fromisoformat(text), first), last).isoformat()
    except ValueError:
        raise InputError("from", "There is no such day. Say from and to as 2033-12-24.") from None
