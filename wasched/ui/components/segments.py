"""A row of ways of which one is taken: the browser shows a press before the server knows it."""

from collections.abc import Sequence

import reflex as rx

from wasched.ui.components.taken import TAKEN

NO_FORM = {"form": ""}
"""Keeps a box or a radio out of the form around it, which Enter on it would send."""


def segment_row(
    name: str,
    label: str,
    ways: Sequence[tuple[str, str]],
    taken: rx.Var[str],
    on_take: rx.event.EventType[str],
    *,
    key: rx.Var[str] | str = "",
    look: str = "",
) -> rx.Component:
    """Radio buttons, each a value and its words, gone through by the arrow keys.

    They hold what was pressed by themselves, until the server takes another; another `key` sets
    them anew, and takes the focus away.
    """
    return rx.el.div(
        *[_way(name, value, words, taken, on_take) for value, words in ways],
        key=key,
        class_name=f"segments {look}".strip(),
        role="radiogroup",
        custom_attrs={"aria-label": label, TAKEN: taken},
    )


def _way(
    name: str, value: str, words: str, taken: rx.Var[str], on_take: rx.event.EventType[str]
) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name=name,
            value=value,
            default_checked=taken == value,
            on_change=on_take,
            custom_attrs=NO_FORM,
        ),
        words,
    )
