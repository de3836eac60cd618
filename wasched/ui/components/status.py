"""Status badges: an icon and a word, filled only while a person has to act."""

import reflex as rx

from wasched.ui.components.icons import icon

MESSAGE_STATUSES = {
    "scheduled": ("clock", "Scheduled", "wait"),
    "held": ("hourglass", "Waits", "wait"),
    "held_by_me": ("hourglass", "Waits for you", "ask"),
    "sending": ("loader_circle", "Sending", "now"),
    "sent": ("check", "Sent", "good"),
    "delivered": ("check_check", "Delivered", "good"),
    "read": ("eye", "Read", "good"),
    "played": ("headphones", "Played", "good"),
    "unknown": ("circle_help", "Maybe sent", "ask"),
    "missed": ("clock_alert", "Missed", "ask"),
    "failed": ("circle_x", "Failed", "bad"),
    "skipped": ("skip_forward", "Skipped", "wait"),
    "cancelled": ("ban", "Cancelled", "wait"),
    "paused": ("pause", "Paused", "wait"),
}
"""Icon, word and colour of each status of a message."""

LINK_STATES = {
    "connecting": ("plug", "Connecting", "now"),
    "connected": ("circle_check", "Connected", "good"),
    "reconnecting": ("refresh_cw", "Reconnecting", "now"),
    "needs_link": ("unlink", "Not linked", "ask"),
    "logged_out": ("unlink", "Not linked", "ask"),
    "replaced": ("arrow_left_right", "Taken over", "ask"),
    "outdated": ("circle_arrow_up", "Update needed", "bad"),
    "banned": ("shield_alert", "Restricted", "bad"),
    "needs_passkey": ("key_round", "Passkey asked", "bad"),
    "error": ("triangle_alert", "Not working", "bad"),
    "paused": ("pause", "Paused", "wait"),
}
"""Icon, word and colour of each state of a link."""


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
