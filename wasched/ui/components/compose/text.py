"""The text of a message, and the bubble that it becomes."""

import reflex as rx

from wasched.ui.components.bubble import bubble
from wasched.ui.components.compose.parts import wrong
from wasched.ui.components.icons import icon
from wasched.ui.components.insert import insert_button
from wasched.ui.components.upload import media_picker
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.drafting import DraftState

_VARIABLES = ("{first_name}", "{name}", "{date}", "{time}")
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
        wrong("media"),
        _file(),
        rx.el.div(
            rx.el.span("Insert", class_name="help"),
            *[insert_button("text", rx.Var.create(one)) for one in _VARIABLES],
            class_name="line inserts",
        ),
        rx.el.p("Formats: *bold*, _italic_, ~strike~, `code`.", class_name="help"),
        class_name="block",
    )


def _file() -> rx.Component:
    """What goes with the text, or the button that attaches it."""
    return rx.el.div(
        rx.cond(
            DraftState.beside != "",
            rx.fragment(
                icon("paperclip", 15),
                rx.el.span(DraftState.beside),
                rx.el.button(
                    "Remove",
                    type="button",
                    on_click=[DraftState.detach, ComposeState.keep],
                    class_name="btn ghost",
                    custom_attrs={"aria-label": f"Remove {DraftState.beside}"},
                ),
            ),
            media_picker(
                [DraftState.attach, ComposeState.keep],
                DraftState.refuse,
                "Attach a file",
                class_name="btn small-btn",
            ),
        ),
        rx.cond(
            DraftState.refused != "",
            rx.el.p(icon("circle_alert", 15), DraftState.refused, class_name="wrong", role="alert"),
        ),
        class_name="line attached",
    )


def content_preview(clock: rx.Var[str]) -> rx.Component:
    """The bubble, and what there is to know of a long text."""
    return rx.fragment(
        bubble(ComposeState.spans, clock, "Your message"),
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
