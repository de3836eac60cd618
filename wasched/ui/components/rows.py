"""A send that is still to go out, in one row."""

import reflex as rx

from wasched.ui.components.clocks import time_away
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.components.status import message_status
from wasched.ui.core.rows import MessageLine


@rx.memo
def next_row(line: rx.Var[MessageLine]) -> rx.Component:
    """One send that is still to go out, as Home shows it."""
    return link(
        rx.el.time(line.clock, title=line.ago, class_name="at"),
        rx.el.div(
            rx.el.div(
                kind_icon(line.kind),
                rx.el.bdi(line.recipient, class_name="clip"),
                rx.cond(line.others != "", rx.el.small(line.others)),
                rx.cond(line.space != "", rx.el.small("in ", rx.el.bdi(line.space))),
                class_name="to",
            ),
            rx.el.div(line.text, class_name="text clip", dir="auto"),
            class_name="clip",
        ),
        rx.el.span(
            rx.cond(
                line.repeats, rx.el.span(icon("repeat", 15), rx.el.span("Repeats", class_name="sr"))
            ),
            rx.cond(
                line.status == "scheduled",
                rx.cond(line.away != "", time_away(line.at, line.away)),
                message_status(status=line.status, needs_me=line.needs_me),
            ),
            class_name="end",
        ),
        href=line.href,
        class_name=rx.cond(line.has_changed, "send-row changed", "send-row"),
    )


def kind_icon(kind: rx.Var[str]) -> rx.Component:
    """A person, a group, a list, a status or a channel."""
    return rx.match(
        kind,
        ("group", icon("users_round", 15)),
        ("list", icon("list", 15)),
        ("status", icon("circle_dashed", 15)),
        ("channel", icon("megaphone", 15)),
        icon("user_round", 15),
    )
