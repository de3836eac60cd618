"""A repetition as it is chosen: every, on, at, from, until."""

import reflex as rx

from wasched.domain.wording import WEEKDAYS
from wasched.ui.components.each import each
from wasched.ui.components.segments import NO_FORM
from wasched.ui.components.taken import TAKEN
from wasched.ui.compose.parts.fields import at, clock_line, time_field, time_select
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core.rows import Choice

_UNITS = ("day", "week", "month", "year")


def repeat_fields() -> rx.Component:
    """All rows of it."""
    return rx.el.div(
        rx.el.span("Every"),
        _every(),
        rx.match(
            at.unit,
            ("week", _row("On", _weekdays())),
            ("month", _row("On", _ways())),
            ("year", _row("On", _ways())),
            rx.fragment(),
        ),
        rx.el.span("At"),
        clock_line(),
        rx.el.span("From"),
        rx.el.div(time_field("day", "First day", "date", at.day), class_name="line"),
        rx.el.span("Until"),
        _ends(),
        class_name="repeat",
    )


def _row(name: str, *parts: rx.Component) -> rx.Component:
    return rx.fragment(rx.el.span(name), *parts)


def _every() -> rx.Component:
    return rx.el.div(
        rx.cond(
            at.unit == "weekday",
            rx.fragment(),
            time_field("every", "How many", "text", at.every, input_mode="numeric"),
        ),
        time_select(
            "unit",
            "Unit",
            at.unit,
            rx.el.option("weekday, Monday to Friday", value="weekday"),
            *[
                rx.el.option(rx.cond(at.every == "1", unit, f"{unit}s"), value=unit)
                for unit in _UNITS
            ],
        ),
        class_name="line",
    )


def _weekdays() -> rx.Component:
    return rx.el.div(
        *[_weekday(number, name) for number, name in enumerate(WEEKDAYS)],
        id="weekdays",
        key=WhenState.shown,
        class_name="days",
        role="group",
        tab_index=-1,
        custom_attrs={
            "aria-label": "Weekdays",
            "aria-describedby": "weekdays-error",
            TAKEN: at.weekdays.join(" "),
        },
    )


def _weekday(number: int, name: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="checkbox",
            value=str(number),
            default_checked=at.weekdays.contains(number),
            on_change=lambda is_in: [WhenState.weekday(number, is_in), ComposeState.keep],
            custom_attrs={"aria-label": name, **NO_FORM},
        ),
        name[:2],
    )


def _ways() -> rx.Component:
    return rx.el.div(
        time_select("month_by", "Which day", at.month_by, each(WhenState.ways, _way, "value")),
        class_name="line",
    )


def _way(way: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(way.label, value=way.value)


def _ends() -> rx.Component:
    return rx.el.div(
        time_select(
            "ends",
            "Until",
            at.ends,
            rx.el.option("no end", value="never"),
            rx.el.option("a date", value="date"),
            rx.el.option("a number of times", value="count"),
        ),
        rx.match(
            at.ends,
            ("date", time_field("until", "Last date", "date", at.until)),
            ("count", time_field("count", "Times", "text", at.count, input_mode="numeric")),
            rx.fragment(),
        ),
        class_name="line",
    )


def repeat_wrong() -> rx.Component:
    """What is wrong with one of the rows."""
    return rx.fragment(*[wrong(name) for name in ("every", "unit", "weekdays", "until", "count")])
