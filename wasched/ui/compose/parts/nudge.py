"""The nudge: what is said later to those who have not, folded until somebody wants one."""

import reflex as rx

from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.compose.draft_state import TEXT_MAX, DraftState
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState
from wasched.ui.core.has_not_text import WHO

options = DraftState.options
_TOLD = {
    "aria-describedby": "nudge-error",
    "aria-invalid": rx.cond(ComposeState.field == "nudge", "true", "false"),
}
"""One sentence is about all of it."""


def nudge_block() -> rx.Component:
    """Closed it is one line; what is chosen in it shows the rest."""
    return rx.el.details(
        rx.el.summary(icon("bell", 18), "Remind those who do not answer", icon("chevron_down", 16)),
        rx.el.p(
            "Once, after each time it goes out. Whoever has answered by then gets nothing.",
            class_name="help",
        ),
        rx.el.div(
            rx.el.label("Remind", html_for="nudge"),
            select_field(
                "nudge",
                rx.el.option("Nobody", value=""),
                *[rx.el.option(f"Those who {words}", value=who) for who, words in WHO.items()],
                taken=options.nudge,
                on_change=lambda value: [DraftState.choose("nudge", value), ComposeState.keep],
            ),
            class_name="f",
        ),
        rx.cond(options.nudge != "", _what_and_when()),
        wrong("nudge"),
        open=options.nudge != "",
        class_name="block nudge",
    )


def _what_and_when() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            _field("nudge_days", "Days after", "number", options.nudge_days, min=0, max=60),
            _field("nudge_clock", "Time", "time", options.nudge_clock),
            class_name="line",
        ),
        rx.el.div(
            rx.el.label("It says", html_for="nudge_text"),
            rx.el.div(_words(), class_name="editor"),
            class_name="f",
        ),
    )


def _words() -> rx.Component:
    words = rx.el.textarea(
        id="nudge_text",
        value=options.nudge_text,
        on_change=_take("nudge_text"),
        rows=3,
        max_length=TEXT_MAX,
        dir="auto",
        custom_attrs=_TOLD,
    )
    return rx.debounce_input(words, debounce_timeout=250)


def _field(name: str, label: str, kind: str, value: rx.Var[str], **props: object) -> rx.Component:
    return rx.el.div(
        rx.el.label(label, html_for=name),
        rx.el.span(
            rx.debounce_input(
                rx.el.input(
                    id=name,
                    type=kind,
                    value=value,
                    on_change=_take(name),
                    custom_attrs=_TOLD,
                    **props,
                ),
                debounce_timeout=250,
            ),
            class_name="field",
        ),
        class_name="f",
    )


def _take(name: str) -> object:
    return lambda typed: [DraftState.choose(name, typed), ComposeState.keep]
