"""The sheet of keyboard shortcuts, and the switch that turns them off."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.taken import held_box
from wasched.ui.frame.shortcuts_state import KeysState

SHOWS = "data-shows"
"""Names the dialog that a button shows: scripts/palette.js."""

_GROUPS = (
    (
        "Everywhere",
        (
            (("mod", "K"), "Find anything, and go there"),
            (("n",), "New message"),
            (("/",), "Search"),
            (("g", "h"), "Home"),
            (("g", "c"), "Calendar"),
            (("g", "m"), "Messages"),
            (("g", "r"), "Recipients"),
            (("g", "t"), "Templates"),
            (("g", "a"), "Accounts"),
            (("g", "s"), "Settings"),
            (("mod", "Enter"), "Send, schedule or save"),
            (("?",), "This sheet"),
            (("Esc",), "Close"),
        ),
    ),
    (
        "In lists",
        (
            (("j",), "Next row"),
            (("k",), "Row before"),
            (("Enter",), "Open it"),
            (("x",), "Choose it, to do something with many"),
            (("Esc",), "Leave the list"),
        ),
    ),
    (
        "In the calendar",
        (
            (("←", "↑", "→", "↓"), "Another day"),
            (("Home", "End"), "First and last day of the week"),
            (("Page ↑", "Page ↓"), "Another month or week"),
            (("Enter",), "Into the day, and open a message"),
            (("Esc",), "Out of the day"),
            (("Alt", "arrow"), "Move a message by a day or a week"),
        ),
    ),
)


def keys_sheet() -> rx.Component:
    """Opened by "?" and closed by Escape; the browser gives the focus back."""
    return rx.el.dialog(
        rx.el.form(
            rx.el.header(
                rx.el.h2("Keyboard", id="keys-title"),
                rx.el.button(
                    icon("x", 20),
                    class_name="btn ghost square",
                    custom_attrs={"aria-label": "Close"},
                ),
                class_name="line",
            ),
            *[_group(name, keys) for name, keys in _GROUPS],
            custom_attrs={"method": "dialog"},
        ),
        id="keys",
        class_name="card keys",
        custom_attrs={"aria-labelledby": "keys-title"},
    )


def keys_switch() -> rx.Component:
    """For Settings."""
    return rx.el.div(
        rx.el.label(
            held_box(
                KeysState.keys != "off",
                on_change=lambda _value: KeysState.switch(),
                class_name="check",
            ),
            "Keyboard shortcuts",
            class_name="switch",
        ),
        rx.el.button(
            "Show them", type="button", class_name="btn small-btn", custom_attrs={SHOWS: "keys"}
        ),
        class_name="line",
    )


def modifier_key() -> tuple[rx.Component, rx.Component]:
    """The key that commands are given with, as the reader's keyboard calls it."""
    return rx.el.kbd("Ctrl", class_name="not-mac"), rx.el.kbd("⌘", class_name="mac")


def _group(name: str, keys: tuple[tuple[tuple[str, ...], str], ...]) -> rx.Component:
    return rx.el.section(
        rx.el.h3(name), rx.el.dl(*[part for pressed, does in keys for part in _line(pressed, does)])
    )


def _line(keys: tuple[str, ...], does: str) -> tuple[rx.Component, rx.Component]:
    pressed = [
        part for key in keys for part in (modifier_key() if key == "mod" else (rx.el.kbd(key),))
    ]
    return rx.el.dt(*pressed, class_name="line"), rx.el.dd(does)
