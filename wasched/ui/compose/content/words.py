"""The text, its further wordings, and the tools above it."""

import reflex as rx

from wasched.domain.content_rules import VARIANTS_MAX
from wasched.ui.components.each import each, each_place
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.compose.content.toolbar import text_toolbar
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.template_state import TemplateUseState
from wasched.ui.core.rows import Choice
from wasched.ui.live.accepted_events import FIELD_MAX

written = ContentState.written


def words_fields() -> rx.Component:
    """All wordings, the first with the tools."""
    return rx.fragment(
        rx.el.label(
            rx.cond(written.wordings.length() > 1, "Message, wording 1", "Message"),
            html_for="text",
        ),
        rx.el.div(
            text_toolbar(),
            _field(0, "text", written.wordings[0]),
            class_name=rx.cond(ComposeState.field == "text", "editor bad", "editor"),
        ),
        wrong("text"),
        each_place(written.wordings, _further),
        _below(),
    )


def _field(index: int | rx.Var[int], name: str | rx.Var[str], words: rx.Var[str]) -> rx.Component:
    return rx.debounce_input(
        rx.el.textarea(
            id=name,
            name=name,
            dir="auto",
            max_length=FIELD_MAX,
            value=words,
            on_change=lambda typed: [ContentState.say(index, typed), ComposeState.keep],
            custom_attrs={
                "aria-describedby": "text-error",
                "aria-invalid": rx.cond(ComposeState.field == "text", "true", "false"),
            },
        ),
        debounce_timeout=250,
    )


def _further(words: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    name = rx.Var.create(f"text-{index + 1}")  # as text it would get another ref in every build
    shown = rx.fragment(
        rx.el.div(
            rx.el.label(f"Wording {index + 1}", html_for=name),
            rx.el.button(
                icon("x", 15),
                "Remove",
                type="button",
                on_click=[ContentState.drop_wording(index), ComposeState.keep],
                class_name="btn ghost",
                custom_attrs={"aria-label": f"Remove wording {index + 1}"},
            ),
            class_name="line between wording",
        ),
        rx.el.div(_field(index, name, words), class_name="editor"),
    )
    return rx.cond(index > 0, shown)


def _below() -> rx.Component:
    """Templates and further wordings."""
    count = written.wordings.length()
    return rx.el.div(
        rx.cond(
            ContentState.templates.length() > 0,
            select_field(
                "template",
                rx.el.option("Use a template", value=""),
                each(ContentState.templates, _template, "value"),
                value="",
                on_change=TemplateUseState.use,
                aria_label="Use a template",
            ),
        ),
        rx.cond(
            count < VARIANTS_MAX,
            rx.el.button(
                icon("plus", 15),
                rx.cond(count > 1, "Another wording", "Add a second wording"),
                type="button",
                on_click=[ContentState.add_wording, ComposeState.keep],
                class_name="btn ghost",
            ),
        ),
        rx.cond(
            count > 1,
            rx.el.span("One of them is picked for each recipient.", class_name="help"),
        ),
        class_name="line below-text",
    )


def _template(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(choice.label, value=choice.value)
