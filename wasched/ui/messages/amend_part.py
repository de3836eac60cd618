"""What may still be done with what has gone out: delete it for everyone, or correct it."""

import reflex as rx

from wasched.ui.components.each import each_place
from wasched.ui.components.forms import field, text_area
from wasched.ui.components.icons import icon
from wasched.ui.components.question import answer_button, opens_question, question_dialog
from wasched.ui.core.rows import TAKE_BACK
from wasched.ui.messages.amend_state import WORDS, AmendState
from wasched.ui.messages.amend_text import AmendWords

_QUESTION = "delete-for-everyone"


def amend_part(words: rx.Var[AmendWords]) -> rx.Component:
    """Shown while there is something to offer or to tell."""
    may = words.may_delete | words.may_correct
    return rx.cond(
        may | (words.progress != "") | (words.failed.length() > 0),
        rx.el.section(
            rx.el.h2("Take back"),
            rx.el.p(words.progress, role="status", class_name="amend-progress"),
            each_place(words.failed, lambda one, _: rx.el.p(icon("circle_alert", 15), one)),
            rx.cond(words.until != "", rx.el.p(words.until, class_name="muted")),
            rx.cond(words.may_delete, _deletion(words)),
            rx.cond(words.may_correct, _correction(words)),
            id=TAKE_BACK,
            class_name="card pad approval amend",
        ),
    )


def _deletion(words: rx.Var[AmendWords]) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            icon("trash_2"),
            "Delete for everyone…",
            type="button",
            on_click=opens_question(_QUESTION),
            class_name="btn",
        ),
        question_dialog(
            _QUESTION,
            words.delete_title,
            rx.el.p(words.delete_about),
            "Keep it",
            answer_button("Delete for everyone", AmendState.take_back(words.asked), "btn danger"),
        ),
    )


def _correction(words: rx.Var[AmendWords]) -> rx.Component:
    """The words as they are, behind a button; what is typed stays while the page goes on."""
    return rx.el.details(
        rx.el.summary(icon("pencil"), "Correct…", class_name="btn"),
        rx.el.form(
            rx.el.input(type="hidden", name="asked", value=words.asked),
            field(
                WORDS,
                "What it is to say",
                text_area(WORDS, AmendState.error, default_value=words.words, rows="5"),
                rx.el.span(words.correct_about),
                AmendState.error,
            ),
            rx.el.button("Correct it", type="submit", class_name="btn primary"),
            on_submit=AmendState.correct,
            no_validate=True,
            reset_on_submit=False,
            key=words.asked,
        ),
    )
