"""Calendar: a month, a week or a list; every entry can be opened, and moved to another day."""

import reflex as rx

from wasched.ui.calendar.parts import calendar_grid, known_days
from wasched.ui.calendar.state import CalendarState
from wasched.ui.components.each import each
from wasched.ui.components.empty import skeleton_month
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.components.narrowing import SAYS
from wasched.ui.components.place import place
from wasched.ui.components.rows import next_row
from wasched.ui.core import page_slots, routes
from wasched.ui.core.rows import Choice, DayRows, MessageLine
from wasched.ui.frame.layout import page_shell, zone_note
from wasched.ui.frame.roles import nothing_yet, writers_see

_NOT_YET = {"inert": ~CalendarState.is_loaded}
"""Days are there before the page knows where its ways lead."""

_VIEWS = (("month", "Month"), ("week", "Week"), ("list", "List"))


def calendar_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        _head(),
        rx.cond(
            CalendarState.is_loaded,
            rx.cond(CalendarState.view == "list", _agenda(), rx.fragment(calendar_grid(), _day())),
            rx.fragment(place(page_slots.CALENDAR_DAYS), skeleton_month()),
        ),
        title=_title(),
        current=routes.CALENDAR,
        bar=rx.el.div(_steps(), class_name="line", custom_attrs=_NOT_YET),
    )


def _title() -> rx.Var[str]:
    return rx.cond(CalendarState.title != "", CalendarState.title, "Calendar")


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(_title()),
            rx.el.div(_steps(), class_name="line", custom_attrs=_NOT_YET),
            class_name="line only-desk",
        ),
        rx.el.span(class_name="fill only-desk"),
        zone_note(),
        _accounts(),
        rx.el.nav(
            *[_view(key, word) for key, word in _VIEWS],
            class_name="segments",
            custom_attrs={"aria-label": "View", **_NOT_YET},
        ),
        class_name="cal-head",
    )


def _steps() -> rx.Component:
    return rx.fragment(
        _step("before", "Earlier", "chevron_left"),
        _step("after", "Later", "chevron_right"),
        link("Today", href=CalendarState.links["today"], class_name="btn"),
    )


def _step(key: str, label: str, name: str) -> rx.Component:
    return link(
        icon(name, 20),
        href=CalendarState.links[key],
        class_name="btn square ghost",
        custom_attrs={"aria-label": label},
    )


def _view(key: str, word: str) -> rx.Component:
    return link(
        word,
        href=CalendarState.links[key],
        custom_attrs={"aria-current": rx.cond(CalendarState.view == key, "page", "false")},
    )


def _accounts() -> rx.Component:
    return rx.cond(
        CalendarState.accounts.length() > 1,
        select_field(
            "account",
            rx.el.option("All accounts", value=""),
            each(CalendarState.accounts, _account, "value"),
            taken=CalendarState.account,
            attrs={SAYS: "account"},
            aria_label="Account",
        ),
    )


def _account(one: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(one.label, value=one.value)


def _agenda() -> rx.Component:
    return rx.cond(
        CalendarState.days.length() > 0,
        rx.el.div(each(CalendarState.days, _agenda_day, "label"), class_name="card days-list"),
        nothing_yet(f"Nothing from {CalendarState.title}.", "New message"),
    )


def _agenda_day(day: rx.Var[DayRows]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(day.label, class_name="daylabel"),
        each(day.lines, _movable, known_days),
        class_name="rows",
    )


def _day() -> rx.Component:
    """Everything of the chosen day, where it can be moved without dragging."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2(CalendarState.day_title),
            rx.el.span(CalendarState.day_count, class_name="small muted"),
        ),
        rx.cond(
            CalendarState.day_lines.length() > 0,
            rx.el.div(
                each(CalendarState.day_lines, _movable, known_days),
                class_name="card rows",
            ),
            nothing_yet("Nothing on this day.", "New message"),
        ),
        rx.cond(
            CalendarState.day_rest != "",
            link(
                "All of this day",
                icon("chevron_right"),
                href=CalendarState.day_rest,
                class_name="btn",
            ),
        ),
        class_name="dayview",
    )


def _movable(line: rx.Var[MessageLine]) -> rx.Component:
    waits = (line.key != "") & (line.status == "scheduled")
    return rx.el.div(
        next_row(line=line),
        writers_see(rx.cond(waits, _move(line), rx.cond(line.edit != "", _edit(line)))),
        class_name="cal-entry",
    )


def _edit(line: rx.Var[MessageLine]) -> rx.Component:
    """What is not laid out yet cannot be moved, but changed for its date alone."""
    return link(
        icon("pencil"),
        rx.el.span("Edit", class_name="only-desk"),
        href=line.edit,
        class_name="btn ghost",
        custom_attrs={"aria-label": f"Edit {line.recipient}, {line.clock}"},
    )


def _move(line: rx.Var[MessageLine]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(
            icon("calendar_clock"),
            rx.el.span("Move", class_name="only-desk"),
            on_click=CalendarState.offer_move(line.key),
            class_name="btn ghost",
            custom_attrs={"aria-label": f"Move {line.recipient}, {line.clock}"},
        ),
        rx.cond(CalendarState.moving == line.key, _move_form(line)),
        class_name="popper",
    )


def _move_form(line: rx.Var[MessageLine]) -> rx.Component:
    return rx.el.form(
        rx.el.input(type="hidden", name="key", value=line.key, read_only=True),
        rx.el.div(
            _field("day", "Date", "date", line.day),
            _field("clock", "Time", "time", line.clock),
            class_name="line",
        ),
        rx.el.button("Move", type="submit", class_name="btn primary"),
        rx.cond(
            line.may_go_back,
            rx.el.button(
                "Back to the usual",
                type="button",
                on_click=CalendarState.back_to_usual(line.key),
                class_name="btn",
            ),
        ),
        on_submit=CalendarState.move,
        class_name="card pop",
    )


def _field(name: str, label: str, kind: str, value: rx.Var[str]) -> rx.Component:
    return rx.el.label(
        rx.el.span(label, class_name="small muted"),
        rx.el.input(name=name, type=kind, default_value=value, required=True),
        class_name="field",
    )
