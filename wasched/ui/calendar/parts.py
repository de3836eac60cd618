"""The grid of a month or a week: one Tab stop, arrows between days, entries that can be moved.

It follows the grid pattern of WAI-ARIA; scripts/grid.js has the keys, scripts/drag.js the mouse.
"""

import reflex as rx
from reflex_components_core.el.elements.typography import Div

from wasched.ui.calendar.calendar_grid import CalendarEntry, Cell, Week
from wasched.ui.calendar.state import CalendarState
from wasched.ui.components.each import THING, each
from wasched.ui.components.icons import icon
from wasched.ui.components.links import PAGE, STAYS, PlainLink, link
from wasched.ui.core.statuses import MESSAGE_STATUSES
from wasched.ui.frame.state import ShellState

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MARKED = (
    "held",
    "held_by_me",
    "stopped",
    "sending",
    "partly",
    "unknown",
    "missed",
    "failed",
    "skipped",
    "cancelled",
)
_DOTS = 3
_KEYS = (
    "Arrow keys go from day to day, Page Up and Page Down to another month or week. "
    "Enter goes into a day, Escape out of it."
)
_MOVES = " Alt and an arrow key move a message."


class DayCell(Div):
    """A day that takes what is dropped on it; Reflex's own elements have no drag events."""

    on_drop: rx.EventHandler[rx.event.no_args_event_spec]
    on_drag_over: rx.EventHandler[rx.event.no_args_event_spec]


class DraggedLink(PlainLink):
    """A link that can be picked up."""

    on_drag_start: rx.EventHandler[rx.event.no_args_event_spec]
    on_key_down: rx.EventHandler[rx.event.key_event]


def calendar_grid() -> rx.Component:
    """Seven columns under the names of the weekdays."""
    return rx.fragment(
        rx.el.p(_KEYS, rx.cond(ShellState.may_write, _MOVES, ""), id="grid-keys", class_name="sr"),
        rx.el.div(
            rx.el.div(*[_weekday(name) for name in _WEEKDAYS], class_name="days-row", role="row"),
            each(CalendarState.weeks, _week),
            class_name=rx.cond(CalendarState.view == "week", "card cal week", "card cal"),
            role="grid",
            custom_attrs={"aria-label": CalendarState.title, "aria-describedby": "grid-keys"},
        ),
    )


def _weekday(name: str) -> rx.Component:
    return rx.el.div(
        name[:3], class_name="dow", role="columnheader", custom_attrs={"aria-label": name}
    )


def _week(week: rx.Var[Week]) -> rx.Component:
    return rx.el.div(each(week.cells, _cell, "day"), class_name="days-row", role="row")


def _cell(cell: rx.Var[Cell]) -> rx.Component:
    return DayCell.create(
        rx.el.header(
            link(
                rx.el.span(cell.weekday, class_name="only-phone weekday"),
                cell.number,
                rx.el.span(cell.month, class_name="month"),
                href=cell.href,
                tab_index=-1,
                custom_attrs={PAGE: STAYS, "aria-label": cell.spoken},
            ),
            rx.cond(
                cell.shift != "",
                rx.el.span(icon("clock_arrow_up"), cell.shift, class_name="shift"),
            ),
        ),
        each(cell.shown, lambda entry: calendar_entry(entry=entry), known_days),
        rx.cond(
            cell.more != "",
            link(
                cell.more,
                href=cell.href,
                tab_index=-1,
                custom_attrs={PAGE: STAYS},
                class_name="more",
            ),
        ),
        _dots(cell),
        on_drop=CalendarState.drop(cell.day).prevent_default,
        on_drag_over=rx.prevent_default,
        class_name=_looks(cell),
        role="gridcell",
        tab_index=-1,  # but one has a stop, which the script gives
        custom_attrs={
            THING: f"day {cell.day}",
            "data-day": cell.day,
            "aria-label": cell.spoken,
            "aria-selected": rx.cond(cell.is_selected, "true", "false"),
            "aria-current": rx.cond(cell.is_today, "date", "false"),
        },
    )


def _looks(cell: rx.Var[Cell]) -> rx.Var[str]:
    marks = (
        (cell.is_out, " out"),
        (cell.is_past, " past"),
        (cell.is_today, " today"),
        (cell.is_selected, " sel"),
    )
    looks = rx.Var.create("cell")
    for holds, look in marks:
        looks = looks + rx.cond(holds, look, "")
    return looks


def known_days(entry: rx.Var) -> rx.Var[str]:
    """What tells an entry or a line of a day apart: its send, or its schedule and its time."""
    return rx.cond(entry.key != "", entry.key, f"{entry.href} {entry.clock}")


@rx.memo
def calendar_entry(entry: rx.Var[CalendarEntry]) -> rx.Component:
    """One send; what may be moved can be dragged, or pushed with Alt and an arrow."""
    may_move = entry.may_move & ShellState.may_write
    return DraggedLink.create(
        rx.match(
            entry.status,
            *[(one, icon(MESSAGE_STATUSES[one][0])) for one in _MARKED],
            rx.cond(entry.tone == "coming", icon("repeat"), rx.fragment()),
        ),
        rx.el.time(entry.clock),
        rx.el.bdi(entry.name, class_name="clip"),
        href=entry.href,
        tab_index=-1,
        on_drag_start=CalendarState.drag(entry.key),
        on_key_down=lambda key, info: CalendarState.nudge(entry.key, key, info),
        class_name=f"ev {entry.tone}",
        custom_attrs={
            PAGE: "",
            THING: f"entry {entry.key}",
            "draggable": rx.cond(may_move, "true", "false"),
            "data-moves": rx.cond(may_move, "true", "false"),
            "aria-label": entry.label,
        },
    )


def _dots(cell: rx.Var[Cell]) -> rx.Component:
    dots = [
        rx.cond(cell.dots.length() > place, _dot(cell.dots[place]), rx.fragment())
        for place in range(_DOTS)
    ]
    return rx.el.div(*dots, class_name="dots", custom_attrs={"aria-hidden": "true"})


def _dot(kind: rx.Var[str]) -> rx.Component:
    return rx.match(
        kind,
        ("ask", icon("circle_alert")),
        ("next", rx.el.s(class_name="next")),
        rx.el.s(),
    )
