"""A question in the browser's own dialog: it takes no script, keeps the focus and gives it back."""

import reflex as rx

from wasched.ui.core.page_calls import call_page


def question_dialog(
    name: str | rx.Var, title: str | rx.Var, about: rx.Component, no: str, *answers: rx.Component
) -> rx.Component:
    """A dialog that `opens` shows; each of its buttons closes it at once, and so does Esc."""
    return rx.el.dialog(
        rx.el.form(
            rx.el.h2(title),
            about,
            rx.el.div(
                rx.el.button(no, type="submit", auto_focus=True, class_name="btn"),
                *answers,
                class_name="answers stacked",
            ),
            method="dialog",
        ),
        id=name,
        class_name="question",
        role="alertdialog",
        custom_attrs={"aria-label": title},
    )


def answer_button(
    label: str | rx.Var, on_click: rx.event.EventSpec, look: str = "btn"
) -> rx.Component:
    """A button of a question."""
    closes = call_page("closeQuestion")
    return rx.el.button(label, type="button", on_click=[closes, on_click], class_name=look)


def opens_question(name: str | rx.Var) -> rx.event.EventSpec:
    """Show a question."""
    return call_page("openQuestion", name)
