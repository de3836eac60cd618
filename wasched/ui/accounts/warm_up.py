"""The warm-up of a new number: where it stands, why, and how it is switched off and on."""

import reflex as rx

from wasched.ui.accounts import warm_up_text
from wasched.ui.accounts.state import AccountsState
from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.frame.roles import managers_see


def warm_up_card() -> rx.Component:
    """Nothing for a number that has been here for two weeks."""
    line = AccountsState.warm_up
    return rx.cond(
        line.shows != "",
        rx.el.section(
            rx.el.h2(line.title),
            rx.el.p(line.sentence, role="status"),
            rx.el.p(warm_up_text.WHY, class_name="help"),
            managers_see(
                rx.el.div(
                    rx.cond(line.shows == "on", _switch_off(), _switch_on()),
                    class_name="line actions",
                )
            ),
            class_name="card pace",
            id="warm-up",
        ),
    )


def _switch_off() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Switch the warm-up off", type="button", class_name="btn ghost"),
        "Switch the warm-up off?",
        warm_up_text.RISK,
        "Switch it off",
        "Keep warming up",
        AccountsState.steer("warm_up_off"),
        ends=True,
    )


def _switch_on() -> rx.Component:
    return rx.el.button(
        "Switch the warm-up on",
        type="button",
        on_click=AccountsState.steer("warm_up_on"),
        class_name="btn",
    )
