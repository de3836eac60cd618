"""The calendar as the browser gets it: cells, entries and the lines of a day, in words."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from wasched.domain import sentences
from wasched.domain.message import NEEDS_A_PERSON, MessageChoice, Status, may_choose
from wasched.domain.typed import read_day, read_id
from wasched.domain.wall_clock import Direction
from wasched.services.messages.batch_ids import batch_id_of
from wasched.services.messages.calendar import CalendarDay, Coming
from wasched.services.views import Batch
from wasched.ui.core import audience_text, routes, rows, times
from wasched.ui.core.rows import Held, MessageLine
from wasched.ui.core.statuses import status_word

VIEWS = ("month", "week", "list")
_SPAN = {"month": 42, "week": 7, "list": 31}
_SHOWN = {"month": 3, "week": 12, "list": 25}
_DOTS = 3
_QUIET = {Status.SCHEDULED, Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED}
"""No mark means that it went well, or waits for its time."""

_TONES: dict[str, str] = {Status.FAILED: "bad", Status.SENDING: "now"}


@dataclass(frozen=True)
class CalendarEntry:
    """One send in a cell; `tone` is empty for what went well or just waits."""

    key: str
    href: str
    clock: str
    name: str
    status: str  # chooses the icon; empty for none
    tone: str
    may_move: bool
    label: str  # for a screen reader: the whole of it in words


@dataclass(frozen=True)
class Cell:
    """One day of the grid."""

    day: str
    href: str
    number: str
    weekday: str
    month: str
    spoken: str
    is_out: bool
    is_past: bool
    is_today: bool
    is_selected: bool
    shift: str
    shown: list[CalendarEntry]
    more: str
    dots: list[str]


@dataclass(frozen=True)
class Week:
    """One row of the grid, named by its first day."""

    key: str
    cells: list[Cell]


@dataclass(frozen=True)
class Page:
    """Where the calendar stands: its view and days, and the ways to the next ones."""

    view: str
    chosen: date
    account_id: int

    @classmethod
    def read(cls, given: dict[str, str], today: date) -> "Page":
        """What an address says; what cannot be read there means this month, today."""
        view, account = given.get("view", ""), given.get("account", "")
        chosen = read_day(given.get("day", "")) or today
        if not 2000 <= chosen.year <= 2200:
            chosen = today
        return cls(view if view in VIEWS else "month", chosen, read_id(account))

    @property
    def first(self) -> date:
        """The first day that is shown: a Monday, or in the list the chosen day."""
        if self.view == "list":
            return self.chosen
        start = self.chosen.replace(day=1) if self.view == "month" else self.chosen
        return start - timedelta(days=start.weekday())

    @property
    def span(self) -> int:
        """How many days are shown; a month has six weeks only where it needs them."""
        if self.view != "month":
            return _SPAN[self.view]
        length = monthrange(self.chosen.year, self.chosen.month)[1]
        weeks = -(-((self.chosen.replace(day=1) - self.first).days + length) // 7)
        return weeks * 7

    @property
    def shown(self) -> int:
        """How many sends of each day are shown; the rest is a count."""
        return _SHOWN[self.view]

    def title(self, today: date) -> str:
        """The month, or the days: 9 to 15 Mar, with the year when it is another one."""
        if self.view == "month":
            return f"{self.chosen:%B %Y}"
        last = self.first + timedelta(days=self.span - 1)
        start = f"{self.first.day}"
        if self.first.month != last.month:
            start += f" {self.first:%b}"
        year = "" if self.first.year == last.year == today.year else f" {last.year}"
        return f"{start} to {last.day} {last:%b}{year}"

    def step(self, by: int) -> "Page":
        """The month, week or list before (-1) or after (1)."""
        if self.view != "month":
            return replace(self, chosen=self.chosen + timedelta(days=by * self.span))
        months = self.chosen.year * 12 + self.chosen.month - 1 + by
        return replace(self, chosen=date(months // 12, months % 12 + 1, 1))

    def at(self, day: date) -> str:
        """The address of a day in this view."""
        return replace(self, chosen=day).href

    @property
    def href(self) -> str:
        """The address of this page."""
        given = {"view": self.view, "day": self.chosen.isoformat()}
        if self.account_id:
            given["account"] = str(self.account_id)
        return f"{routes.CALENDAR}?{urlencode(given)}"


def calendar_weeks(
    page: Page, found: Iterable[CalendarDay], held: Held, zone: str, now: datetime
) -> list[Week]:
    """The grid of a month or a week, row by row."""
    today = times.local_time(now, zone).date()
    upcoming = _upcoming(found, now)
    cells = [_cell(page, day, held, zone, now, today, upcoming) for day in found]
    rows_of = [cells[first : first + 7] for first in range(0, len(cells), 7)]
    return [Week(row[0].day, row) for row in rows_of]


def day_lines(
    day: CalendarDay, held: Held, zone: str, now: datetime, going_back: Collection[int] = ()
) -> list[MessageLine]:
    """Everything that is listed of one day, in its order; some schedules may be `going_back`."""
    found = [
        (
            one.row.due_at,
            replace(
                rows.message_line(one, held, zone, now), may_go_back=one.schedule_id in going_back
            ),
        )
        for one in day.sends
    ]
    found += [(one.at, _line(one, zone, now)) for one in day.coming]
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def day_count(day: CalendarDay) -> str:
    """How many sends a day has: 10 sends, of which 100 are listed where there are more."""
    listed = len(day.sends) + len(day.coming)
    words = rows.count_words(day.total, "message", "messages")
    return f"{words}, the first {listed:,} are shown" if listed < day.total else words


def day_heading(day: date, today: date) -> str:
    """Today, Thursday 12 March; the year only when it is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    full = f"{day:%A} {day.day} {day:%B}{year}"
    near = sentences.near_day(day, today)
    return f"{near}, {full}" if near else full


def whole_day(day: CalendarDay, page: Page) -> str:
    """Where the rest of a day is listed, empty where all of it is."""
    if len(day.sends) + len(day.coming) >= day.total:
        return ""
    on = day.day.isoformat()
    given = {"tab": "all", "order": "oldest", "from": on, "to": on}
    if page.account_id:
        given["account"] = str(page.account_id)
    return f"{routes.MESSAGES}?{urlencode(given)}"


def _upcoming(found: Iterable[CalendarDay], now: datetime) -> str:
    """The key of the very next send."""
    waiting = (one for day in found for one in day.sends if Status.SCHEDULED in one.tally)
    following = min(
        (one for one in waiting if one.row.due_at >= now),
        key=lambda one: one.row.due_at,
        default=None,
    )
    return batch_id_of(following) if following else ""


def _cell(
    page: Page,
    day: CalendarDay,
    held: Held,
    zone: str,
    now: datetime,
    today: date,
    upcoming: str,
) -> Cell:
    entries = [_entry(one, held, zone, now, upcoming) for one in day.sends]
    entries += [_coming(one, zone) for one in day.coming]
    shown = sorted(entries, key=_rank)[: page.shown]
    shown.sort(key=lambda entry: entry.clock)
    hidden = day.total - len(shown)
    is_out = page.view == "month" and day.day.month != page.chosen.month
    starts_month = day.day.day == 1 or day.day == page.first
    return Cell(
        day=day.day.isoformat(),
        href=page.at(day.day),
        number=str(day.day.day),
        weekday=f"{day.day:%a} ",
        month=f" {day.day:%b}" if starts_month and day.day != today else "",
        spoken=_spoken(day),
        is_out=is_out,
        is_past=day.day < today,
        is_today=day.day == today,
        is_selected=day.day == page.chosen,
        shift=_shift(day),
        shown=shown,
        more=f"{hidden:,} more" if hidden else "",
        dots=_dots(entries, day.day < today),
    )


def _spoken(day: CalendarDay) -> str:
    """A day as a screen reader says it, with how many messages and a change of the clocks."""
    shift = f", {_shift(day)}" if day.change else ""
    return f"{day.day:%A} {day.day.day} {day.day:%B}, {day_count(day)}{shift}"


def _entry(send: Batch, held: Held, zone: str, now: datetime, upcoming: str) -> CalendarEntry:
    status, needs_me = rows.standing_line(send, held)
    key, clock = batch_id_of(send), times.clock(send.row.due_at, zone)
    to = audience_text.of_send(send)
    return CalendarEntry(
        key=key,
        href=rows.opened_lines(send),
        clock=clock,
        name=to.short,
        status="" if status in _QUIET else status,
        tone=_tone(status, needs_me) or ("next" if key == upcoming else ""),
        may_move=_may_move(send) and send.row.due_at > now,
        label=f"{clock}, {to.said}, {status_word(status)}",
    )


def _may_move(send: Batch) -> bool:
    return all(may_choose(MessageChoice.MOVE, status) for status in send.tally)


def _coming(one: Coming, zone: str) -> CalendarEntry:
    clock = times.clock(one.at, zone)
    to = audience_text.of_coming(one)
    href = routes.schedule_at(one.schedule_id, one.at.isoformat())
    return CalendarEntry(
        "", href, clock, to.short, "", "coming", False, f"{clock}, {to.said}, repeats"
    )


def _line(one: Coming, zone: str, now: datetime) -> MessageLine:
    to = audience_text.of_coming(one)
    return MessageLine(
        href=routes.schedule_at(one.schedule_id, one.at.isoformat()),
        edit=routes.edit(one.schedule_id, one.at.isoformat()),
        clock=times.clock(one.at, zone),
        recipient=to.name,
        kind=to.kind,
        text=one.text,
        status="scheduled",
        needs_me=False,
        detail="",
        account=one.account,
        repeats=True,
        others=to.others,
        at=one.at.isoformat(),
        ago=times.distance_words(one.at, now),
        away=times.distance_words(one.at, now) if one.at > now else "",
    )


def _tone(status: str, needs_me: bool) -> str:
    if needs_me and status != Status.FAILED:
        return "ask"
    return _TONES.get(status, "")


def _rank(entry: CalendarEntry) -> tuple[int, str]:
    """What needs me, what runs, then by time."""
    first = {"ask": 0, "bad": 0 if entry.status in NEEDS_A_PERSON else 1, "now": 1}
    return first.get(entry.tone, 2), entry.clock


def _shift(day: CalendarDay) -> str:
    if day.change is None:
        return ""
    sign = "+" if day.change.direction is Direction.FORWARD else "\u2212"
    hours, minutes = divmod(abs(day.change.minutes), 60)
    return f"Clocks {sign}{hours} h" if not minutes else f"Clocks {sign}{hours * 60 + minutes} min"


def _dots(entries: list[CalendarEntry], is_past: bool) -> list[str]:
    """What a phone shows of a day: first whether it needs me."""
    asks = ["ask"] if any(entry.tone == "ask" for entry in entries) else []
    quiet = sum(entry.tone != "ask" for entry in entries)
    return (asks + ["past" if is_past else "next"] * quiet)[:_DOTS]
