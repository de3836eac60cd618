"""The sheet of keyboard shortcuts, and the switch that turns them off."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.taken import box
from wasched.ui.states.keys import KeysState

_KEYS = (
    (("n",), "New message"),
    (("/",), "Search"),
    (("g", "h"), "Home"),
    (("g", "c"), "Calendar"),
    (("g", "m"), "Messages"),
    (("g", "r"), "Recipients"),
    (("g", "t"), "Templates"),
    (("g", "a"), "Accounts"),
    (("g", "s"), "Settings"),
    (("Alt", "arrow"), "Move a chosen entry of the calendar"),
    (("?",), "This sheet"),
    (("Esc",), "Close"),
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
            rx.el.dl(*[part for keys, does in _KEYS for part in _line(keys, does)]),
            custom_attrs={"method": "dialog"},
        ),
        id="keys",
        class_name="card keys",
        custom_attrs={"aria-labelledby": "keys-title"},
    )


def keys_switch() -> rx.Component:
    """For Settings."""
    return rx.el.label(
        box(
            KeysState.keys != "off",
            on_change=lambda _value: KeysState.switch(),
            class_name="check",
        ),
        "Keyboard shortcuts; ? lists them",
        class_name="switch",
    )


def _line(keys: tuple[str, ...], does: str) -> tuple[rx.Component, rx.Component]:
    pressed = [rx.el.kbd(key) for key in keys]
    return rx.el.dt(*pressed, class_name="line"), rx.el.dd(does)
