"""Number tiles and bars of use."""

import reflex as rx


def tile(number: rx.Var[int], word: str) -> rx.Component:
    """A number over its word."""
    return rx.el.div(rx.el.b(number, class_name="num"), rx.el.span(word), class_name="tile")


def bar(percent: rx.Var[str]) -> rx.Component:
    """How much of a limit is used; the numbers stand beside it."""
    return rx.el.div(
        rx.el.span(style={"width": percent}), class_name="bar", custom_attrs={"aria-hidden": "true"}
    )
