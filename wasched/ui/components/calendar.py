"""The grid of a month or a week: days that entries can be dropped on."""

import reflex as rx
from reflex_components_core.el.elements.typography import Div

from wasched.ui.calendar_grid import Cell, Entry
from wasched.ui.components.icons import icon
from wasched.ui.components.links import PAGE, STAYS, PlainLink, link
from wasched.ui.states.calendar import CalendarState
from wasched.ui.statuses import MESSAGE_STATUSES

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
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


class DayCell(Div):
    """A day that takes what is dropped on it; Reflex's own elements have no drag events."""

    on_drop: rx.EventHandler[rx.event.no_args_event_spec]
    on_drag_over: rx.EventHandler[rx.event.no_args_event_spec]


class DraggedLink(PlainLink):
    """A link that can be picked up."""

    on_drag_start: rx.EventHandler[rx.event.no_args_event_spec]
    on_key_down: rx.EventHandler[rx.event.key_event]


def grid() -> rx.Component:
    """Seven columns under the names of the weekdays."""
    return rx.el.div(
        *[_weekday(name) for name in _WEEKDAYS],
        rx.foreach(CalendarState.cells, lambda cell: _cell(cell)),
        class_name=rx.cond(CalendarState.view == "week", "card cal week", "card cal"),
        role="group",
        custom_attrs={"aria-label": CalendarState.title},
    )


def _weekday(name: str) -> rx.Component:
    return rx.el.div(name, class_name="dow", custom_attrs={"aria-hidden": "true"})


def _cell(cell: rx.Var[Cell]) -> rx.Component:
    return DayCell.create(
        rx.el.header(
            link(
                rx.el.span(cell.weekday, class_name="only-phone weekday"),
                cell.number,
                rx.el.span(cell.month, class_name="month"),
                href=cell.href,
                custom_attrs={
                    PAGE: STAYS,
                    "aria-label": cell.spoken,
                    "aria-current": rx.cond(cell.is_today, "date", "false"),
                },
            ),
            rx.cond(
                cell.shift != "",
                rx.el.span(icon("clock_arrow_up"), cell.shift, class_name="shift"),
            ),
        ),
        rx.foreach(cell.shown, lambda entry: calendar_entry(entry=entry)),
        rx.cond(
            cell.more != "",
            link(cell.more, href=cell.href, custom_attrs={PAGE: STAYS}, class_name="more"),
        ),
        rx.el.div(
            rx.foreach(cell.dots, _dot), class_name="dots", custom_attrs={"aria-hidden": "true"}
        ),
        on_drop=CalendarState.drop(cell.day).prevent_default,
        on_drag_over=rx.prevent_default,
        class_name=_looks(cell),
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


@rx.memo
def calendar_entry(entry: rx.Var[Entry]) -> rx.Component:
    """One send; what may be moved can be dragged, or pushed with Alt and an arrow."""
    return DraggedLink.create(
        rx.match(
            entry.status,
            *[(one, icon(MESSAGE_STATUSES[one][0])) for one in _MARKED],
            rx.cond(entry.tone == "coming", icon("repeat"), rx.fragment()),
        ),
        rx.el.time(entry.clock),
        rx.el.bdi(entry.name, class_name="clip"),
        href=entry.href,
        on_drag_start=CalendarState.drag(entry.key),
        on_key_down=lambda key, info: CalendarState.nudge(entry.key, key, info),
        class_name=f"ev {entry.tone}",
        custom_attrs={
            PAGE: "",
            "draggable": rx.cond(entry.may_move, "true", "false"),
            "data-moves": rx.cond(entry.may_move, "true", "false"),
            "aria-label": entry.label,
        },
    )


def _dot(kind: rx.Var[str]) -> rx.Component:
    return rx.match(
        kind,
        ("ask", icon("circle_alert")),
        ("next", rx.el.s(class_name="next")),
        rx.el.s(),
    )
