"""Schedules, previews and what is held as programs are shown them."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from wasched.api.v1.ids import (
    AccountIdText,
    ScheduleIdText,
    write_id,
)
from wasched.api.v1.message_views import MessageOut
from wasched.domain.early_stop import Measure, Tally
from wasched.domain.nudge import HasNot, Nudge
from wasched.domain.opaque_ids import Kind
from wasched.models import ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.schedules.preview import NextTime, Preview
from wasched.services.schedules.schedule_views import ScheduleView
from wasched.services.views import HeldSend, ScheduleLine
from wasched.text import held_words
from wasched.text.reasons import reason_sentence


class ScheduledOut(BaseModel):
    """What was scheduled: the schedule's id, and its first messages."""

    id: ScheduleIdText
    sentence: Annotated[str, Field(description="When it goes, as it was understood.")]
    zone: str
    first: datetime
    recipients: int
    messages: Annotated[
        list[MessageOut], Field(description="200 at most: `GET /messages?schedule=…` has all.")
    ]


class TimeOut(BaseModel):
    """A time that it goes; `local` is what the clocks of its zone show."""

    at: datetime
    local: Annotated[str, Field(json_schema_extra={"format": "date-time-local"})]
    note: str


class ScheduleOut(BaseModel):
    """A schedule in a list."""

    id: ScheduleIdText
    status: ScheduleStatus
    account: AccountIdText
    sentence: str
    zone: str
    repeats: bool
    text: str
    recipients: int
    waiting: int
    next: Annotated[datetime | None, Field(description="When it goes next; null: never.")]
    changed: datetime


class HeldSendOut(BaseModel):
    """A send that went clearly worse than its account's past, and waits for somebody's word."""

    due: Annotated[datetime, Field(description="Names it, for `go-on` and `take-back-rest`.")]
    since: datetime
    measure: Annotated[Measure, Field(description="What of its first messages went badly.")]
    bad: int
    seen: int
    usual: Annotated[
        float,
        Field(description="The share in the four weeks before, from 0 to 1.", examples=[0.04]),
    ]
    waiting: int
    late_until: Annotated[datetime, Field(description="Past that what waits is missed.")]
    sentence: str


class NudgeOut(BaseModel):
    """What is said, after each time of a schedule, to those who have not."""

    who: HasNot
    days: int
    time: str
    text: str


class NudgeTimeOut(BaseModel):
    """A nudge to come, a schedule by itself."""

    schedule: ScheduleIdText
    at: datetime


class ScheduleStory(ScheduleOut):
    """A schedule with what is to come of it, and how its messages stand."""

    late_minutes: int
    quiet_hours: bool
    stop_on_reply: bool
    made_by: str
    next_times: list[TimeOut]
    tally: Annotated[dict[str, int], Field(description="So many messages, by status.")]
    held: Annotated[list[HeldSendOut], Field(description="Its sends that stopped themselves.")]
    nudge: NudgeOut | None
    nudges: Annotated[list[NudgeTimeOut], Field(description="Those to come of its nudges.")]
    has_not: Annotated[
        HasNot | None, Field(description="A nudge itself: it goes only to who has not.")
    ]
    follows: Annotated[
        ScheduleIdText | None, Field(description="Of a nudge: the schedule that it follows.")
    ]


class NoteOut(BaseModel):
    """Something to know before it is scheduled."""

    kind: str
    sentence: str


class RefusalOut(BaseModel):
    """Why it could not be scheduled so."""

    pointer: str
    detail: str


class PreviewOut(BaseModel):
    """What would happen; nothing is saved, and with refusals it would not be."""

    sentence: str
    zone: str
    first: Annotated[datetime | None, Field(description="null where it would not go.")]
    next_times: list[TimeOut]
    is_all: Annotated[bool, Field(description="Nothing comes after these times.")]
    recipients: int
    opted_out: int
    strangers: int
    done: Annotated[
        datetime | None, Field(description="About when the last one of the first goes.")
    ]
    pace: str
    warnings: list[NoteOut]
    refusals: list[RefusalOut]


def schedule_out(line: ScheduleLine) -> ScheduleOut:
    """A line of a list."""
    return ScheduleOut(
        id=write_id(Kind.SCHEDULE, line.id),
        status=ScheduleStatus(line.status),
        account=write_id(Kind.ACCOUNT, line.account_id),
        sentence=line.sentence,
        zone=line.zone,
        repeats=line.repeats,
        text=line.text,
        recipients=line.recipients,
        waiting=line.waiting,
        next=line.next_at,
        changed=line.changed_at,
    )


def schedule_story(view: ScheduleView) -> ScheduleStory:
    """One schedule."""
    return ScheduleStory(
        **schedule_out(view.line).model_dump(),
        late_minutes=view.late_s // 60,
        quiet_hours=view.respects_quiet_hours,
        stop_on_reply=view.stops_on_reply,
        made_by=view.by,
        next_times=[_time_out(one) for one in view.next_times],
        tally=view.tally,
        held=[held_out(one) for one in view.held],
        nudge=_nudge_out(view.nudge),
        nudges=[
            NudgeTimeOut(schedule=write_id(Kind.SCHEDULE, one.schedule_id), at=one.at)
            for one in view.nudges
        ],
        has_not=HasNot(view.has_not) if view.has_not else None,
        follows=write_id(Kind.SCHEDULE, view.follows) if view.follows else None,
    )


def held_out(one: HeldSend) -> HeldSendOut:
    """A send that stopped itself."""
    return HeldSendOut(
        due=one.due_at,
        since=one.held_at,
        measure=Measure(one.measure),
        bad=one.bad,
        seen=one.seen,
        usual=round(Tally(one.past_bad, one.past_seen).share, 4),
        waiting=one.waiting,
        late_until=one.late_at,
        sentence=held_words.what_was_seen(one),
    )


def _nudge_out(nudge: Nudge | None) -> NudgeOut | None:
    if nudge is None:
        return None
    clock = nudge.clock.isoformat("minutes")
    return NudgeOut(who=nudge.who, days=nudge.days, time=clock, text=nudge.text)


def preview_out(
    found: Preview, program: Caller, now: datetime, pointer_of: Callable[[str], str]
) -> PreviewOut:
    """What a preview tells; `pointer_of` says where a field is in what was sent."""
    refusals = [
        RefusalOut(
            pointer=pointer_of(one.field),
            detail=reason_sentence(one.reason, program.zone, now),
        )
        for one in found.refusals
    ]
    if found.spread is not None:
        refusals.append(RefusalOut(pointer="#/late_minutes", detail=found.spread.sentence))
    return PreviewOut(
        sentence=found.sentence,
        zone=found.zone,
        first=found.first_at,
        next_times=[_time_out(one) for one in found.next_times],
        is_all=found.is_all,
        recipients=found.recipients,
        opted_out=found.opted_out,
        strangers=found.strangers,
        done=found.done_at,
        pace=found.pace,
        warnings=[NoteOut(kind=one.kind, sentence=one.sentence) for one in found.warnings],
        refusals=refusals,
    )


def _time_out(one: NextTime) -> TimeOut:
    return TimeOut(at=one.at, local=one.local.replace(tzinfo=None).isoformat(), note=one.note)
