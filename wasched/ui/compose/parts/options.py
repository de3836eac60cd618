"""From which account, how late it may go, and what may hold it back."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_fields import LATE_CHOICES
from wasched.ui.core.rows import AccountLine

options = DraftState.options


def options_block() -> rx.Component:
    """What is usually left as it is, each with its present value."""
    return rx.el.div(
        rx.el.div(
            _option("account", "smartphone", "Send from", _accounts()),
            _option(
                "late",
                "clock_alert",
                "If it is late",
                *_lateness(),
                about="Later than that it counts as missed, and you are asked.",
            ),
            _option(
                "quiet",
                "moon",
                "Quiet hours",
                rx.el.option("Do not hold it back", value=""),
                rx.el.option("It waits until they end", value="yes"),
            ),
            _option(
                "stops",
                "reply",
                "When they reply",
                rx.el.option("Keep sending", value=""),
                rx.el.option("Send them no more of it", value="yes"),
            ),
            class_name="card rows",
        ),
        wrong("account"),
        wrong("late"),
        class_name="block last",
    )


def _option(
    name: str, picture: str, label: str, *choices: rx.Component | rx.Var, about: str = ""
) -> rx.Component:
    values = {"account": options.account, "late": options.late, "quiet": options.quiet}
    return rx.el.div(
        icon(picture),
        rx.el.div(
            rx.el.label(label, html_for=name, class_name="what"),
            rx.el.p(about, class_name="small muted") if about else rx.fragment(),
        ),
        select_field(
            name,
            *choices,
            taken=values.get(name, options.stops),
            on_change=lambda value: [DraftState.choose(name, value), ComposeState.keep],
        ),
        class_name="choice",
    )


def _lateness() -> list[rx.Component]:
    known = [rx.el.option(words, value=str(seconds)) for seconds, words in LATE_CHOICES]
    other = rx.cond(
        DraftState.other_late != "",
        rx.el.option(DraftState.other_late, value=options.late),
        rx.fragment(),
    )
    return [*known, other]


def _accounts() -> rx.Component:
    return each(DraftState.accounts, _account, "id")


def _account(account: rx.Var[AccountLine]) -> rx.Component:
    return rx.el.option(account.name, value=account.id)
