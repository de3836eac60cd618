"""The part of Settings with my passkeys."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.section import settings_part
from wasched.ui.settings.passkeys_state import (
    NAME_FIELD,
    RENAME_FIELD,
    PasskeyLine,
    PasskeysState,
)
from wasched.ui.settings.team import person_line

_WHY = (
    "Your phone, computer or password manager keeps a passkey. Unlocked by finger, face or PIN, it "
    "signs you in by itself, or in the place of a code after your password."
)
_WHY_NAMED = "By it you tell it from others."
_FIRST = (
    f"{_WHY_NAMED} From the first one on, your password alone lets nobody in; all "
    "other browsers are signed out then, unless you had an app for codes before."
)


def passkeys_part() -> rx.Component:
    """Those there are, and a form for one more."""
    return settings_part(
        "passkeys",
        "Passkeys",
        _WHY,
        rx.cond(
            PasskeysState.keys.length() > 0,
            rx.el.ul(each(PasskeysState.keys, _passkey, "id"), class_name="rows"),
        ),
        _new_one(),
        words="passkey webauthn fido security key fingerprint face",
    )


def _new_one() -> rx.Component:
    error = rx.cond(PasskeysState.field == NAME_FIELD, PasskeysState.error, "")
    return rx.el.form(
        field(
            NAME_FIELD,
            "Name of a new one",
            _name_input(NAME_FIELD, error, PasskeysState.suggested),
            rx.fragment(rx.cond(PasskeysState.keys.length() > 0, _WHY_NAMED, _FIRST)),
            error,
        ),
        rx.el.button("Add a passkey", type="submit", class_name="btn"),
        on_submit=PasskeysState.begin,
        no_validate=True,
        class_name="second",
    )


def _passkey(one: rx.Var[PasskeyLine]) -> rx.Component:
    return rx.el.li(
        rx.cond(PasskeysState.renamed == one.id, _renaming(one), _named(one)),
        class_name="person",
    )


def _named(one: rx.Var[PasskeyLine]) -> rx.Component:
    return rx.fragment(
        person_line(one.name, one.about),
        rx.el.button(
            "Rename",
            rx.el.span(" ", one.name, class_name="sr"),
            type="button",
            on_click=PasskeysState.begin_renaming(one.id),
            class_name="btn ghost",
        ),
        confirm_dialog(
            rx.el.button(
                "Remove",
                rx.el.span(" ", one.name, class_name="sr"),
                type="button",
                class_name="btn ghost",
            ),
            f"Remove {one.name}?",
            "It signs you in no more, and all other browsers are signed out. Without another one, "
            "or an app for codes, your password alone lets anybody in who knows it.",
            "Remove",
            "Keep it",
            PasskeysState.remove(one.id),
            ends=True,
        ),
    )


def _renaming(one: rx.Var[PasskeyLine]) -> rx.Component:
    error = rx.cond(PasskeysState.field == RENAME_FIELD, PasskeysState.error, "")
    return rx.el.form(
        field(RENAME_FIELD, "Its name", _name_input(RENAME_FIELD, error, one.name), error=error),
        rx.el.div(
            rx.el.button("Save", type="submit", class_name="btn"),
            rx.el.button(
                "Back", type="button", on_click=PasskeysState.close, class_name="btn ghost"
            ),
            class_name="line save",
        ),
        on_submit=PasskeysState.rename,
        no_validate=True,
    )


def _name_input(name: str, error: rx.Var[str], given: rx.Var[str]) -> rx.Component:
    return text_input(
        name,
        error,
        default_value=given,
        key=given,
        auto_complete="off",
        max_length=100,
        dir="auto",
    )
