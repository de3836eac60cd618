"""Of which series something is a date that was changed alone."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.links import text_link

SERIES = "series"


def series_note(sentence: rx.Var[str], href: rx.Var[str], instead: rx.Var[str]) -> rx.Component:
    """The series, as a link, and instead of which one of it this goes."""
    return rx.cond(
        sentence != "",
        rx.el.p(
            icon("repeat", 15),
            rx.el.span("Changed from its series, ", text_link(sentence, href), ". ", instead),
            id=SERIES,
            tab_index=-1,
            class_name="of-series",
        ),
    )
