"""Empty states: what a place is for, and one way on."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.links import link


def empty_state(sentence: str | rx.Var, label: str = "", href: str = "") -> rx.Component:
    """A card with one sentence and, where there is one, the button that helps."""
    button = link(label, href=href, class_name="btn") if label else rx.fragment()
    return rx.el.div(rx.el.p(sentence), button, class_name="card empty")


def skeleton_rows(count: int = 4) -> rx.Component:
    """Rows in their true shape, shown when loading takes longer than a moment."""
    rows = [
        rx.el.div(rx.el.i(class_name="bone at"), rx.el.i(class_name="bone"), class_name="bones")
        for _ in range(count)
    ]
    return rx.el.div(
        *rows,
        rx.el.p("This takes longer than usual.", class_name="muted after-10-s"),
        class_name="card rows late",
        role="status",
        custom_attrs={"aria-label": "Loading"},
    )


def skeleton_month() -> rx.Component:
    """The calendar's own shape, shown until its days are there."""
    day = rx.el.div(rx.el.i(class_name="bone at"), class_name="cell bony")
    return rx.el.div(
        *[rx.el.div(rx.el.i(class_name="bone at"), class_name="dow") for _ in range(7)],
        *[day] * 35,
        class_name="card cal late",
        role="status",
        custom_attrs={"aria-label": "Loading"},
    )


def missing_state(sentence: str | rx.Var, href: str, label: str) -> rx.Component:
    """Says that a thing is not there, or not yours."""
    return rx.el.div(
        icon("circle_alert", 20),
        rx.el.p(sentence),
        link(label, href=href, class_name="btn"),
        class_name="card empty",
    )
