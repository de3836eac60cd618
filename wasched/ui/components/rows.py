"""Rows of messages, by day."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.components.status import message_status
from wasched.ui.rows import Day, Line


def day_list(days: rx.Var[list[Day]]) -> rx.Component:
    """All rows of a list under the names of their days."""
    return rx.el.div(rx.foreach(days, _day), class_name="card days-list")


@rx.memo
def message_row(line: rx.Var[Line]) -> rx.Component:
    """One message; its name is the link, stretched over the row."""
    return rx.el.div(
        rx.el.span(line.clock, class_name="at"),
        rx.el.div(
            rx.el.div(
                kind_icon(line.kind),
                link(rx.el.bdi(line.recipient), href=line.href, class_name="clip"),
                rx.cond(line.repeats, icon("repeat", 15)),
                class_name="to",
            ),
            rx.el.div(rx.el.bdi(line.text), class_name="text clip"),
            class_name="clip",
        ),
        rx.el.div(
            message_status(status=line.status, needs_me=line.needs_me),
            rx.cond(line.detail != "", rx.el.small(line.detail, class_name="num")),
            class_name="how",
        ),
        rx.el.span(line.account, class_name="via clip"),
        class_name="m-row",
    )


@rx.memo
def next_row(line: rx.Var[Line]) -> rx.Component:
    """One message that is still to go out, as Home shows it."""
    return link(
        rx.el.span(line.clock, class_name="at"),
        rx.el.div(
            rx.el.div(
                kind_icon(line.kind), rx.el.bdi(line.recipient, class_name="clip"), class_name="to"
            ),
            rx.el.div(rx.el.bdi(line.text), class_name="text clip"),
            class_name="clip",
        ),
        rx.el.span(
            rx.cond(
                line.repeats, rx.el.span(icon("repeat", 15), rx.el.span("Repeats", class_name="sr"))
            ),
            rx.cond(
                line.status != "scheduled",
                message_status(status=line.status, needs_me=line.needs_me),
            ),
            class_name="end",
        ),
        href=line.href,
        class_name="send-row",
    )


def kind_icon(kind: rx.Var[str]) -> rx.Component:
    """A person or a group."""
    return rx.cond(kind == "group", icon("users_round", 15), icon("user_round", 15))


def _day(day: rx.Var[Day]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(day.label, class_name="daylabel"),
        rx.foreach(day.lines, lambda line: message_row(line=line)),
        class_name="rows",
    )
