"""Rows as the browser gets them: words and marks, no instants and no table rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.services.views import AccountCard, MessageRow
from wasched.ui import routes, times

_MENDS_ITSELF = (LinkState.CONNECTED, LinkState.CONNECTING, LinkState.RECONNECTING)


@dataclass(frozen=True)
class Line:
    """One message in a list."""

    href: str
    clock: str
    recipient: str
    kind: str
    text: str
    status: str
    needs_me: bool
    detail: str
    account: str
    repeats: bool


@dataclass(frozen=True)
class Day:
    """The messages of one day, under its name."""

    label: str
    lines: list[Line]


@dataclass(frozen=True)
class AccountLine:
    """One account in a list."""

    id: str
    href: str
    name: str
    phone: str
    state: str
    sentence: str
    use: str
    percent: str
    waiting: str
    asks: bool


def days(rows: Iterable[MessageRow], held: set[int], zone: str, now: datetime) -> list[Day]:
    """Messages by day in the reader's zone; `held` are the accounts a person has to free."""
    grouped = groupby(rows, lambda row: times.day_heading(row.due_at, zone, now))
    return [Day(label, [line(row, held, zone) for row in found]) for label, found in grouped]


def line(row: MessageRow, held: set[int], zone: str) -> Line:
    """One message for the browser."""
    status = status_of(row, held)
    return Line(
        href=routes.message(row.id),
        clock=times.clock(row.due_at, zone),
        recipient=row.recipient,
        kind=row.recipient_kind,
        text=row.text,
        status=status,
        needs_me=row.needs_me or status == "held_by_me",
        detail="you decide" if row.status == Status.UNKNOWN and row.needs_me else row.reason,
        account=row.account,
        repeats=bool(row.repeats),
    )


def status_of(row: MessageRow, held: set[int]) -> str:
    """The status as people see it: a scheduled message may wait for them, or for something."""
    if row.status != Status.SCHEDULED or not row.reason:
        return row.status
    return "held_by_me" if row.account_id in held else "held"


def held_accounts(cards: Iterable[AccountCard]) -> set[int]:
    """The accounts that send again only when a person does something."""
    return {card.id for card in cards if card.is_paused or card.state not in _MENDS_ITSELF}


def account_line(card: AccountCard) -> AccountLine:
    """One account for the browser."""
    asks = card.state not in (*_MENDS_ITSELF, "paused")
    return AccountLine(
        id=str(card.id),
        href=routes.account(card.id),
        name=card.name,
        phone=card.phone,
        state=card.state,
        sentence=card.sentence,
        use=f"{card.sent_today} of {card.daily_cap}",
        percent=f"{min(100, 100 * card.sent_today / card.daily_cap):.1f}%",
        waiting=counted(card.waiting, "message waits", "messages wait") if card.waiting else "",
        asks=asks,
    )


def counted(number: int, one: str, many: str) -> str:
    """A number with the word that goes with it: 1 message waits, 4 messages wait."""
    return f"{number:,} {one if number == 1 else many}"
