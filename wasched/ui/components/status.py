"""Status badges: an icon and a word, filled only while a person has to act."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.core.statuses import LINK_STATES, MESSAGE_STATUSES


@rx.memo
def message_status(status: rx.Var[str], needs_me: rx.Var[bool]) -> rx.Component:
    """The status of a message; one that a person has seen or dismissed turns quiet."""
    return rx.match(
        status,
        *[(key, _badge(*look, needs_me)) for key, look in MESSAGE_STATUSES.items()],
        rx.fragment(),
    )


@rx.memo
def link_state(state: rx.Var[str]) -> rx.Component:
    """The state of an account's link."""
    return rx.match(
        state,
        *[(key, _badge(*look, _waits(look[2]))) for key, look in LINK_STATES.items()],
        rx.fragment(),
    )


def _waits(tone: str) -> rx.Var[bool]:
    return rx.Var.create(tone in ("ask", "bad"))


def _badge(name: str, word: str, tone: str, filled: rx.Var[bool]) -> rx.Component:
    spins = "spin" if name == "loader_circle" else ""
    quiet = "wait" if tone == "ask" else tone
    look = rx.cond(filled, f"status {tone} fill", f"status {quiet}")
    if tone not in ("ask", "bad"):
        return rx.el.span(icon(name, 15, spins), word, class_name=f"status {tone}")
    return rx.el.span(icon(name, 15, spins), word, class_name=look)
