"""Accounts, and how their numbers do, as programs are shown them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from wasched.api.v1.ids import (
    AccountIdText,
    ChannelIdText,
    StatusIdText,
    recipient_id,
    write_id,
)
from wasched.domain.link import LinkState
from wasched.domain.number_health import Compared, NumberHealth, Standing
from wasched.domain.opaque_ids import Kind
from wasched.domain.warm_up import DAYS
from wasched.models import Recipient
from wasched.services.caller import Caller
from wasched.services.views import AccountCard, WarmUp
from wasched.text import number_health_words
from wasched.text.reasons import reason_sentence


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
