"""Signing in with a passkey: scripts/passkeys.js has the browser give it and posts the answer."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.core.passkey_words import SENTENCES
from wasched.ui.entrance.card import door_form, from_address

_SAYS = {f"data-{name.lower()}": sentence for name, sentence in SENTENCES.items()}


def passkey_button(look: str = "btn big wide", step: str = "") -> rx.Component:
    """Asks for a passkey, and says why none came; `step`: in the place of a code that is owed."""
    return rx.fragment(
        rx.el.button(
            icon("key_round"),
            "Sign in with a passkey",
            type="button",
            class_name=look,
            custom_attrs={"data-passkey": step},
        ),
        rx.el.p(id="passkey-said", role="status", class_name="help", custom_attrs=_SAYS),
    )


def passkey_form(next_path: rx.Var[str], step: str = "") -> rx.Component:
    """What the answer is posted by; nobody sees it."""
    return rx.el.div(
        door_form(
            rx.el.input(type="hidden", name="answer", default_value=""),
            rx.el.input(type="hidden", name="step", value=step, read_only=True),
            from_address("next", next_path),
            action="/auth/passkey",
            class_name="passkey",
        ),
        hidden=True,
    )
