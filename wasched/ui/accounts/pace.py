"""The knobs of an account's pace, with the careful defaults explained."""

import reflex as rx

from wasched.ui.accounts.pace_state import PaceState
from wasched.ui.accounts.state import AccountsState
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.section import save_line


def pace_card() -> rx.Component:
    """How fast this account may send."""
    return rx.el.section(
        rx.el.h2("Pace and quiet hours"),
        rx.el.p(
            "WhatsApp restricts numbers that write like machines. The usual values are careful; "
            "slower is always safe.",
            class_name="help",
        ),
        rx.el.form(
            _pair(
                _number("gap_min_s", "Shortest gap, seconds", "Between two people"),
                _number("gap_max_s", "Longest gap, seconds", "The gap is random in between"),
            ),
            _pair(
                _number("daily_cap", "Messages a day", "More wait until after midnight"),
                _number("stranger_cap", "New people a day", "Who never had a message from it"),
            ),
            _pair(
                _field("quiet_from", "Quiet from", "Empty: no quiet hours", type="time"),
                _field("quiet_to", "until", "In the account's own time zone", type="time"),
            ),
            rx.el.label(
                rx.el.input(
                    type="checkbox",
                    name="typing",
                    default_checked=PaceState.typing,
                    key=PaceState.typing.to_string(),
                    class_name="check",
                ),
                'Show "typing…" before a text',
                class_name="switch",
            ),
            save_line("Save", PaceState.saved),
            on_submit=PaceState.save,
            no_validate=True,
            key=AccountsState.account.id.to_string(),
        ),
        class_name="card pace",
        id="pace",
    )


def _pair(*fields: rx.Component) -> rx.Component:
    return rx.el.div(*fields, class_name="two-fields")


def _number(name: str, label: str, help_text: str) -> rx.Component:
    return _field(name, label, help_text, input_mode="numeric", auto_complete="off")


def _field(name: str, label: str, help_text: str, **props: object) -> rx.Component:
    error = rx.cond(PaceState.field == name, PaceState.error, "")
    value = PaceState.values[name]
    control = text_input(name, error, default_value=value, key=value, **props)
    return field(name, label, control, help_text, error)
