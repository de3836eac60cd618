"""How the approval of a schedule stands, and the two answers of who may give it."""

import reflex as rx

from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.schedule.approval_state import WORD, ApprovalState
from wasched.ui.schedule.state import ScheduleState

made = ScheduleState.page


def approval_part() -> rx.Component:
    """Shown while nothing may go out; what it sends stands below."""
    return rx.cond(
        made.approval != "",
        rx.el.section(
            rx.el.h2(made.approval_title),
            rx.cond(made.approval_word != "", rx.el.blockquote(made.approval_word, dir="auto")),
            rx.el.p(made.approval_about, class_name="muted"),
            rx.cond(made.may_approve, _answers()),
            id="approval",
            class_name="card pad approval",
        ),
    )


def _answers() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.button(
                icon("check"),
                "Approve",
                type="button",
                on_click=ApprovalState.approve(made.approval_turn),
                class_name="btn primary",
            ),
            class_name="line acts",
        ),
        rx.cond(made.approval == "waiting", _refusal()),
    )


def _refusal() -> rx.Component:
    """A word for the author, behind its button."""
    return rx.el.details(
        rx.el.summary(icon("undo_2"), "Refuse with a word", class_name="btn"),
        rx.el.form(
            rx.el.input(type="hidden", name="turn", value=made.approval_turn),
            field(
                WORD,
                "Why not?",
                text_input(WORD, ApprovalState.error, max_length=400, auto_complete="off"),
                "Its author reads this, and can change the message and ask again.",
                ApprovalState.error,
            ),
            rx.el.button("Give it back", type="submit", class_name="btn"),
            on_submit=ApprovalState.refuse,
            reset_on_submit=False,
        ),
    )
