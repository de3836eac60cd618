"""Replies in Settings: for how long they are kept, and whether viewers read them."""

import reflex as rx

from wasched.ui.components.forms import field, text_input
from wasched.ui.components.section import save_line, settings_part
from wasched.ui.settings.keeping_state import KeepingState


def replies_part() -> rx.Component:
    """Who manages the space chooses; others read what holds."""
    return settings_part(
        "replies",
        "Replies",
        "What people write back to messages of this space is kept for so long, then forgotten. "
        "What does not answer a message is never kept.",
        rx.cond(KeepingState.may_choose, _form(), _told()),
        words="answers privacy keep delete viewers",
    )


def _form() -> rx.Component:
    days = text_input(
        "replies_days",
        KeepingState.error,
        default_value=KeepingState.days,
        key=KeepingState.days,
        input_mode="numeric",
        auto_complete="off",
    )
    viewers = rx.el.label(
        rx.el.input(
            type="checkbox",
            name="replies_viewers",
            value="yes",
            default_checked=KeepingState.for_viewers,
            key=KeepingState.for_viewers.to_string(),
        ),
        "Viewers may read them",
        class_name="radio",
    )
    return rx.el.form(
        field(
            "replies_days",
            "Days",
            days,
            "0 keeps none. Shortening it removes at once what is older.",
            KeepingState.error,
        ),
        viewers,
        save_line("Save", KeepingState.saved),
        on_submit=KeepingState.save,
        no_validate=True,
    )


def _told() -> rx.Component:
    return rx.el.p(
        rx.cond(
            KeepingState.days == "0",
            "Replies are not kept here.",
            rx.fragment("Replies are kept for ", KeepingState.days, " days."),
        ),
        " A manager decides it.",
    )
