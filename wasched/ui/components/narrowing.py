"""What narrows a list: its address says it, which the browser itself changes without the server."""

import reflex as rx
from reflex.event import EventSpec

from wasched.ui.components.icons import icon
from wasched.ui.components.taken import TAKEN

_REST_MS = 150


def say(name: str, value: rx.Var[str]) -> EventSpec:
    """Leads to this page's own address with one thing said otherwise (scripts/address.js)."""
    return rx.redirect(rx.Var(f"addressWith({name!r}, {value})"), replace=True)


def search_field(placeholder: str, said: rx.Var[str]) -> rx.Component:
    """Finds while somebody types; `said` is what the address looks for."""
    return rx.el.form(
        rx.el.span(
            icon("search"),
            rx.el.input(
                id="search",
                name="q",
                type="search",
                placeholder=placeholder,
                default_value=said,
                on_change=lambda typed: say("q", typed).debounce(_REST_MS),
                auto_complete="off",
                dir="auto",
                custom_attrs={"aria-label": "Search", TAKEN: said},
            ),
            class_name="field search",
        ),
        on_submit=rx.prevent_default,  # it is found already
        role="search",
        class_name="grow",
    )


def day_field(name: str, label: str, said: rx.Var[str]) -> rx.Component:
    """A day as a bound of the list."""
    return rx.el.label(
        rx.el.span(label, class_name="small muted"),
        rx.el.input(
            type="date",
            default_value=said,
            on_change=lambda day: say(name, day),
            custom_attrs={TAKEN: said},
        ),
        class_name="field",
    )
