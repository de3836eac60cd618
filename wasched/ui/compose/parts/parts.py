"""What the parts of the compose page share."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.compose.state import ComposeState

FORM = "compose"
"""The form that the buttons of the page send."""


def wrong(name: str) -> rx.Component:
    """The sentence about a field, where the field's description points."""
    return rx.el.div(
        rx.cond(
            ComposeState.field == name,
            rx.el.p(icon("circle_alert", 15), ComposeState.error, class_name="wrong", role="alert"),
        ),
        id=f"{name}-error",
    )
