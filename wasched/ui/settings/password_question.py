"""The question for one's password, before what changes who can get in."""

import reflex as rx

from wasched.ui.components.forms import field, text_input
from wasched.ui.core.page_calls import call_page
from wasched.ui.core.password_state import PASSWORD_FIELD, ConfirmingState
from wasched.ui.settings.state import SettingsState

_WHY = (
    "This changes who can get in here, so it takes your password. You will not be asked again "
    "for ten minutes."
)


def password_question() -> rx.Component:
    """Stands once on a page whose handlers ask for the password; see `asks_password`."""
    return rx.alert_dialog.root(
        rx.alert_dialog.content(
            rx.alert_dialog.title("Your password, please"),
            rx.alert_dialog.description(_WHY),
            _form(),
            max_width="26.25rem",
            on_close_auto_focus=call_page("focusBack"),
        ),
        open=ConfirmingState.is_open,
        on_open_change=ConfirmingState.turn,
    )


def _form() -> rx.Component:
    control = text_input(
        PASSWORD_FIELD,
        ConfirmingState.error,
        type="password",
        auto_complete="current-password",
        auto_focus=True,
        max_length=200,
    )
    return rx.el.form(
        whose_password(SettingsState.email),
        field(PASSWORD_FIELD, "Password", control, error=ConfirmingState.error),
        rx.el.div(
            rx.alert_dialog.cancel(rx.el.button("Back", type="button", class_name="btn")),
            rx.el.button("Go on", type="submit", class_name="btn primary"),
            class_name="line answers",
        ),
        on_submit=ConfirmingState.give,
        no_validate=True,
        class_name="asked",
    )


def whose_password(email: rx.Var[str]) -> rx.Component:
    """Password managers want to know whose password it is."""
    return rx.el.input(
        type="text",
        name="username",
        value=email,
        auto_complete="username",
        read_only=True,
        hidden=True,
    )
