"""Buttons that put words into a field where the cursor stands."""

import json

import reflex as rx


def insert_button(
    field_id: str, words: rx.Var[str], class_name: str = "btn small-btn"
) -> rx.Component:
    """Puts `words` into the field and leaves the cursor behind them; undo takes them back."""
    return rx.el.button(
        words,
        type="button",
        on_click=rx.call_function(_inserter(field_id, words)),
        class_name=class_name,
        custom_attrs={"aria-label": f"Insert {words}"},
    )


def _inserter(field_id: str, words: rx.Var[str]) -> rx.Var:
    # Of the ways to write into a field only this one keeps the browser's own undo.
    return rx.Var(
        f"(() => {{ document.getElementById({json.dumps(field_id)}).focus();"
        f" document.execCommand('insertText', false, {words!s}); }})"
    )
