"""Fields of time: each keeps what it says, and tells the plan anew."""

import reflex as rx

from wasched.ui.components.forms import select_field
from wasched.ui.components.zones import ZONES_ID
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_state import WhenState

at = WhenState.at


def time_field(
    name: str, label: str, kind: str, value: rx.Var[str], **props: object
) -> rx.Component:
    """A field that is typed in."""
    return rx.el.span(
        rx.debounce_input(
            rx.el.input(
                id=name,
                type=kind,
                value=value,
                on_change=lambda typed: [WhenState.fill(name, typed), ComposeState.keep],
                custom_attrs={"aria-label": label, "aria-describedby": f"{name}-error"},
                **props,
            ),
            debounce_timeout=250,
        ),
        class_name=rx.cond(ComposeState.field == name, f"field {name} bad", f"field {name}"),
    )


def time_select(
    name: str, label: str, value: rx.Var[str], *options: rx.Component | rx.Var
) -> rx.Component:
    """A field that is chosen from."""
    return select_field(
        name,
        *options,
        taken=value,
        on_change=lambda chosen: [WhenState.fill(name, chosen), ComposeState.keep],
        aria_label=label,
    )


def clock_line() -> rx.Component:
    """The time of day and its zone."""
    return rx.el.div(
        time_field("clock", "Time", "time", at.clock),
        time_field("zone", "Time zone", "text", at.zone, list=ZONES_ID),
        class_name="line",
    )


def short_months() -> rx.Component:
    """Asks once what happens in months that lack the day."""
    return rx.cond(
        WhenState.asks_short_months,
        rx.el.fieldset(
            rx.el.legend("Shorter months do not have that day. Then it goes out"),
            _way("last", "on their last day"),
            _way("skip", "not at all in those months"),
            wrong("short_months"),
            id="short_months",
            key=f"{at.mode} {at.day} {at.unit} {at.phrase}",  # another day is asked about anew
            class_name="asks",
        ),
    )


def _way(value: str, label: str) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="short_months",
            value=value,
            default_checked=at.short_months == value,
            on_change=lambda _: [WhenState.fill("short_months", value), ComposeState.keep],
        ),
        label,
        class_name="radio",
    )
