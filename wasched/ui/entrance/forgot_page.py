"""Asking for a link to a new password by e-mail: posted plainly."""

import reflex as rx

from wasched.ui.components.forms import field, text_input
from wasched.ui.components.links import text_link
from wasched.ui.core import routes
from wasched.ui.entrance.card import door_button, door_card, door_form
from wasched.ui.entrance.forgot_state import ForgotState


def forgot_page() -> rx.Component:
    """The form, or where to look now."""
    return door_card(
        rx.cond(ForgotState.is_asked, _asked(), _form()),
        after=rx.fragment("You remember it? ", text_link("Sign in", routes.SIGN_IN)),
    )


def _form() -> rx.Component:
    control = text_input(
        "email",
        ForgotState.error,
        type="email",
        auto_complete="username",
        required=True,
        max_length=254,
        default_value=ForgotState.email,
        title="An e-mail address, such as name@example.org",
    )
    help_text = "A link to a new password comes by e-mail, if somebody here signs in with yours."
    return door_form(
        rx.el.h1("Forgot your password?"),
        field("email", "E-mail", control, help_text, ForgotState.error),
        door_button("Send the link"),
        action="/auth/forgot",
    )


def _asked() -> rx.Component:
    return rx.el.div(
        rx.el.h1("Look into your mail"),
        rx.el.p(
            "If somebody here signs in with that e-mail, a link is on its way. It works once, for "
            "an hour."
        ),
        rx.el.p(
            "Nothing there after some minutes? Look where unwanted mail goes, or ask who "
            "runs this server for a link.",
            class_name="help",
        ),
        class_name="card",
    )
