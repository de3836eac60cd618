"""Which messages somebody wants to see, as an address says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wasched.domain import wall_clock
from wasched.domain.message import Status
from wasched.domain.nudge import HasNot
from wasched.domain.typed import read_day, read_id, read_instant
from wasched.services.messages.message_rows import TABS

_A_MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Filters:
    """Empty values choose all.

    `tab` is coming, past, needs or empty; `since` and `until` bound the due instant, the second
    not included; `each` shows every message alone instead of one line a send.
    """

    tab: str = "coming"
    search: str = ""
    status: str = ""
    account_id: int = 0
    recipient_id: int = 0
    schedule_id: int = 0
    since: datetime | None = None
    until: datetime | None = None
    newest_first: bool = False
    each: bool = False
    has_not: str = ""  # a HasNot: whose recipients have not done that


def read_filters(given: Mapping[str, str], zone: str) -> Filters:
    """The filter of an address; what cannot be read there chooses all.

    Names: tab, q, status, account, recipient, schedule, from and to (days in the zone, both
    included), at (the instant of one send), order (newest or oldest) and has_not.
    """
    tab = given.get("tab", "coming")
    tab = tab if tab in (*TABS, "all") else "coming"
    status = given.get("status", "")
    since, until = _span(given, zone)
    return Filters(
        tab="" if tab == "all" else tab,
        search=given.get("q", ""),
        status=status if status in tuple(Status) else "",
        account_id=_number(given, "account"),
        recipient_id=_number(given, "recipient"),
        schedule_id=_number(given, "schedule"),
        since=since,
        until=until,
        newest_first=_newest_first(tab, given.get("order", "")),
        each=bool(given.get("at")),
        has_not=has_not if (has_not := given.get("has_not", "")) in tuple(HasNot) else "",
    )


def _newest_first(tab: str, order: str) -> bool:
    if order in ("newest", "oldest"):
        return order == "newest"
    return tab != "coming"


def _span(given: Mapping[str, str], zone: str) -> tuple[datetime | None, datetime | None]:
    if at := read_instant(given.get("at", "")):
        return at, at + _A_MOMENT
    first, last = read_day(given.get("from", "")), read_day(given.get("to", ""))
    where = wall_clock.zone(zone)
    since = wall_clock.start_of(first, where) if first else None
    until = wall_clock.start_of(last + timedelta(days=1), where) if last else None
    return since, until


def _number(given: Mapping[str, str], name: str) -> int:
    return read_id(given.get(name, ""))
