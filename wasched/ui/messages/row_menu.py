"""What can be done with one send of the list, without opening it."""

from functools import reduce
from operator import or_

import reflex as rx

from wasched.domain.message import OFFERED_IN_LIST, MessageChoice
from wasched.ui.components.icons import icon
from wasched.ui.components.links import LEAVES, link
from wasched.ui.core.rows import MessageLine
from wasched.ui.messages.selection import ChoosingState


def row_menu(line: rx.Var[MessageLine]) -> rx.Component:
    """Three dots that open it; what can be undone is not asked about."""
    may_go_again = _is_offered(MessageChoice.SEND_AGAIN, line)
    may_dismiss = _is_offered(MessageChoice.DISMISS, line)
    return rx.el.details(
        rx.el.summary(
            icon("ellipsis"),
            class_name="btn ghost square",
            custom_attrs={"aria-label": f"More for {line.recipient}, {line.clock}"},
        ),
        rx.el.div(
            rx.cond(line.edit != "", _way("Edit", "pencil", line.edit)),
            _way("Duplicate", "copy", line.duplicate),
            rx.cond(line.take_back != "", _way("Delete or correct…", "undo_2", line.take_back)),
            rx.cond(line.edit != "", _deed("Cancel it", "ban", "cancel", line)),
            rx.cond(may_go_again, _deed("Send again", "rotate_cw", "send_again", line)),
            rx.cond(line.needs_me & may_dismiss, _deed("Dismiss", "check", "dismiss", line)),
            class_name="card pop menu",
        ),
        class_name="popper more-menu",
    )


def _is_offered(choice: MessageChoice, line: rx.Var[MessageLine]) -> rx.Var[bool]:
    statuses = [status for status, choices in OFFERED_IN_LIST.items() if choice in choices]
    return reduce(or_, [line.status == str(status) for status in statuses])


def _way(label: str, name: str, href: rx.Var[str]) -> rx.Component:
    return link(icon(name), label, href=href, class_name="btn ghost")


def _deed(label: str, name: str, choice: str, line: rx.Var[MessageLine]) -> rx.Component:
    return rx.el.button(
        icon(name),
        label,
        type="button",
        on_click=ChoosingState.decide_one(choice, line.key),
        class_name="btn ghost",
        custom_attrs=LEAVES,
    )
