"""A new password by a link, for who has forgotten theirs: posted plainly, then one is in."""

import reflex as rx

from wasched.services.identity.users import PASSWORD_MIN
from wasched.ui.components.forms import field, password_input
from wasched.ui.components.links import text_link
from wasched.ui.components.strength import strength_line, strength_note
from wasched.ui.core import routes
from wasched.ui.entrance.card import door_button, door_card, door_form, from_address
from wasched.ui.entrance.new_password_state import NewPasswordState
from wasched.ui.settings.password_question import whose_password


def new_password_page() -> rx.Component:
    """The form, or what to do when the link is over."""
    return door_card(
        rx.cond(NewPasswordState.is_over, _over(), _form()),
        after=rx.fragment("You remember it? ", text_link("Sign in", routes.SIGN_IN)),
    )


def _form() -> rx.Component:
    return door_form(
        rx.el.h1("Choose a new password"),
        rx.el.p(
            "for ",
            rx.el.bdi(NewPasswordState.name),
            rx.cond(NewPasswordState.email != "", ", ", ""),
            NewPasswordState.email,
            class_name="small muted",
        ),
        whose_password(NewPasswordState.email),
        from_address("link", NewPasswordState.link),
        _password(),
        rx.el.p("It signs you in here, and out everywhere else.", class_name="help"),
        rx.cond(
            NewPasswordState.ends_second_step,
            rx.el.p(
                "It takes your second step off as well. Set it up again in Settings.",
                class_name="help",
            ),
        ),
        door_button("Save and sign in"),
        action="/auth/new-password",
    )


def _password() -> rx.Component:
    error = NewPasswordState.error
    control = password_input(
        NewPasswordState.shown,
        NewPasswordState.toggle_password,
        error,
        "new-password",
        min_length=PASSWORD_MIN,
        on_change=lambda new: strength_note(new, NewPasswordState.name, NewPasswordState.email),
    )
    return rx.fragment(
        field("password", "New password", control, error=error), strength_line(error)
    )


def _over() -> rx.Component:
    return rx.el.div(
        rx.el.h1("This link is over"),
        rx.el.p("It works once, for an hour. Ask whoever gave it to you for another one."),
        class_name="card",
    )
