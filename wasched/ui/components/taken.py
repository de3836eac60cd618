"""Fields that show at once what somebody chose, before the server knows."""

import reflex as rx

TAKEN = "data-taken"
"""Names what the server holds, where fields hold by themselves what was pressed, chosen or typed:
when it changes they follow (scripts/taken.js)."""

_YES = "yes"


def held_box(taken: rx.Var[bool], **props: object) -> rx.Component:
    """A box that the browser ticks by itself."""
    return rx.el.input(
        type="checkbox",
        value=_YES,
        default_checked=taken,
        custom_attrs={TAKEN: rx.cond(taken, _YES, "")},
        **props,
    )
