"""One part of a page of settings: a heading, a sentence, and what belongs to it."""

import reflex as rx

from wasched.ui.components.icons import icon


def settings_part(
    key: str, title: str, sentence: str, *children: rx.Component, words: str = ""
) -> rx.Component:
    """A card that the list of headings leads to; `words` find it too, beside what it says."""
    return rx.el.section(
        rx.el.h2(title, id=f"{key}-title"),
        rx.el.p(sentence),
        *children,
        id=key,
        class_name="card part",
        custom_attrs={"aria-labelledby": f"{key}-title", "data-words": words},
    )


def saved_note(holds: rx.Var[bool]) -> rx.Component:
    """Says that the part above is saved."""
    return rx.el.span(
        rx.cond(holds, rx.fragment(icon("check", 15), " Saved")), class_name="saved", role="status"
    )


def save_line(label: str, holds: rx.Var[bool]) -> rx.Component:
    """The button that saves a part, and the word that it did."""
    button = rx.el.button(label, type="submit", class_name="btn")
    return rx.el.div(button, saved_note(holds), class_name="line save")
