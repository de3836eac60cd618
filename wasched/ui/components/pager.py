"""The foot of a list that is read in pages: back to the first, and on to the next."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.links import link


def page_links(is_first: rx.Var[bool], first: str | rx.Var, following: rx.Var[str]) -> rx.Component:
    """Links to the `first` page, from any other, and to the `following` one, if there is one."""
    return rx.el.footer(
        rx.cond(is_first, rx.el.span(), link("First page", href=first, class_name="btn")),
        rx.cond(
            following != "",
            link("More", icon("chevron_right"), href=following, class_name="btn"),
        ),
        class_name="pager",
    )
