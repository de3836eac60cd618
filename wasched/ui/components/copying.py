"""A button that copies, by scripts/copy.js, and says so."""

import reflex as rx

from wasched.ui.components.icons import icon


def copy_button(value: rx.Var[str] | str) -> rx.Component:
    """It copies without the server, and where browsers keep their clipboard to https as well."""
    return rx.el.button(
        icon("copy"),
        rx.el.span("Copy", class_name="word"),
        rx.el.span("Copied", class_name="done"),
        type="button",
        class_name="btn copies",
        custom_attrs={"data-copy": value},
    )
