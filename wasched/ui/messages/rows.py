"""Rows of sends, by day."""

import reflex as rx

from wasched.ui.components.clocks import time_away
from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.components.rows import kind_icon
from wasched.ui.components.status import message_status
from wasched.ui.core.rows import DayRows, MessageLine
from wasched.ui.messages.bulk_bar import tick_box
from wasched.ui.messages.row_menu import row_menu
from wasched.ui.schedule.approval_part import approve_in_row


def day_list(
    days: rx.Var[list[DayRows]], choosable: bool = False, answerable: bool = False
) -> rx.Component:
    """All rows of a list under the names of their days; what asks for approval is `answerable`."""
    row = choosable_row if choosable else asked_row if answerable else message_row
    return rx.el.div(
        each(
            days,
            lambda day: rx.el.section(
                rx.el.h2(day.label, class_name="daylabel"),
                each(day.lines, lambda line: row(line=line)),
                class_name="rows",
            ),
            "label",
        ),
        class_name="card days-list",
    )


@rx.memo
def message_row(line: rx.Var[MessageLine]) -> rx.Component:
    """One send; its name is the link, stretched over the row."""
    return rx.el.div(*_cells(line), class_name=rx.cond(line.has_changed, "m-row changed", "m-row"))


@rx.memo
def choosable_row(line: rx.Var[MessageLine]) -> rx.Component:
    """One send with a box that chooses it; it tints for a moment when its status changes."""
    return rx.el.div(
        tick_box(line),
        rx.el.div(*_cells(line), class_name=rx.cond(line.has_changed, "m-row changed", "m-row")),
        row_menu(line),
        class_name="m-choice",
    )


@rx.memo
def asked_row(line: rx.Var[MessageLine]) -> rx.Component:
    """A schedule that waits for approval, with the answer of who may give it."""
    return rx.el.div(
        rx.el.div(*_cells(line), class_name="m-row"),
        approve_in_row(line.asked, line.recipient),
        class_name="m-choice to-approve",
    )


def _cells(line: rx.Var[MessageLine]) -> list[rx.Component]:
    return [
        rx.el.time(line.clock, title=line.ago, class_name="at"),
        rx.el.div(
            rx.el.div(
                kind_icon(line.kind),
                link(line.recipient, href=line.href, class_name="clip", dir="auto"),
                rx.cond(line.others != "", rx.el.small(line.others)),
                rx.cond(line.repeats, icon("repeat", 15)),
                class_name="to",
            ),
            rx.el.div(line.text, class_name="text clip", dir="auto"),
            class_name="clip",
        ),
        rx.el.div(
            message_status(status=line.status, needs_me=line.needs_me),
            rx.cond(
                line.detail != "",
                rx.el.small(line.detail),
                rx.cond(
                    (line.status == "scheduled") & (line.away != ""),
                    rx.el.small(time_away(line.at, line.away)),
                ),
            ),
            rx.cond(line.voted != "", rx.el.small(line.voted, class_name="voted")),
            class_name="how",
        ),
        rx.el.span(line.account, class_name="via clip", dir="auto"),
    ]
