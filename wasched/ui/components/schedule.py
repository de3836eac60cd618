"""What a schedule's page offers: its buttons, its next times, and what became of it."""

import reflex as rx

from wasched.ui.components.confirm import confirm
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, text_link
from wasched.ui.components.next_times import time_note
from wasched.ui.components.status import message_status
from wasched.ui.plan_lines import TimeLine
from wasched.ui.schedule_page import Outcome, SkippedLine
from wasched.ui.states.schedule import ScheduleState

made = ScheduleState.page
may = ScheduleState.may


def actions() -> rx.Component:
    """What changes it; only what cannot be taken back is asked about first."""
    return rx.el.div(
        rx.cond(
            may.contains("edit"),
            link(icon("pencil"), "Edit", href=made.edit, class_name="btn"),
        ),
        _act("resume", "play", "Resume"),
        _act("pause", "pause", "Pause"),
        _act("skip", "skip_forward", "Skip the next one"),
        _asks("send_now", _button("send", "Send now"), made.send_question, made.send_sentence),
        _asks(
            "resend",
            _button("rotate_cw", made.resend),
            made.resend_question,
            "Those who have it already get nothing.",
        ),
        class_name="line acts",
    )


def aside_actions() -> rx.Component:
    """Another one like it, or an end of this one."""
    return rx.el.div(
        link(icon("copy"), "Duplicate", href=made.duplicate, class_name="btn"),
        _act("end", "circle_stop", "Stop repeating"),
        _act("cancel", "ban", "Cancel what is to come"),
        class_name="line acts",
    )


def coming() -> rx.Component:
    """The next times, each of which may be left out, and those that are."""
    return rx.el.section(
        rx.el.h2("What is to come"),
        rx.cond(
            ScheduleState.times.length() > 0,
            rx.el.ol(
                rx.foreach(ScheduleState.times, _time),
                rx.foreach(ScheduleState.skipped, _skipped),
                rx.cond(ScheduleState.is_all, rx.el.li("That is all.", class_name="all")),
                class_name="card rows fires",
            ),
            rx.fragment(
                rx.el.p("Nothing more is to come.", class_name="muted"),
                rx.cond(
                    ScheduleState.skipped.length() > 0,
                    rx.el.ol(
                        rx.foreach(ScheduleState.skipped, _skipped), class_name="card rows fires"
                    ),
                ),
            ),
        ),
        class_name="section",
    )


def outcomes() -> rx.Component:
    """How its messages stand, each leading to the list of them."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("What became of it"),
            text_link("All messages", made.messages),
        ),
        rx.cond(
            ScheduleState.outcomes.length() > 0,
            rx.el.div(rx.foreach(ScheduleState.outcomes, _outcome), class_name="card rows"),
            rx.el.p("Nothing has gone out yet.", class_name="muted"),
        ),
        class_name="section",
    )


def _act(name: str, picture: str, label: str) -> rx.Component:
    return rx.cond(
        may.contains(name),
        rx.el.button(
            icon(picture),
            label,
            type="button",
            on_click=ScheduleState.act(name),
            class_name="btn",
        ),
    )


def _asks(
    name: str, button: rx.Component, question: rx.Var[str], sentence: str | rx.Var
) -> rx.Component:
    yes = "Send now" if name == "send_now" else "Send again"
    asked = confirm(button, question, sentence, yes, "Back", ScheduleState.act(name))
    return rx.cond(may.contains(name), asked)


def _button(picture: str, label: str | rx.Var) -> rx.Component:
    return rx.el.button(icon(picture), label, type="button", class_name="btn")


def _time(one: rx.Var[TimeLine]) -> rx.Component:
    return rx.fragment(
        rx.cond(one.note != "", time_note(one.note)),
        rx.el.li(
            rx.el.b(one.day),
            rx.el.span(one.clock),
            rx.el.span(one.away),
            rx.cond(
                may.contains("skip"),
                rx.el.button(
                    "Skip",
                    type="button",
                    on_click=ScheduleState.skip(one.local),
                    class_name="btn ghost",
                    custom_attrs={"aria-label": f"Skip {one.day} at {one.clock}"},
                ),
            ),
        ),
    )


def _skipped(one: rx.Var[SkippedLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(icon("skip_forward", 15), rx.el.s(one.words), " is left out"),
        rx.cond(
            may.contains("unskip"),
            rx.el.button(
                "Take in again",
                type="button",
                on_click=ScheduleState.unskip(one.local),
                class_name="btn ghost",
                custom_attrs={"aria-label": f"Take in again {one.words}"},
            ),
        ),
        class_name="left-out",
    )


def _outcome(one: rx.Var[Outcome]) -> rx.Component:
    return link(
        message_status(status=one.status, needs_me=False),
        rx.el.span(one.count, class_name="num val"),
        icon("chevron_right"),
        href=one.href,
        class_name="choice",
    )
