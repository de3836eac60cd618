"""Replies: what people wrote back, by message, schedule, person, or all of it."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader
from wasched.api.v1.ids import (
    AccountId,
    AccountIdText,
    MessageId,
    MessageIdText,
    PersonIdText,
    RecipientId,
    ReplyIdText,
    ScheduleId,
    ScheduleIdText,
    write_id,
)
from wasched.api.v1.lists_of import After, Limit, Page, link_next, page_of, read_cursor
from wasched.domain.errors import NotFoundError
from wasched.domain.opaque_ids import Kind
from wasched.domain.reply import MatchedBy, ReplyKind
from wasched.services.caller import Caller
from wasched.services.replies import reading
from wasched.services.replies.reading import ReplyRow
from wasched.text.keyword_words import handled_sentence

router = APIRouter(prefix="/replies", tags=["replies"], route_class=KeyRoute)

_OF = Field(description="Of this one alone, by its id.")


class ReplyOut(BaseModel):
    """What somebody wrote back to a message."""

    id: ReplyIdText
    message: MessageIdText
    schedule: ScheduleIdText
    account: AccountIdText
    person: Annotated[
        PersonIdText | None, Field(description="Who wrote; null for nobody of the address book.")
    ]
    name: Annotated[str, Field(description="Who wrote, as they are called.")]
    phone: Annotated[str, Field(description="Their number; empty where WhatsApp hides it.")]
    group: Annotated[str, Field(description="The group they wrote in; empty outside groups.")]
    kind: ReplyKind
    text: str
    matched_by: Annotated[
        MatchedBy, Field(description="`quote`: it quotes the message. `window`: it came after it.")
    ]
    at: datetime
    edited_at: datetime | None
    answered_at: datetime | None
    handled: Annotated[
        str, Field(description="What it did as a keyword, in a sentence; empty for no keyword.")
    ]


class ReplyFilters(BaseModel):
    """Which replies."""

    q: Annotated[str, Field(max_length=200, description="Words of texts or names.")] = ""
    unanswered: Annotated[bool, Field(description="Only what nobody answered.")] = False
    message: Annotated[MessageId | None, _OF] = None
    schedule: Annotated[ScheduleId | None, _OF] = None
    account: Annotated[AccountId | None, _OF] = None
    recipient: Annotated[RecipientId | None, _OF] = None
    limit: Limit = 50
    after: After = ""


@router.get("", summary="List replies")
def list_replies(
    program: Reader, request: Request, answer: Response, filters: Annotated[ReplyFilters, Query()]
) -> Page[ReplyOut]:
    """What people wrote back, the newest first, as far as the space keeps it."""
    found = find_replies(program, filters)
    link_next(request, answer, found.next)
    return found


def find_replies(program: Caller, filters: ReplyFilters) -> Page[ReplyOut]:
    """A page of replies; NotFoundError for an id that is none."""
    of = (filters.message, filters.schedule, filters.account, filters.recipient)
    if 0 in of:
        raise NotFoundError()
    message, schedule, account, recipient = (one or 0 for one in of)
    wanted = reading.ReplyFilters(
        search=filters.q,
        is_open=filters.unanswered,
        message_id=message,
        schedule_id=schedule,
        account_id=account,
        recipient_id=recipient,
    )
    cursor = read_cursor(filters.after, Kind.REPLY)
    rows, following = bootstrap.answer(
        lambda session, _now: reading.list_replies(session, program, wanted, cursor, filters.limit)
    )
    return page_of([_reply_out(one) for one in rows], following, Kind.REPLY)


def _reply_out(row: ReplyRow) -> ReplyOut:
    return ReplyOut(
        id=write_id(Kind.REPLY, row.id),
        message=write_id(Kind.MESSAGE, row.message_id),
        schedule=write_id(Kind.SCHEDULE, row.schedule_id),
        account=write_id(Kind.ACCOUNT, row.account_id),
        person=write_id(Kind.PERSON, row.person_id) if row.person_id else None,
        name=row.author,
        phone=row.phone,
        group=row.group,
        kind=ReplyKind(row.kind),
        text=row.text,
        matched_by=MatchedBy(row.matched_by),
        at=row.at,
        edited_at=row.edited_at,
        answered_at=row.answered_at,
        handled=handled_sentence(row.handled),
    )
