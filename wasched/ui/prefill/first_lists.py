"""The first rows of Messages and the days of the calendar, before their scripts run."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain

from markupsafe import Markup
from sqlmodel import Session

from wasched.services import schedules
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.messages import batches, filters
from wasched.services.messages import calendar as days_of
from wasched.services.permissions import Action, may
from wasched.ui.calendar import calendar_grid
from wasched.ui.calendar.calendar_grid import CalendarEntry, Cell, Page
from wasched.ui.core import rows, times
from wasched.ui.core.page_slots import CALENDAR_DAYS, MESSAGE_ROWS
from wasched.ui.core.rows import DayRows, MessageLine
from wasched.ui.core.statuses import MESSAGE_STATUSES
from wasched.ui.prefill.first_home import next_line

_ROWS = 12
"""As many as a large screen shows."""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_QUIET = {"ask": "wait"}


def message_words(
    session: Session, user: Caller, given: Mapping[str, str], now: datetime
) -> dict[str, str] | None:
    """The first rows of the list that the address names; None if it is empty."""
    repeating = given.get("tab") == "repeating"
    found = (
        _repeating(session, user, given, now) if repeating else _sends(session, user, given, now)
    )
    if not found:
        return None
    choosable = not repeating and may(user, Action.WRITE)
    above = Markup('<div class="bulk"></div>') if choosable else ""
    listed = Markup().join(_day(one, is_choosable=choosable) for one in found)
    return {MESSAGE_ROWS: above + Markup('<div class="card days-list">{}</div>').format(listed)}


def calendar_words(
    session: Session, user: Caller, given: Mapping[str, str], now: datetime
) -> dict[str, str] | None:
    """The days that the address names; None for a list, whose rows come with its scripts."""
    today = times.local_time(now, user.zone).date()
    page = Page.read(dict(given), today)
    if page.view == "list":
        return None
    chosen = page.chosen
    found = days_of.calendar_days(
        *(session, user, page.first, page.span, now, page.account_id),
        listed=page.shown,
        whole=chosen,
    )
    held = rows.held_accounts(accounts.account_names(session, user))
    weeks = calendar_grid.calendar_weeks(page, found, held, user.zone, now)
    cells = chain.from_iterable(week.cells for week in weeks)
    own = next(one for one in found if one.day == chosen)
    lines = calendar_grid.day_lines(own, held, user.zone, now)
    title, count = calendar_grid.day_heading(chosen, today), calendar_grid.day_count(own)
    return {CALENDAR_DAYS: _grid(page, cells) + _chosen(title, count, lines)}


def _sends(
    session: Session, user: Caller, given: Mapping[str, str], now: datetime
) -> list[DayRows]:
    wanted, cursor = filters.read_filters(given, user.zone), given.get("cursor", "")
    page = batches.batch_page(session, user, wanted, cursor, now, _ROWS)
    held = rows.held_accounts(accounts.account_names(session, user))
    return rows.day_rows(page.sends, held, user.zone, now)


def _repeating(
    session: Session, user: Caller, given: Mapping[str, str], now: datetime
) -> list[DayRows]:
    account = filters.read_filters(given, user.zone).account_id
    page = schedules.list_schedules(
        session, user, now, search=given.get("q", ""), account_id=account
    )
    lines = [rows.schedule_line(one, user.zone, now) for one in page.lines[:_ROWS]]
    return [DayRows("Repeating", lines)] if lines else []


def _day(day: DayRows, *, is_choosable: bool) -> Markup:
    row = '<div class="m-choice"><span class="hit"></span>{}</div>' if is_choosable else "{}"
    lines = Markup().join(Markup(row).format(_row(one)) for one in day.lines)
    heading = Markup('<h2 class="daylabel">{}</h2>').format(day.label)
    return Markup('<section class="rows">{}{}</section>').format(heading, lines)


def _row(line: MessageLine) -> Markup:
    others = Markup("<small>{}</small>").format(line.others) if line.others else ""
    beside = line.detail or (line.away if line.status == "scheduled" else "")
    told = [
        Markup('<small class="num">{}</small>').format(one) for one in (beside, line.voted) if one
    ]
    about = Markup().join(told)
    return Markup(
        '<div class="m-row"><time class="at">{}</time><div class="clip"><div class="to">'
        '<i class="i"></i><a class="clip" dir="auto" href="{}">{}</a>{}</div>'
        '<div class="text clip" dir="auto">{}</div></div>'
        '<div class="how">{}{}</div><span class="via clip">{}</span></div>'
    ).format(
        *(line.clock, line.href, line.recipient, others, line.text),
        *(_status(line), about, line.account),
    )


def _status(line: MessageLine) -> Markup:
    _icon, word, tone = MESSAGE_STATUSES.get(line.status, ("", "", "wait"))
    asks = tone in ("ask", "bad")
    look = f"{tone} fill" if asks and line.needs_me else _QUIET.get(tone, tone)
    return Markup('<span class="status {}"><i class="i"></i>{}</span>').format(look, word)


def _grid(page: Page, shown: Iterable[Cell]) -> Markup:
    names = Markup().join(Markup('<div class="dow">{}</div>').format(one) for one in _WEEKDAYS)
    look = "card cal week" if page.view == "week" else "card cal"
    cells = Markup().join(map(_cell, shown))
    return Markup('<div class="{}">{}{}</div>').format(look, names, cells)


def _cell(cell: Cell) -> Markup:
    marks = {"out": cell.is_out, "past": cell.is_past, "today": cell.is_today}
    marks["sel"] = cell.is_selected
    look = " ".join(["cell", *(name for name, holds in marks.items() if holds)])
    more = Markup('<a class="more" href="{}">{}</a>').format(cell.href, cell.more)
    return Markup(
        '<div class="{}"><header><a href="{}" aria-label="{}">'
        '<span class="only-phone weekday">{}</span>{}<span class="month">{}</span></a></header>'
        '{}{}<div class="dots" aria-hidden="true">{}</div></div>'
    ).format(
        *(look, cell.href, cell.spoken, cell.weekday, cell.number, cell.month),
        *(Markup().join(map(_entry, cell.shown)), more if cell.more else "", _dots(cell)),
    )


def _dots(cell: Cell) -> Markup:
    looks = {"ask": '<i class="i"></i>', "next": '<s class="next"></s>'}
    return Markup("".join(looks.get(one, "<s></s>") for one in cell.dots))


def _entry(entry: CalendarEntry) -> Markup:
    mark = Markup('<i class="i"></i>') if entry.status or entry.tone == "coming" else ""
    return Markup(
        '<a class="ev {}" href="{}" aria-label="{}">{}<time>{}</time><bdi class="clip">{}</bdi></a>'
    ).format(entry.tone, entry.href, entry.label, mark, entry.clock, entry.name)


def _chosen(title: str, count: str, lines: list[MessageLine]) -> Markup:
    """What goes out on the chosen day, below the grid."""
    entry = Markup('<div class="cal-entry">{}</div>')
    listed = Markup().join(entry.format(next_line(one, _status(one))) for one in lines[:_ROWS])
    nothing = Markup('<div class="card empty"><p>Nothing on this day.</p></div>')
    body = Markup('<div class="card rows">{}</div>').format(listed) if lines else nothing
    return Markup(
        '<section class="dayview"><header><h2>{}</h2><span class="small muted">{}</span></header>'
        "{}</section>"
    ).format(title, count, body)
