"""What will happen, told before anything is saved, and the button that saves it."""

import reflex as rx

from wasched.ui.components.compose.parts import FORM
from wasched.ui.components.compose.text import content_preview
from wasched.ui.components.icons import icon
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.when import WhenState


def side() -> rx.Component:
    """The preview beside the form, and its button."""
    return rx.el.aside(
        rx.el.div(
            rx.el.div(rx.el.h2("Preview"), class_name="card-head"),
            content_preview(WhenState.clock),
            rx.el.div(
                rx.el.p(rx.el.b("To: "), _people()),
                rx.el.p(rx.el.b("When: "), _moment()),
                _submit("btn primary big wide"),
                class_name="sum",
            ),
            class_name="card clipped",
        ),
        id="preview",
        class_name="side",
    )


def action_bar() -> rx.Component:
    """The short form of it at the foot of a phone's page."""
    return rx.el.div(
        rx.el.p(rx.el.b(_moment(), class_name="clip"), _people(), class_name="clip"),
        _submit("btn primary"),
        class_name="actbar",
    )


def _moment() -> rx.Var[str]:
    return rx.cond(WhenState.moment != "", WhenState.moment, "No time chosen yet")


def _people() -> rx.Var[str]:
    count = RecipientsState.chips.length()
    return rx.match(
        count,
        (0, "Nobody yet"),
        (1, RecipientsState.chips[0].name),
        f"{count} recipients",
    )


def _submit(look: str) -> rx.Component:
    return rx.el.button(
        rx.cond(WhenState.is_now, icon("send"), icon("calendar_clock")),
        rx.cond(WhenState.is_now, "Send", "Schedule"),
        type="submit",
        form=FORM,
        class_name=look,
    )
