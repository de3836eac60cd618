"""The message block: a text with its files, or a poll, a place, a card."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.compose.content.files import file_picker, file_rows, refused_files
from wasched.ui.compose.content.others import card_fields, place_fields, poll_fields
from wasched.ui.compose.content.words import words_fields
from wasched.ui.compose.content_fields import CARD, OTHER, PLACE, POLL, TEXT
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState


def content_block() -> rx.Component:
    """Everything that a message can be."""
    return rx.el.div(
        rx.match(
            ContentState.written.what,
            (POLL, _instead("Poll", poll_fields())),
            (PLACE, _instead("Place", place_fields())),
            (CARD, _instead("Contact", card_fields())),
            (OTHER, _other()),
            _text(),
        ),
        class_name="block message",
    )


def _text() -> rx.Component:
    return rx.fragment(
        words_fields(),
        wrong("mentions"),
        file_rows(),
        file_picker(),
        refused_files(),
        wrong("media"),
    )


def _instead(name: str, fields: rx.Component) -> rx.Component:
    """Something that goes instead of a text, and the way back."""
    return rx.el.div(
        rx.el.div(
            rx.el.span(name, class_name="label"),
            rx.el.button(
                icon("x", 15),
                "Write a text instead",
                type="button",
                on_click=[ContentState.become(TEXT), ComposeState.keep],
                class_name="btn ghost",
            ),
            class_name="line between",
        ),
        fields,
        role="group",
        class_name="card instead",
        custom_attrs={"aria-label": name},
    )


def _other() -> rx.Component:
    return rx.fragment(
        rx.el.span("Message", class_name="label"),
        rx.el.p(ContentState.about_other, class_name="card empty"),
        rx.el.p("It cannot be changed here, and goes on as it is.", class_name="help"),
    )
