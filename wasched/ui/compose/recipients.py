"""The fields for whom a message goes to: chips, and what is offered while typing."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.forms import typed_field
from wasched.ui.components.icons import icon
from wasched.ui.components.place import place
from wasched.ui.components.rows import kind_icon
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.draft_text import Chip
from wasched.ui.compose.recipients_state import Chosen, LeftOutState, RecipientsState
from wasched.ui.compose.state import ComposeState
from wasched.ui.core import page_slots


def recipients_field() -> rx.Component:
    """Whom it goes to and, once a list is chosen, whom it leaves out."""
    return rx.fragment(
        _field(RecipientsState, "to", "To", "Name, list, group or number", auto_focus=True),
        rx.cond(
            RecipientsState.has_lists | (LeftOutState.chips.length() > 0),
            _field(LeftOutState, "but", "But not", "A list or a name to leave out"),
        ),
    )


def _field(
    state: type[Chosen], name: str, label: str, placeholder: str, **props: object
) -> rx.Component:
    """Its own small form, so that Enter adds a recipient and does not send the message."""
    wrong = rx.cond((ComposeState.field == "to") & (name == "to"), ComposeState.error, "")
    error = rx.cond(state.error != "", state.error, wrong)
    return rx.el.form(
        rx.el.label(label, html_for=name),
        rx.el.div(
            each(state.chips, lambda chip: _chip(state, chip)),
            rx.el.input(
                id=name,
                name=name,
                placeholder=rx.cond(state.chips.length() > 0, "Add more", placeholder),
                auto_complete="off",
                dir="auto",
                on_change=lambda words: state.suggest(words, state.taken).debounce(150),
                on_focus=state.suggest(typed_field(name), state.taken),
                role="combobox",
                custom_attrs={
                    "aria-autocomplete": "list",
                    "aria-controls": f"{name}-offers",
                    "aria-expanded": "false",  # from then on scripts/combobox.js says so
                    "aria-describedby": f"{name}-error",
                    "aria-invalid": rx.cond(error != "", "true", "false"),
                },
                **props,
            ),
            # Its country completes a number that is typed without one.
            rx.el.input(type="hidden", name="account", value=DraftState.options.account),
            class_name=rx.cond(error != "", "chips bad", "chips"),
        ),
        rx.cond(state.is_asked, rx.fragment(), place(page_slots.OFFERED)),
        rx.cond(
            state.offered.length() > 0,
            rx.el.div(
                each(
                    state.offered,
                    lambda chip: _offer(state, chip, f"{name}-offer-{chip.key}"),
                ),
                id=f"{name}-offers",
                class_name="card rows offers",
                role="listbox",
                custom_attrs={"aria-label": f"Suggestions for “{label}”"},
            ),
        ),
        rx.el.p(state.said, class_name="sr", role="status"),
        rx.el.div(
            rx.cond(error != "", _wrong(error)),
            id=f"{name}-error",
        ),
        on_submit=[state.enter, ComposeState.keep],
        class_name="block",
    )


def _wrong(error: rx.Var[str]) -> rx.Component:
    return rx.el.p(icon("circle_alert", 15), error, class_name="wrong", role="alert")


def _chip(state: type[Chosen], chip: rx.Var[Chip]) -> rx.Component:
    return rx.el.span(
        kind_icon(chip.kind),
        rx.el.bdi(chip.name, class_name="clip"),
        rx.cond(chip.kind == "list", rx.el.small(chip.detail)),
        rx.cond(chip.left_out != "", rx.el.small(f"without “{chip.left_out}”")),
        rx.cond(chip.opted_out, rx.el.small("left out: asked for no more")),
        rx.cond(chip.absent, rx.el.small("not on WhatsApp")),
        rx.el.button(
            icon("x", 15),
            type="button",
            on_click=[state.remove(chip.key), ComposeState.keep],
            custom_attrs={"aria-label": f"Remove {chip.name}"},
        ),
        class_name=rx.cond(chip.opted_out, "chip out", rx.cond(chip.absent, "chip bad", "chip")),
    )


def _offer(state: type[Chosen], chip: rx.Var[Chip], element_id: rx.Var[str]) -> rx.Component:
    return rx.el.button(
        kind_icon(chip.kind),
        rx.el.bdi(chip.name, class_name="clip strong"),
        rx.el.span(
            rx.cond(chip.opted_out, "asked for no more messages", chip.detail),
            class_name="small muted",
        ),
        id=rx.Var.create(element_id),
        type="button",
        role="option",
        tab_index=-1,
        on_click=[state.choose(chip.key), ComposeState.keep],
        class_name="offer",
        custom_attrs={"aria-selected": "false"},
    )
