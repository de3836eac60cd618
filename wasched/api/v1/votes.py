"""Votes: how a poll stands, of one message or of a whole send."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.callers import KeyRoute, Reader
from wasched.api.v1.ids import InPath, MessageId, ScheduleId, ScheduleIdText, write_id
from wasched.api.v1.times import Instant
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.opaque_ids import Kind
from wasched.domain.typed import read_instant
from wasched.models import Schedule
from wasched.services import permissions
from wasched.services.caller import Caller
from wasched.services.permissions import Action
from wasched.services.votes import tally
from wasched.services.votes.vote_views import PollTally, VoterRow

router = APIRouter(tags=["votes"], route_class=KeyRoute)

_Voters = Annotated[
    int, Query(ge=0, le=1000, description="So many who voted are named, the latest of them.")
]
_Due = Annotated[
    Instant | None,
    Query(description="Of one that repeats: which time, by its messages' `due`; else the last."),
]


class OptionOut(BaseModel):
    """An option, how many chose it, and their share of all who voted."""

    text: str
    count: int
    percent: int


class VoterOut(BaseModel):
    """Somebody who voted, by what they chose last."""

    name: str
    phone: Annotated[str, Field(description="Empty where WhatsApp does not tell it.")]
    chosen: list[str]
    at: Annotated[datetime, Field(description="As their own phone's clock had it.")]
    changes: Annotated[int, Field(description="How often they chose anew.")]


class VotesOut(BaseModel):
    """How a poll stands; each person counts once, by what they chose last."""

    schedule: ScheduleIdText
    due: datetime
    question: str
    options: list[OptionOut]
    voted: int
    asked: Annotated[int, Field(description="How many people got it, as far as that is known.")]
    taken_back: int
    unreadable: Annotated[int, Field(description="Votes that only the linked phone can show.")]
    voters: list[VoterOut]


@router.get("/messages/{message}/votes", summary="Votes on a message")
def read_message_votes(
    program: Reader, message: Annotated[MessageId, InPath], voters: _Voters = 100
) -> VotesOut:
    """Of the poll that one message is; 404 for a message that is none, or has not been sent."""
    return tell_message_votes(program, message, voters)


@router.get("/schedules/{schedule}/votes", summary="Votes on all messages of a send")
def read_send_votes(
    program: Reader,
    schedule: Annotated[ScheduleId, InPath],
    due: _Due = None,
    voters: _Voters = 100,
) -> VotesOut:
    """Of all messages of one time together; 404 where no poll has been sent."""
    return tell_send_votes(program, schedule, due, voters)


def tell_message_votes(program: Caller, message_id: int, voters: int) -> VotesOut:
    """The votes on a message as they are answered."""
    return votes_out(
        bootstrap.answer(lambda s, now: tally.tally_message(s, program, message_id, voters))
    )


def tell_send_votes(program: Caller, schedule_id: int, due: str | None, voters: int) -> VotesOut:
    """The votes on a send as they are answered; InputError for a time that is none."""
    at = read_instant(due or "")
    if due and at is None:
        raise InputError("due", "Give the time as messages have it in `due`: 2033-12-24T17:00:00Z.")

    def ask(session: Session, _now: datetime) -> PollTally | None:
        permissions.fetch_own(session, Schedule, schedule_id, program, Action.LOOK)
        if at is None:
            return tally.tally_latest(session, program, schedule_id, voters)
        return tally.tally_send(session, program, (schedule_id, at), voters)

    return votes_out(bootstrap.answer(ask))


def votes_out(found: PollTally | None) -> VotesOut:
    """A tally for programs; NotFoundError where there is none."""
    if found is None:
        raise NotFoundError()
    return VotesOut(
        schedule=write_id(Kind.SCHEDULE, found.schedule_id),
        due=found.due_at,
        question=found.question,
        options=[
            OptionOut(text=one.text, count=one.count, percent=one.percent) for one in found.options
        ],
        voted=found.voted,
        asked=found.asked,
        taken_back=found.taken_back,
        unreadable=found.unreadable,
        voters=[_voter(one) for one in found.voters],
    )


def _voter(one: VoterRow) -> VoterOut:
    return VoterOut(
        name=one.name, phone=one.number, chosen=list(one.chosen), at=one.at, changes=one.changes
    )
