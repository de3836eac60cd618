"""How the approval of a schedule stands, and the two answers of who may give it."""

import reflex as rx

from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import LEAVES
from wasched.ui.core.approval_text import ApprovalWords
from wasched.ui.schedule.approval_state import WORD, ApprovalState

APPROVES = {"data-approves": "", "aria-keyshortcuts": "Y"}
"""Marks the button that a key presses: scripts/rows.js."""


def approval_part(words: rx.Var[ApprovalWords]) -> rx.Component:
    """Shown while nothing may go out; what it sends stands below."""
    return rx.cond(
        words.state != "",
        rx.el.section(
            rx.el.h2(words.title),
            rx.cond(words.word != "", rx.el.blockquote(words.word, dir="auto")),
            rx.el.p(words.about, class_name="muted"),
            rx.cond(words.may_decide, _answers(words)),
            id="approval",
            class_name="card pad approval",
        ),
    )


def approve_in_row(asked: rx.Var[str], of: rx.Var[str]) -> rx.Component:
    """The same answer in a list, which says whose it is; the row goes."""
    button = _approve(asked, "btn", rx.el.span(" ", of, class_name="sr"), **LEAVES)
    return rx.cond(asked != "", button)


def _answers(words: rx.Var[ApprovalWords]) -> rx.Component:
    return rx.fragment(
        rx.el.div(_approve(words.asked, "btn primary"), class_name="line acts"),
        rx.cond(words.state == "waiting", _refusal(words)),
    )


def _approve(asked: rx.Var[str], look: str, *more: rx.Component, **attrs: str) -> rx.Component:
    return rx.el.button(
        icon("check"),
        "Approve",
        *more,
        type="button",
        on_click=ApprovalState.approve(asked),
        class_name=look,
        custom_attrs={**APPROVES, **attrs},
    )


def _refusal(words: rx.Var[ApprovalWords]) -> rx.Component:
    """A word for the author, behind its button."""
    return rx.el.details(
        rx.el.summary(icon("undo_2"), "Refuse with a word", class_name="btn"),
        rx.el.form(
            rx.el.input(type="hidden", name="asked", value=words.asked),
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
