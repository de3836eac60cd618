"""Somebody else was quicker: a note with what they changed, and the choice between the two."""

import reflex as rx

from wasched.ui.components.icons import icon


def conflict_note(sentence: rx.Var[str], *answers: rx.Component) -> rx.Component:
    """Says what was changed, where there is something to say, beside what can be done."""
    return rx.cond(
        sentence != "",
        rx.el.section(
            icon("circle_help", 20),
            rx.el.div(rx.el.h2("Not saved yet"), rx.el.p(sentence, dir="auto")),
            rx.el.div(*answers, class_name="line"),
            class_name="callout",
            role="alert",
        ),
    )


def conflict_answer(label: str, does: rx.event.EventType[()]) -> rx.Component:
    """One of the things that can be done."""
    return rx.el.button(label, type="button", on_click=does, class_name="btn half")
