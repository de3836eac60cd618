"""The timeline of a message: what happened, to the second, and what is still to come."""

import reflex as rx

from wasched.domain.message import Status
from wasched.ui.components.each import each, each_place
from wasched.ui.components.icons import icon
from wasched.ui.core.statuses import MESSAGE_STATUSES
from wasched.ui.messages.history_text import StepDay, StepLine

_BECOMES = set(Status) - {Status.SCHEDULED, Status.SENDING}
STEP_ICONS = {
    "scheduled": "calendar_clock",
    "attempt": "send",
    "not_sent": "rotate_cw",
    "amended": "pencil",
    "taken_back": "trash_2",
    **{one: look[0] for one, look in MESSAGE_STATUSES.items() if one in _BECOMES},
}


def history_timeline(days: rx.Var[list[StepDay]], awaits: rx.Var[str]) -> rx.Component:
    """Every step by day; the last, hollow one is what the message waits for."""
    return rx.el.ol(
        each(days, _day, "label"),
        rx.cond(
            awaits != "",
            rx.el.li(
                rx.el.time(),
                rx.el.span(icon("clock", 14), class_name="dot open"),
                rx.el.div(awaits, class_name="b"),
                class_name="later",
            ),
        ),
    )


def _day(day: rx.Var[StepDay]) -> rx.Component:
    return rx.fragment(
        rx.el.li(rx.el.span(day.label, class_name="b"), class_name="day"),
        each_place(day.steps, _step),
    )


def _step(step: rx.Var[StepLine], _place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.time(step.clock),
        rx.el.span(
            rx.match(
                step.kind,
                *[(kind, icon(name, 14)) for kind, name in STEP_ICONS.items()],
                icon("clock", 14),
            ),
            class_name=f"dot {step.tone}",
        ),
        rx.cond(
            step.people.length() > 0,
            _of_many(step),
            rx.el.div(
                rx.el.b(step.title),
                rx.cond(step.detail != "", rx.el.p(step.detail)),
                class_name="b",
            ),
        ),
    )


def _of_many(step: rx.Var[StepLine]) -> rx.Component:
    """Read by 2 of 4: Jonas and Tomasz; unfolded, each with the time."""
    return rx.el.details(
        rx.el.summary(rx.el.b(step.title, ":"), " ", rx.el.bdi(step.detail)),
        rx.el.ul(
            each_place(
                step.people,
                lambda one, _: rx.el.li(
                    rx.el.bdi(one.name), rx.el.small(one.when, class_name="num muted")
                ),
            ),
            rx.cond(step.more != "", rx.el.li(step.more, class_name="muted")),
        ),
        class_name="b",
    )
