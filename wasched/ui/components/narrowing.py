"""What narrows a list: the address of the page says it, which the browser changes by itself."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.taken import TAKEN

SAYS = "data-says"
"""Names what a field says in the address (scripts/address.js)."""


def search_field(placeholder: str, said: rx.Var[str]) -> rx.Component:
    """Finds while somebody types; `said` is what the address looks for."""
    return rx.el.form(
        rx.el.span(
            icon("search"),
            rx.el.input(
                id="search",
                type="search",
                placeholder=placeholder,
                default_value=said,
                auto_complete="off",
                dir="auto",
                custom_attrs={"aria-label": "Search", SAYS: "q", TAKEN: said},
            ),
            class_name="field search",
        ),
        role="search",
        class_name="grow",
    )


def day_field(name: str, label: str, said: rx.Var[str]) -> rx.Component:
    """A day as a bound of the list."""
    return rx.el.label(
        rx.el.span(label, class_name="small muted"),
        rx.el.input(type="date", default_value=said, custom_attrs={SAYS: name, TAKEN: said}),
        class_name="field",
    )
