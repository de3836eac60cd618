"""Editing a schedule: which of its times are meant, and what somebody else changed meanwhile."""

import reflex as rx

from wasched.ui.components.conflict import conflict_answer, conflict_note
from wasched.ui.components.links import text_link
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.state import ComposeState

edited = EditState.shown


def scope_block() -> rx.Component:
    """Asked plainly before a schedule that repeats is changed."""
    return rx.cond(
        edited.repeats,
        rx.el.fieldset(
            rx.el.legend("What do you want to change?"),
            rx.el.p(text_link(edited.sentence, edited.href), class_name="help"),
            rx.cond(
                edited.gone != "",
                rx.el.p(
                    f"The one {edited.gone} is over, or does not come any more. ",
                    "This is about the next one.",
                    class_name="help",
                    role="status",
                ),
            ),
            rx.cond(
                edited.next_time != "",
                rx.fragment(
                    _scope("this", f"Only the one {edited.next_time}"),
                    _scope("following", f"The one {edited.next_time}, and all after it"),
                ),
            ),
            _scope("all", "All that are still to come"),
            wrong("scope"),
            id="scope",
            key=edited.id,
            tab_index=-1,
            class_name="block asks",
        ),
    )


def _scope(value: str, label: str | rx.Var) -> rx.Component:
    return rx.el.label(
        rx.el.input(
            type="radio",
            name="scope",
            value=value,
            default_checked=edited.scope == value,
            on_change=lambda _: [EditState.choose(value), ComposeState.keep],
        ),
        label,
        class_name="radio",
    )


def conflict_block() -> rx.Component:
    """Somebody else was quicker: look at theirs, or save mine."""
    answers = (
        conflict_answer("Take theirs", ComposeState.load),
        conflict_answer("Save mine", [EditState.insist, ComposeState.submit]),
    )
    return rx.cond(
        edited.is_gone,
        conflict_note(
            edited.conflict,
            conflict_answer("Make a new one of mine", [EditState.insist, ComposeState.submit]),
        ),
        conflict_note(edited.conflict, *answers),
    )
