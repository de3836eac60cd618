"""What is stopped, in words: by whom, since when, and what waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from wasched.domain import sentences
from wasched.services.views import AccountStop, FellDue, MessageRow, WholeStop
from wasched.ui.core import times
from wasched.ui.core.rows import count_words

WHOLE = "server"
"""In place of accounts: the whole server."""

_LINES = 3
_NAMES = 2


@dataclass(frozen=True)
class StopLine:
    """What was stopped at once, with the accounts that go on together."""

    sentence: str
    accounts: str = ""
    ids: str = ""  # as an event names them: 1,2,3
    may_go_on: bool = False  # the reader ends it


def stop_lines(
    stops: Sequence[AccountStop], accounts: int, zone: str, now: datetime, *, may_go_on: bool
) -> list[StopLine]:
    """The lines of the banner; `accounts` are there in all, and `may_go_on` who may stop them."""
    pressed = groupby(stops, lambda one: (one.at, one.by, one.is_by_me))
    found = [list(together) for _, together in pressed]
    shown = [_banner_line(some, accounts, zone, now) for some in found[:_LINES]]
    lines = [replace(one, may_go_on=may_go_on) for one in shown]
    more = len(found) - _LINES
    return [*lines, StopLine(f"And {more} more, under Accounts.")] if more > 0 else lines


def whole_line(stop: WholeStop, zone: str, now: datetime) -> StopLine:
    """The line of the banner for the whole server; who may end the stop is offered that."""
    who = "you" if stop.is_by_me else stop.by or "somebody"
    sentence = f"Nothing goes out from this server: {who} stopped all of it"
    return StopLine(
        f"{sentence} {_since(stop.at, zone, now)}.", "the whole server", WHOLE, stop.may_go_on
    )


def account_line(stop: AccountStop, zone: str, now: datetime) -> str:
    """The same beside the account's own name: 0 go out today: you stopped it at 08:51. 3 wait."""
    return _line([stop], True, zone, now)


def _banner_line(some: Sequence[AccountStop], accounts: int, zone: str, now: datetime) -> StopLine:
    return StopLine(
        _line(some, len(some) == accounts, zone, now),
        stopped_names([one.account for one in some]),
        ",".join(str(one.account_id) for one in some),
    )


def stopped_names(accounts: Sequence[str]) -> str:
    """Accounts by name: Choir phone and Bakery; where there are more, how many more."""
    if len(accounts) <= _NAMES:
        return " and ".join(accounts)
    return (
        f"{', '.join(accounts[:_NAMES])} and {count_words(len(accounts) - _NAMES, 'more', 'more')}"
    )


def fell_due_lines(found: FellDue, zone: str, now: datetime) -> list[str]:
    """What a person is told before it goes on: how many fell due, the oldest, and which."""
    if not found.count or found.oldest_at is None:
        return _missed(found)
    oldest = times.when_words(found.oldest_at, zone, now)
    fell = f"{count_words(found.count, 'message', 'messages')} fell due"
    first = f"{fell}, the oldest {oldest}." if found.count > 1 else f"{fell} {oldest}."
    return [first, *[_send(row, count, zone, now) for row, count in found.named], *_missed(found)]


def _line(some: Sequence[AccountStop], is_all: bool, zone: str, now: datetime) -> str:
    who = "you" if some[0].is_by_me else some[0].by or "somebody"
    stopped = f"0 go out today: {who} stopped it {_since(some[0].at, zone, now)}."
    whose = "" if is_all else f"{stopped_names([one.account for one in some])}: "
    return f"{whose}{stopped} {_waits(sum(one.due_today for one in some))}"


def _since(at: datetime, zone: str, now: datetime) -> str:
    day = times.day_name(at, zone, now)
    if day == "Today":
        return f"at {times.clock(at, zone)}"
    return (
        times.when_words(at, zone, now)
        if sentences.is_near(day)
        else f"on {times.when_words(at, zone, now)}"
    )


def _waits(count: int) -> str:
    return f"{count:,} {'waits' if count == 1 else 'wait'}." if count else "Nothing is due today."


def _send(row: MessageRow, count: int, zone: str, now: datetime) -> str:
    due = times.when_words(row.due_at, zone, now)
    others = f" and {count_words(count - 1, 'other', 'others')}" if count > 1 else ""
    return f"{due[0].upper()}{due[1:]} to \u2068{row.recipient}\u2069{others}"


def _missed(found: FellDue) -> list[str]:
    if not found.missed:
        return []
    late = count_words(found.missed, "is", "are")
    return [f"{late} too late by now and will ask you on Home."]
