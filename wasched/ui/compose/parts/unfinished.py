"""What was begun and not sent, above the form of a new message."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.links import LEAVES, link
from wasched.ui.components.place import place
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.draft_text import UnfinishedLine
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.unfinished_state import UnfinishedState
from wasched.ui.core import page_slots

_lines = UnfinishedState.lines


def unfinished_block() -> rx.Component:
    """The newest of them with its two ways on, the others folded; nothing once writing began."""
    is_new = (DraftState.draft_id == 0) & (EditState.shown.id == 0)
    return rx.cond(
        ComposeState.is_loaded,
        rx.cond(is_new & (_lines.length() > 0) & ~UnfinishedState.is_put_by, _block()),
        place(page_slots.UNFINISHED),
    )


def _block() -> rx.Component:
    return rx.el.section(
        each(_lines[:1], lambda line: _row(line, _anew())),
        rx.cond(
            _lines.length() > 1,
            rx.el.details(
                rx.el.summary(f"{_lines.length() - 1} more unfinished", class_name="link"),
                each(_lines[1:], lambda line: _row(line, rx.fragment())),
            ),
        ),
        class_name="card rows unfinished",
        custom_attrs={"aria-label": "Unfinished messages"},
    )


def _row(line: rx.Var[UnfinishedLine], more: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.b(line.since),
            rx.el.p(rx.el.bdi(line.to_whom), class_name="clip"),
            rx.el.p(rx.el.bdi(line.words), class_name="clip muted"),
            class_name="clip",
        ),
        rx.el.div(
            rx.el.button(
                "Throw away",
                type="button",
                on_click=UnfinishedState.throw_away(line.key),
                class_name="btn ghost",
                custom_attrs=LEAVES,
            ),
            more,
            link("Go on", href=line.href, class_name="btn"),
            class_name="acts",
        ),
        class_name="ask-row",
    )


def _anew() -> rx.Component:
    return rx.el.button(
        "Begin anew", type="button", on_click=UnfinishedState.begin_anew, class_name="btn ghost"
    )
