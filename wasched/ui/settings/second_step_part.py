"""The part of Settings with the second step at signing in."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.copying import copy_button
from wasched.ui.components.each import each
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.section import settings_part
from wasched.ui.settings.second_step_state import CODE_FIELD, SecondStepState

_WHY = (
    "Signing in takes a code from an app on your phone, or a passkey, as well, so that nobody gets "
    "in with your password alone."
)


def second_step_part() -> rx.Component:
    """Off, being set up, or on."""
    return settings_part(
        "second-step",
        "Second step",
        _WHY,
        rx.cond(SecondStepState.is_on, _on()),
        rx.cond(
            SecondStepState.has_app,
            rx.fragment(),
            rx.cond(SecondStepState.key != "", _setting_up(), _off()),
        ),
        words="two factor 2fa totp authenticator otp code",
    )


def _off() -> rx.Component:
    return rx.el.button(
        rx.cond(SecondStepState.is_on, "Set up an app as well", "Set it up"),
        type="button",
        on_click=SecondStepState.begin,
        class_name="btn",
    )


def _setting_up() -> rx.Component:
    control = text_input(
        CODE_FIELD,
        SecondStepState.error,
        input_mode="numeric",
        auto_complete="one-time-code",
        max_length=20,
    )
    return rx.el.form(
        rx.el.p("Scan this with an app for codes, such as the one for your passwords."),
        _qr_code(),
        rx.el.p("No camera? Type this key into the app:", class_name="small"),
        rx.el.p(SecondStepState.key, class_name="num small"),
        field(
            CODE_FIELD,
            "Code in the app",
            control,
            "Six digits. All other browsers are signed out then.",
            SecondStepState.error,
        ),
        rx.el.div(
            rx.el.button("Turn it on", type="submit", class_name="btn primary"),
            rx.el.button(
                "Back", type="button", on_click=SecondStepState.close, class_name="btn ghost"
            ),
            class_name="line save",
        ),
        on_submit=SecondStepState.turn_on,
        no_validate=True,
    )


def _qr_code() -> rx.Component:
    return rx.el.svg(
        rx.el.rect(width="100%", height="100%", fill="#fff"),
        rx.el.path(fill="#000", d=SecondStepState.qr_path),
        view_box=SecondStepState.qr_box,
        width="200",
        role="img",
        custom_attrs={"aria-label": "QR code for the app", "shapeRendering": "crispEdges"},
    )


def _on() -> rx.Component:
    return rx.fragment(
        rx.el.p(SecondStepState.about),
        rx.cond(SecondStepState.codes.length() > 0, _codes()),
        rx.el.div(
            rx.el.button(
                "New recovery codes",
                type="button",
                on_click=SecondStepState.renew_codes,
                class_name="btn",
            ),
            rx.cond(SecondStepState.has_app, _take_off()),
            class_name="line",
        ),
    )


def _take_off() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Take it off", type="button", class_name="btn ghost"),
        "Ask for no codes of the app?",
        "Without a passkey, your password alone lets anybody in then who knows it. Your other "
        "browsers are signed out.",
        "Take it off",
        "Keep it",
        SecondStepState.turn_off,
        ends=True,
    )


def _codes() -> rx.Component:
    """Shown once: only their hashes are kept."""
    return rx.el.div(
        rx.el.h3("Your recovery codes", id="recovery-codes", tab_index=-1, class_name="sub"),
        rx.el.p(
            "Each lets you in once without the app or a passkey. Keep them apart from your phone; "
            "you will not see them again.",
            class_name="small",
        ),
        rx.el.ul(
            each(SecondStepState.codes, lambda code: rx.el.li(code), ""),
            class_name="num codes",
        ),
        rx.el.div(
            copy_button(SecondStepState.codes.join("\n")),
            rx.el.button(
                "I have kept them", type="button", on_click=SecondStepState.close, class_name="btn"
            ),
            class_name="line",
        ),
        class_name="once",
    )
