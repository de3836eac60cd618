"""Number tiles and bars of use."""

import reflex as rx

from wasched.ui.components.links import link
from wasched.ui.core import routes


def week_tiles(week: rx.Var[dict[str, int]]) -> list[rx.Component]:
    """What became of the messages of seven days."""
    past = f"{routes.MESSAGES}?tab=past"
    return [
        _tile(week["sent"], "sent", past),
        _tile(week["delivered"], "delivered", past),
        _tile(week["failed"], "failed", f"{routes.MESSAGES}?tab=all&status=failed"),
    ]


def _tile(number: rx.Var[int], word: str, href: str) -> rx.Component:
    """A number over its word, which leads to the list behind it."""
    return link(rx.el.b(number, class_name="num"), rx.el.span(word), href=href, class_name="tile")


def use_bar(percent: rx.Var[str]) -> rx.Component:
    """How much of a limit is used; the numbers stand beside it."""
    return rx.el.div(
        rx.el.span(style={"width": percent}), class_name="bar", custom_attrs={"aria-hidden": "true"}
    )
