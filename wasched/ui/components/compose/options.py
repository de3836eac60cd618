"""From which account, and how late it may go."""

import reflex as rx

from wasched.ui.components.compose.parts import wrong
from wasched.ui.components.forms import select
from wasched.ui.rows import AccountLine
from wasched.ui.states.compose import ComposeState
from wasched.ui.when import LATE_CHOICES


def options_block() -> rx.Component:
    """What is usually left as it is."""
    return rx.el.div(
        rx.el.label("From", html_for="account"),
        select("account", rx.foreach(ComposeState.accounts, _account)),
        wrong("account"),
        rx.el.label("If it is late, send it", html_for="late", class_name="second"),
        select(
            "late",
            *[rx.el.option(words, value=str(seconds)) for seconds, words in LATE_CHOICES],
            default_value="1800",
        ),
        rx.el.p("After that it counts as missed and you are asked.", class_name="help"),
        class_name="block last",
    )


def _account(account: rx.Var[AccountLine]) -> rx.Component:
    return rx.el.option(account.name, value=account.id)
