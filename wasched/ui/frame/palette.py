"""The command palette: a field that finds pages, deeds, people, lists and schedules by name.

A combobox with a list, as WAI-ARIA has it; scripts/palette.js has its keys. It asks the server
when it is opened, and costs a page that never opens it nothing.
"""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.frame.palette_state import WORDS_MAX, PaletteState
from wasched.ui.frame.palette_text import Hit
from wasched.ui.frame.shortcuts import SHOWS, modifier_key

NAME = "Find anything"


def palette_dialog() -> rx.Component:
    """Stands in every page, closed."""
    return rx.el.dialog(
        rx.el.span(
            icon("search"),
            rx.el.input(
                type="text",
                placeholder="A page, a name, what to do",
                max_length=WORDS_MAX,
                auto_complete="off",
                dir="auto",
                role="combobox",
                on_focus=PaletteState.look,
                on_change=lambda typed: PaletteState.look(typed).debounce(150),
                custom_attrs={
                    "aria-label": NAME,
                    "aria-autocomplete": "list",
                    "aria-controls": "palette-hits",
                    "aria-expanded": "true",
                },
            ),
            class_name="field search",
        ),
        rx.el.ul(
            each(PaletteState.hits, _hit),
            id="palette-hits",
            role="listbox",
            custom_attrs={"aria-label": "Found", "data-typed": PaletteState.typed},
        ),
        rx.cond(
            (PaletteState.hits.length() == 0) & (PaletteState.said != ""),
            rx.el.p(PaletteState.said, class_name="muted none"),
        ),
        rx.el.p(PaletteState.said, class_name="sr", role="status"),
        id="palette",
        class_name="card palette",
        custom_attrs={"aria-label": NAME},
    )


def palette_button(word: str, class_name: str) -> rx.Component:
    """Opens it from a menu; the keys are beside its name where there is a keyboard."""
    return rx.el.button(
        icon("search", 18),
        rx.el.span(word, class_name="what"),
        rx.el.span(*modifier_key(), rx.el.kbd("K"), class_name="hint only-desk"),
        type="button",
        class_name=class_name,
        custom_attrs={SHOWS: "palette", "aria-keyshortcuts": "Control+K Meta+K"},
    )


def _hit(hit: rx.Var[Hit]) -> rx.Component:
    return rx.el.li(
        rx.match(
            hit.kind,
            ("deed", icon("zap")),
            ("page", icon("arrow_right")),
            ("group", icon("users_round")),
            ("status", icon("circle_dashed")),
            ("channel", icon("megaphone")),
            ("list", icon("list")),
            ("schedule", icon("repeat")),
            ("template", icon("file_text")),
            icon("user_round"),
        ),
        rx.el.bdi(hit.name, class_name="clip strong"),
        rx.el.small(hit.about, class_name="clip muted"),
        role="option",
        custom_attrs={"id": f"hit-{hit.key}", "data-href": hit.href},
    )
