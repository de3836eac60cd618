"""When a message goes out: the fields, and the sentence that says what they mean."""

import reflex as rx

from wasched.ui.components.compose.parts import wrong
from wasched.ui.components.icons import icon
from wasched.ui.components.zones import ZONES_ID, zone_list
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.when import Pick, WhenState


def when_block() -> rx.Component:
    """Now, or at a time."""
    return rx.el.div(
        rx.el.div(
            rx.el.span("When", class_name="label"),
            rx.el.div(
                _mode(True, "Now"),
                _mode(False, "Once"),
                class_name="segments",
                role="group",
                custom_attrs={"aria-label": "When"},
            ),
            class_name="line when-line",
        ),
        rx.cond(WhenState.is_now, rx.fragment(), _time_fields()),
        wrong("day"),
        wrong("clock"),
        wrong("zone"),
        _sentence(),
        class_name="block",
    )


def _mode(is_now: bool, label: str) -> rx.Component:
    pressed = WhenState.is_now == is_now
    return rx.el.button(
        label,
        type="button",
        on_click=[WhenState.set_now(is_now), ComposeState.keep],
        custom_attrs={"aria-pressed": rx.cond(pressed, "true", "false")},
    )


def _time_fields() -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.foreach(WhenState.picks, _pick), class_name="line picks"),
        rx.el.div(
            rx.el.span("On"),
            rx.el.div(_time_field("day", "Date", "date", WhenState.day), class_name="line"),
            rx.el.span("At"),
            rx.el.div(
                _time_field("clock", "Time", "time", WhenState.clock),
                _time_field("zone", "Time zone", "text", WhenState.zone, list=ZONES_ID),
                class_name="line",
            ),
            class_name="repeat",
        ),
        zone_list(),
    )


def _time_field(
    name: str, label: str, kind: str, value: rx.Var[str], **props: object
) -> rx.Component:
    return rx.el.span(
        rx.debounce_input(
            rx.el.input(
                id=name,
                name=name,
                type=kind,
                value=value,
                on_change=lambda typed: [WhenState.set_time(name, typed), ComposeState.keep],
                custom_attrs={"aria-label": label, "aria-describedby": f"{name}-error"},
                **props,
            ),
            debounce_timeout=250,
        ),
        class_name=rx.cond(ComposeState.field == name, f"field {name} bad", f"field {name}"),
    )


def _pick(pick: rx.Var[Pick]) -> rx.Component:
    return rx.el.button(
        pick.label,
        type="button",
        on_click=[WhenState.pick(pick.day, pick.clock), ComposeState.keep],
        class_name="btn small-btn",
    )


def _sentence() -> rx.Component:
    return rx.cond(
        WhenState.moment != "",
        rx.el.div(
            icon("clock", 18),
            rx.el.div(WhenState.moment, rx.el.small(WhenState.about)),
            class_name="sentence",
            role="status",
        ),
        rx.el.p(WhenState.about, class_name="help"),
    )
