"""The second step at signing in: posted plainly, like the password before it."""

import reflex as rx

from wasched.ui.components.forms import field, field_refusal, text_input
from wasched.ui.components.links import text_link
from wasched.ui.core import routes
from wasched.ui.entrance.card import door_button, door_card, door_form, from_address
from wasched.ui.entrance.code_state import CodeState
from wasched.ui.entrance.passkey_form import passkey_button, passkey_form

_STEP = "code"


def code_page() -> rx.Component:
    """The form for a code of the app, a passkey, or a recovery code."""
    return door_card(
        rx.fragment(
            door_form(
                rx.el.h1("Sign in: your ", rx.cond(CodeState.has_app, "code", "passkey")),
                from_address("next", CodeState.next),
                rx.cond(CodeState.has_app, _by_code(), _by_passkey()),
                action="/auth/code",
            ),
            passkey_form(CodeState.next, _STEP),
        ),
        after=rx.fragment(
            rx.el.p(
                "Lost that and all recovery codes? Who runs this server can give you a link in "
                "Settings. If that is you, this prints one on the server, in its folder: ",
                rx.el.code(CodeState.reset_line),
            ),
            rx.el.p("Not you? ", text_link("Begin again", routes.SIGN_IN)),
        ),
    )


def _by_code() -> rx.Component:
    return rx.fragment(
        _app_code(),
        _recovery_code("The phone is not at hand"),
        field_refusal(CodeState.refusal),
        door_button("Sign in"),
        rx.cond(CodeState.has_passkey, passkey_button(step=_STEP)),
    )


def _by_passkey() -> rx.Component:
    return rx.fragment(
        field_refusal(CodeState.refusal),
        passkey_button("btn primary big wide", _STEP),
        _recovery_code("The passkey is not at hand", door_button("Sign in")),
    )


def _app_code() -> rx.Component:
    control = text_input(
        "code",
        CodeState.error,
        input_mode="numeric",
        auto_complete="one-time-code",
        auto_focus=True,
        max_length=20,
    )
    help_text = "Six digits, from the app on your phone."
    return field("code", "Code", control, help_text, CodeState.error)


def _recovery_code(summary: str, *after: rx.Component) -> rx.Component:
    """Opened by who needs it; one that is given counts in the place of the app's code."""
    control = text_input(
        "recovery",
        auto_complete="off",
        auto_capitalize="none",
        spell_check=False,
        max_length=40,
        placeholder="xxxx-xxxx-xxxx-xxxx",
    )
    help_text = "One of the ten that you were shown. It works once."
    return rx.el.details(
        rx.el.summary(summary),
        field("recovery", "Recovery code", control, help_text),
        *after,
    )
