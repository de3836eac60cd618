"""Buttons that write into the text: scripts/insert.js finds where the cursor stands."""

import reflex as rx


def insert_button(
    field_id: str, words: rx.Var[str], class_name: str = "btn small-btn"
) -> rx.Component:
    """Puts `words` where somebody writes, else into the field; undo takes them back."""
    return rx.el.button(
        words,
        type="button",
        class_name=class_name,
        custom_attrs={
            "aria-label": f"Insert {words}",
            "data-insert": words,
            "data-into": field_id,
        },
    )


def mark_button(field_id: str, mark: str, name: str, *shown: rx.Component) -> rx.Component:
    """Puts a mark of WhatsApp's formatting around what is chosen in the text."""
    return rx.el.button(
        *shown,
        type="button",
        class_name="only-desk" if mark in "~`" else "",
        custom_attrs={
            "aria-label": name,
            "title": name,
            "data-around": mark,
            "data-into": field_id,
        },
    )
