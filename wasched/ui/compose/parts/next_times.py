"""The next times something goes out, with clock changes between them."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.compose.preview_text import TimeLine


def next_times(times: rx.Var[list[TimeLine]], is_all: rx.Var[bool]) -> rx.Component:
    """Date, time and distance of each; says so when nothing comes after them."""
    return rx.el.ol(
        each(times, _time, "local"),
        rx.cond(is_all, rx.el.li("That is all.", class_name="all")),
    )


def _time(one: rx.Var[TimeLine]) -> rx.Component:
    return rx.fragment(
        rx.cond(one.note != "", time_note(one.note)),
        rx.el.li(rx.el.b(one.day), rx.el.span(one.clock), rx.el.span(one.away)),
    )


def time_note(note: rx.Var[str]) -> rx.Component:
    """A clock change, or the days left out before a time."""
    return rx.el.li(icon("clock_arrow_up"), note, class_name="shift")
