"""The text of a message, and the bubble that it becomes."""

import reflex as rx

from wasched.ui.components.bubble import bubble
from wasched.ui.components.compose.parts import wrong
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.drafting import DraftState

_LONG = 4096
"""Above so many characters phones hide the rest of a text."""


def content_block() -> rx.Component:
    """The field that is written in."""
    return rx.el.div(
        rx.el.label("Message", html_for="text"),
        rx.el.div(
            rx.debounce_input(
                rx.el.textarea(
                    id="text",
                    name="text",
                    dir="auto",
                    value=DraftState.text,
                    on_change=[DraftState.write, ComposeState.keep],
                    custom_attrs={"aria-describedby": "text-error"},
                ),
                debounce_timeout=250,
            ),
            class_name=rx.cond(ComposeState.field == "text", "editor bad", "editor"),
        ),
        wrong("text"),
        rx.el.p("Formats: *bold*, _italic_, ~strike~, `code`.", class_name="help"),
        class_name="block",
    )


def content_preview(clock: rx.Var[str]) -> rx.Component:
    """The bubble, and what there is to know of a long text."""
    return rx.fragment(
        bubble(DraftState.spans, clock, "Your message"),
        rx.cond(
            DraftState.text.length() > _LONG,
            rx.el.p(
                f"Above {_LONG:,} characters (now ",
                DraftState.text.length(),
                ') phones hide the rest behind "Read more".',
                class_name="help",
            ),
        ),
    )
