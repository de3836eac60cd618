"""The frame of the pages before signing in: one card under the name, posted plainly."""

import reflex as rx

from wasched.ui.components.forms import PostForm
from wasched.ui.components.icons import icon_mark
from wasched.ui.frame.banner import mode_banner

_INDEPENDENT = "wasched is independent software, not made by WhatsApp or Meta."


def door_card(card: rx.Component, after: rx.Component | str) -> rx.Component:
    """The card, and below it the words for who came to the wrong one."""
    return rx.el.main(
        mode_banner(),
        rx.el.div(icon_mark(), "wasched", class_name="mark"),
        card,
        rx.el.div(after, class_name="after"),
        rx.el.footer(_INDEPENDENT),
        id="main",
        class_name="door",
        tab_index=-1,
    )


def door_form(
    *children: rx.Component, action: str, class_name: str | rx.Var[str] = "card"
) -> rx.Component:
    """A form that works before any script does."""
    return PostForm.create(*children, action=action, method="post", class_name=class_name)


def from_address(name: str, value: rx.Var[str]) -> rx.Component:
    """What the page's address named, sent along; scripts/given.js fills it in before the state."""
    marked = {"data-from-address": ""}
    return rx.el.input(type="hidden", name=name, value=value, read_only=True, custom_attrs=marked)


def door_button(label: str) -> rx.Component:
    """What sends the form."""
    return rx.el.button(label, type="submit", class_name="btn primary big wide")
