"""The sheet of keyboard shortcuts, and the switch that turns them off."""

from dataclasses import dataclass

import reflex as rx

from wasched.services.permissions import Action
from wasched.ui.components.icons import icon
from wasched.ui.components.taken import held_box
from wasched.ui.frame.roles import approvers_see, writers_see
from wasched.ui.frame.shortcuts_state import KeysState

SHOWS = "data-shows"
"""Names the dialog that a button shows: scripts/palette.js."""


@dataclass(frozen=True)
class _Shortcut:
    keys: tuple[str, ...]
    does: str
    needs: Action = Action.LOOK  # shown to who may do this


_GROUPS = (
    (
        "Everywhere",
        (
            _Shortcut(("mod", "K"), "Find anything, and go there"),
            _Shortcut(("n",), "New message", Action.WRITE),
            _Shortcut(("/",), "Search"),
            _Shortcut(("g", "h"), "Home"),
            _Shortcut(("g", "c"), "Calendar"),
            _Shortcut(("g", "m"), "Messages"),
            _Shortcut(("g", "r"), "Recipients"),
            _Shortcut(("g", "t"), "Templates"),
            _Shortcut(("g", "a"), "Accounts"),
            _Shortcut(("g", "s"), "Settings"),
            _Shortcut(("mod", "Enter"), "Send, schedule or save"),
            _Shortcut(("?",), "This sheet"),
            _Shortcut(("Esc",), "Close"),
        ),
    ),
    (
        "In lists",
        (
            _Shortcut(("j",), "Next row"),
            _Shortcut(("k",), "Row before"),
            _Shortcut(("Enter",), "Open it"),
            _Shortcut(("x",), "Choose it, to do something with many", Action.WRITE),
            _Shortcut(("y",), "Approve it", Action.APPROVE),
            _Shortcut(("Esc",), "Leave the list"),
        ),
    ),
    (
        "In the calendar",
        (
            _Shortcut(("←", "↑", "→", "↓"), "Another day"),
            _Shortcut(("Home", "End"), "First and last day of the week"),
            _Shortcut(("Page ↑", "Page ↓"), "Another month or week"),
            _Shortcut(("Enter",), "Into the day, and open a message"),
            _Shortcut(("Esc",), "Out of the day"),
            _Shortcut(("Alt", "arrow"), "Move a message by a day or a week", Action.WRITE),
        ),
    ),
)
_SEEN_BY = {Action.WRITE: writers_see, Action.APPROVE: approvers_see}


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
            *[_group(*group) for group in _GROUPS],
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


def _group(name: str, shortcuts: tuple[_Shortcut, ...]) -> rx.Component:
    return rx.el.section(rx.el.h3(name), rx.el.dl(*[_line(one) for one in shortcuts]))


def _line(shortcut: _Shortcut) -> rx.Component:
    pressed = [
        part
        for key in shortcut.keys
        for part in (modifier_key() if key == "mod" else (rx.el.kbd(key),))
    ]
    line = (rx.el.dt(*pressed, class_name="line"), rx.el.dd(shortcut.does))
    return _SEEN_BY.get(shortcut.needs, rx.fragment)(*line)
