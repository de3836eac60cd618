"""What programs are shown: the same that pages show, by the ids of programs."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from wasched.api.v1.ids import (
    AccountIdText,
    ChannelIdText,
    MessageIdText,
    RecipientIdText,
    ScheduleIdText,
    StatusIdText,
    recipient_id,
    write_id,
)
from wasched.domain.early_stop import Measure, Tally
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.nudge import HasNot, Nudge
from wasched.domain.number_health import Compared, NumberHealth, Standing
from wasched.domain.opaque_ids import Kind
from wasched.domain.warm_up import DAYS
from wasched.models import Recipient, ScheduleStatus
from wasched.services.caller import Caller
from wasched.services.messages.history_views import HistoryEvent, MessageHistory
from wasched.services.schedules.preview import NextTime, Preview
from wasched.services.schedules.schedule_views import ScheduleView
from wasched.services.views import AccountCard, HeldSend, MessageRow, ScheduleLine, WarmUp
from wasched.services.votes.vote_views import Reactions
from wasched.text import held_words, number_health_words
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


class WarmUpOut(BaseModel):
    """A number that is new to the server: the most it sends on this day of its first two weeks."""

    day: int
    days: int
    messages: int
    new_people: Annotated[int, Field(description="So many of them to people it never wrote to.")]


class ChannelOut(BaseModel):
    """A channel that an account may post texts to."""

    id: ChannelIdText
    name: str
    followers: int


class AccountOut(BaseModel):
    """A linked WhatsApp number and how its link stands."""

    id: AccountIdText
    name: str
    phone: Annotated[str, Field(description="Empty until it was linked.")]
    state: LinkState
    standing: Annotated[str, Field(description="How it stands and what to do, in a sentence.")]
    since: datetime
    is_linked: bool
    is_stopped: bool
    waiting: int
    sent_today: Annotated[int, Field(description="From its number, through any account.")]
    daily_cap: int
    warm_up: WarmUpOut | None
    next_due: datetime | None
    status: Annotated[
        StatusIdText | None,
        Field(description="Its own status, for `to` of a message. null before it was linked."),
    ]
    channels: Annotated[
        list[ChannelOut], Field(description="Those it may post texts to, for `to` of a message.")
    ]


class VitalOut(BaseModel):
    """One of the counts: of the last seven days, and of the four weeks before them."""

    count: int
    of: int
    share: Annotated[float | None, Field(description="From 0 to 1; null: of nothing.")]
    usual: Annotated[float | None, Field(description="The same, of the four weeks before.")]


class HealthDayOut(BaseModel):
    """One day by the account's clock."""

    day: date
    sent: int
    arrived: Annotated[int, Field(description="Within an hour.")]


class AccountHealthOut(BaseModel):
    """How an account's number is doing; counted every ten minutes, up to an hour ago."""

    account: AccountIdText
    standing: Annotated[Standing, Field(description="`worse` is what asks for something.")]
    sentence: str
    advice: Annotated[str, Field(description="What helps where it is worse; else empty.")]
    arrived: Annotated[VitalOut, Field(description="Delivered within an hour.")]
    read: VitalOut
    answered: VitalOut
    refused: Annotated[VitalOut, Field(description="Of all that was tried.")]
    opted_out: Annotated[VitalOut, Field(description="Asked for no more within a day of it.")]
    refused_as_stranger: Annotated[int, Field(description="By WhatsApp's answer 463.")]
    not_on_whatsapp: int
    days: Annotated[list[HealthDayOut], Field(description="The last four weeks, oldest first.")]


def health_out(account_id: int, found: NumberHealth) -> AccountHealthOut:
    """How a number is doing."""
    return AccountHealthOut(
        account=write_id(Kind.ACCOUNT, account_id),
        standing=found.standing,
        sentence=number_health_words.health_sentence(found),
        advice=number_health_words.mend_sentence(found),
        **{one.vital.value: _vital_out(one) for one in found.counts},
        refused_as_stranger=found.strangers_refused,
        not_on_whatsapp=found.absent,
        days=[
            HealthDayOut(day=one.day, sent=one.arrived.of, arrived=one.arrived.bad)
            for one in found.days
        ],
    )


def _vital_out(one: Compared) -> VitalOut:
    share, usual = (round(t.share, 4) if t.of else None for t in (one.now, one.before))
    return VitalOut(count=one.now.bad, of=one.now.of, share=share, usual=usual)


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


def account_out(
    card: AccountCard, program: Caller, now: datetime, places: Sequence[Recipient]
) -> AccountOut:
    """An account, with its status and the channels that it may post to."""
    return AccountOut(
        id=write_id(Kind.ACCOUNT, card.id),
        name=card.name,
        phone=card.phone,
        state=LinkState(card.state),
        standing=reason_sentence(card.standing, program.zone, now),
        since=card.since,
        is_linked=card.is_linked,
        is_stopped=card.is_stopped,
        waiting=card.waiting,
        sent_today=card.sent_today,
        daily_cap=card.daily_cap,
        warm_up=_warm_up_out(card.warm_up),
        next_due=card.next_due_at,
        status=next((_place_id(one) for one in places if one.kind == "status"), None),
        channels=[
            ChannelOut(id=_place_id(one), name=one.name, followers=one.size)
            for one in places
            if one.kind == "channel"
        ],
    )


def _place_id(place: Recipient) -> str:
    return recipient_id(place.kind, place.id or 0)


def _warm_up_out(found: WarmUp | None) -> WarmUpOut | None:
    if found is None or not found.is_on:
        return None
    return WarmUpOut(day=found.day, days=DAYS, messages=found.messages, new_people=found.strangers)


def _event_out(one: HistoryEvent, program: Caller, now: datetime) -> EventOut:
    why = reason_sentence(one.reason, program.zone, now)
    return EventOut(at=one.at, kind=one.kind, title=one.title or why, detail=one.detail or why)


def _time_out(one: NextTime) -> TimeOut:
    return TimeOut(at=one.at, local=one.local.replace(tzinfo=None).isoformat(), note=one.note)
