"""The part of Alerts about this very browser."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.section import settings_part
from wasched.ui.settings.browser_push_state import BrowserPushState

ASKS = "data-push"
"""A press on what has this asks the browser for its permission (scripts/push.js)."""

_WHY = (
    "It shows a notification when something needs you, also while wasched is closed, until you "
    "sign out here. A press on it opens the page that it is about."
)


def browser_push_part() -> rx.Component:
    """Whether it is told, the button that changes it, and why it cannot be."""
    return settings_part(
        "this-browser",
        "This browser",
        _WHY,
        rx.el.p(
            rx.cond(
                BrowserPushState.is_on,
                rx.fragment(icon("circle_check", 15), " Notifications are on here."),
                "Notifications are off here.",
            ),
            role="status",
            class_name="standing",
        ),
        rx.cond(
            BrowserPushState.is_on,
            rx.el.button(
                "Switch them off here",
                type="button",
                on_click=BrowserPushState.switch_off,
                class_name="btn",
            ),
            rx.el.button(
                "Switch them on here",
                type="button",
                on_click=BrowserPushState.switch_on,
                class_name="btn",
                custom_attrs={ASKS: "yes"},
            ),
        ),
        rx.el.p(
            rx.cond(
                BrowserPushState.error != "",
                rx.fragment(icon("circle_alert"), " ", BrowserPushState.error),
            ),
            role="alert",
            class_name="standing strong",
        ),
        words="push notification this device phone",
    )
