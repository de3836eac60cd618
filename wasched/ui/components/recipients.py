"""The "To" field: chips, what is offered while typing, and a typed number."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.rows import kind_icon
from wasched.ui.drafts import Chip
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.recipients import RecipientsState


def recipients_field() -> rx.Component:
    """Its own small form, so that Enter adds a recipient and does not send the message."""
    error = rx.cond(
        RecipientsState.error != "",
        RecipientsState.error,
        rx.cond(ComposeState.field == "to", ComposeState.error, ""),
    )
    return rx.el.form(
        rx.el.label("To", html_for="to"),
        rx.el.div(
            rx.foreach(RecipientsState.chips, _chip),
            rx.el.input(
                id="to",
                name="to",
                placeholder=rx.cond(
                    RecipientsState.chips.length() > 0, "Add more", "Name, group or number"
                ),
                auto_complete="off",
                auto_focus=True,
                dir="auto",
                on_change=RecipientsState.suggest.debounce(150),
                on_focus=RecipientsState.suggest(""),
                custom_attrs={
                    "aria-describedby": "to-error",
                    "aria-invalid": rx.cond(error != "", "true", "false"),
                },
            ),
            class_name=rx.cond(error != "", "chips bad", "chips"),
        ),
        rx.cond(
            RecipientsState.offered.length() > 0,
            rx.el.div(rx.foreach(RecipientsState.offered, _offer), class_name="card rows offers"),
        ),
        rx.el.div(
            rx.cond(error != "", rx.el.p(icon("circle_alert", 15), error, class_name="wrong")),
            id="to-error",
        ),
        on_submit=[RecipientsState.enter, ComposeState.keep],
        class_name="block",
    )


def _chip(chip: rx.Var[Chip]) -> rx.Component:
    return rx.el.span(
        kind_icon(chip.kind),
        rx.el.bdi(chip.name, class_name="clip"),
        rx.el.button(
            icon("x", 15),
            type="button",
            on_click=[RecipientsState.remove(chip.key), ComposeState.keep],
            custom_attrs={"aria-label": f"Remove {chip.name}"},
        ),
        class_name="chip",
    )


def _offer(chip: rx.Var[Chip]) -> rx.Component:
    return rx.el.button(
        kind_icon(chip.kind),
        rx.el.bdi(chip.name, class_name="clip strong"),
        rx.el.span(
            rx.cond(chip.opted_out, "asked for no more messages", chip.detail),
            class_name="small muted num",
        ),
        type="button",
        on_click=[RecipientsState.choose(chip.key), ComposeState.keep],
        class_name="offer",
    )
