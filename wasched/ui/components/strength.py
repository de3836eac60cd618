"""How strong a new password is, in words beside the field."""

import reflex as rx
from reflex.event import EventSpec

from wasched.services.identity.users import PASSWORD_MIN
from wasched.ui.components.icons import icon
from wasched.ui.core.strength_state import StrengthState

_PAUSE_MS = 300
_RULE = f"At least {PASSWORD_MIN} characters. Three or four words are easy to keep."


def strength_note(password: rx.Var[str], name: rx.Var[str], email: rx.Var[str]) -> EventSpec:
    """Have a password looked at once whoever types it pauses."""
    return StrengthState.weigh(password, name, email).debounce(_PAUSE_MS)


def strength_line(error: rx.Var[str]) -> rx.Component:
    """Advice; the weakest are refused when the form is sent. An error says enough by itself."""
    said = rx.fragment(
        rx.cond(StrengthState.is_weak, icon("circle_alert", 15), icon("circle_check", 15)),
        StrengthState.said,
    )
    return rx.el.p(
        rx.cond(StrengthState.said != "", said, rx.cond(error != "", "", _RULE)),
        class_name="help strength",
        role="status",
        custom_attrs={"data-weak": rx.cond(StrengthState.is_weak, "true", "false")},
    )
