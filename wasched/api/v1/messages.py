"""Messages: sending one, finding some, the story of one, taking one back."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader, Sender
from wasched.api.v1.etags import SHOWS, note_version
from wasched.api.v1.ids import InPath, MessageId, read_id
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.api.v1.once import Once
from wasched.api.v1.requests import MessageIn
from wasched.api.v1.scheduling import schedule_once
from wasched.api.v1.views import (
    MessageOut,
    MessageStory,
    ScheduledOut,
    message_out,
    message_story,
)
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.message import Status
from wasched.domain.opaque_ids import Kind
from wasched.domain.typed import read_day
from wasched.services.caller import Caller
from wasched.services.messages import batches, message_actions
from wasched.services.messages.filters import read_filters

router = APIRouter(prefix="/messages", tags=["messages"], route_class=KeyRoute)

_CURSOR_KINDS = (Kind.SCHEDULE, Kind.MESSAGE)
_KINDS = {
    "account": (Kind.ACCOUNT,),
    "schedule": (Kind.SCHEDULE,),
    "recipient": (Kind.PERSON, Kind.GROUP),
}
_DAY = r"^\d{4}-\d\d-\d\d$"
_Id = Annotated[str, Field(max_length=40, description="Of this one alone, by its id.")]


class MessageFilters(BaseModel):
    """Which messages, called as on the page Messages."""

    tab: Literal["coming", "past", "needs", "all"] = "all"
    status: Status | None = None
    q: Annotated[str, Field(max_length=200, description="Words of texts or names.")] = ""
    account: _Id = ""
    schedule: _Id = ""
    recipient: _Id = ""
    since: Annotated[
        str | None,
        Field(alias="from", pattern=_DAY, description="From this day on, in your time zone."),
    ] = None
    until: Annotated[
        str | None,
        Field(alias="to", pattern=_DAY, description="To this day, which is included."),
    ] = None
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
    since, until = filters.since or "", filters.until or ""
    if (since and read_day(since) is None) or (until and read_day(until) is None):
        raise InputError("from", "There is no such day. Say from and to as 2033-12-24.")
    given = {"tab": filters.tab, "status": filters.status or "", "q": filters.q}
    given |= {"order": filters.order, "from": since, "to": until}
    rows = _rows(filters.account, filters.schedule, filters.recipient)
    wanted = replace(
        read_filters(given, program.zone),
        each=True,
        account_id=rows["account"],
        schedule_id=rows["schedule"],
        recipient_id=rows["recipient"],
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
    return message_story(told, program, now)


def _rows(account: str, schedule: str, recipient: str) -> dict[str, int]:
    """The rows that a filter names by ids, 0 for none; NotFoundError for an id that is none."""
    found = {}
    for name, text in (("account", account), ("schedule", schedule), ("recipient", recipient)):
        found[name] = next(filter(None, (read_id(kind, text) for kind in _KINDS[name])), 0)
        if text and not found[name]:
            raise NotFoundError()
    return found
