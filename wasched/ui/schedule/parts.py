"""What a schedule's page offers: its buttons, its next times, and what became of it."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import THING, each
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, text_link
from wasched.ui.components.status import message_status
from wasched.ui.compose.parts.next_times import time_note
from wasched.ui.schedule.state import ScheduleState
from wasched.ui.schedule.text import OutcomeLine
from wasched.ui.schedule.upcoming_text import ComingLine

made = ScheduleState.page
may = ScheduleState.may


def schedule_buttons() -> rx.Component:
    """What changes it; only what cannot be taken back is asked about first."""
    return rx.el.div(
        rx.cond(
            may.contains("edit"),
            link(icon("pencil"), "Edit", href=made.edit, class_name="btn"),
        ),
        _act("resume", "play", "Resume"),
        _act("pause", "pause", "Pause"),
        _act("skip", "skip_forward", "Skip the next one"),
        _act("usual", "undo_2", "Back to the usual"),
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
        rx.cond(
            may.contains("duplicate"),
            link(icon("copy"), "Duplicate", href=made.duplicate, class_name="btn"),
        ),
        _act("end", "circle_stop", "Stop repeating"),
        _act("cancel", "ban", "Cancel what is to come"),
        class_name="line acts",
    )


def chosen_time() -> rx.Component:
    """The time that one came for, as from the calendar, above everything else."""
    return rx.el.section(
        rx.el.h2("The one you chose"),
        rx.el.ol(each(ScheduleState.chosen, _coming), class_name="card rows fires"),
        class_name="section",
    )


def coming_list() -> rx.Component:
    """The next times, each of which may be changed or left out, and those that are."""
    return rx.el.section(
        rx.el.h2(rx.cond(made.status == "paused", "To come once you resume it", "What is to come")),
        rx.cond(
            ScheduleState.coming.length() > 0,
            rx.el.ol(
                each(ScheduleState.coming, _coming),
                rx.cond(ScheduleState.is_all, rx.el.li("That is all.", class_name="all")),
                class_name="card rows fires",
            ),
            rx.el.p("Nothing more is to come.", class_name="muted"),
        ),
        class_name="section",
    )


def outcome_list() -> rx.Component:
    """How its messages stand, each leading to the list of them."""
    return rx.el.section(
        rx.el.header(
            rx.el.h2("What became of it"),
            text_link("All messages", made.messages),
        ),
        rx.cond(
            ScheduleState.outcomes.length() > 0,
            rx.el.div(each(ScheduleState.outcomes, _outcome, "status"), class_name="card rows"),
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
    asked = confirm_dialog(button, question, sentence, yes, "Back", ScheduleState.act(name))
    return rx.cond(may.contains(name), asked)


def _button(picture: str, label: str | rx.Var) -> rx.Component:
    return rx.el.button(icon(picture), label, type="button", class_name="btn")


def _coming(one: rx.Var[ComingLine]) -> rx.Component:
    return rx.fragment(
        rx.cond(one.note != "", time_note(one.note)),
        rx.match(
            one.kind,
            ("own", _on_its_own(one)),
            ("left_out", _left_out(one)),
            ("nudge", _nudge(one)),
            ("over", rx.el.li(rx.el.div(one.words, " ", one.rest), class_name="left-out")),
            _time(one),
        ),
    )


def _time(one: rx.Var[ComingLine]) -> rx.Component:
    return rx.el.li(
        rx.el.b(one.day),
        rx.el.span(one.clock),
        rx.el.span(one.away),
        rx.el.div(
            rx.cond(
                one.edit != "",
                link(
                    "Edit",
                    href=one.edit,
                    class_name="btn ghost",
                    custom_attrs={"aria-label": f"Edit the one {one.day} at {one.clock}"},
                ),
            ),
            rx.cond(
                one.local != "",
                _ghost(
                    "Skip",
                    ScheduleState.skip(one.local),
                    f"{one.day} at {one.clock}",
                    f"skip {one.local}",
                ),
            ),
            class_name="deeds",
        ),
    )


def _on_its_own(one: rx.Var[ComingLine]) -> rx.Component:
    goes_back = ScheduleState.back_to_usual(one.usual)
    return rx.el.li(
        rx.el.div(
            icon("pencil", 15),
            rx.el.span(one.words, " ", text_link(one.rest, one.href)),
            class_name="what",
        ),
        rx.cond(
            one.usual != "", _ghost("Back to the usual", goes_back, one.words, f"usual {one.usual}")
        ),
        class_name="left-out",
    )


def _nudge(one: rx.Var[ComingLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            icon("bell", 15),
            rx.el.span(one.words, " ", text_link(one.rest, one.href)),
            class_name="what",
        ),
        class_name="left-out",
    )


def _left_out(one: rx.Var[ComingLine]) -> rx.Component:
    unskip, thing = ScheduleState.unskip(one.local), f"unskip {one.local}"
    takes_in = _ghost("Take in again", unskip, one.words, thing)
    return rx.el.li(
        rx.el.div(
            icon("skip_forward", 15),
            rx.el.span(rx.el.s(one.words), " ", one.rest),
            class_name="what",
        ),
        rx.cond(may.contains("unskip"), takes_in),
        class_name="left-out",
    )


def _ghost(
    label: str, does: rx.event.EventType[()], about: str | rx.Var, thing: str | rx.Var
) -> rx.Component:
    return rx.el.button(
        label,
        type="button",
        on_click=does,
        class_name="btn ghost",
        custom_attrs={"aria-label": f"{label} {about}", THING: thing},
    )


def _outcome(one: rx.Var[OutcomeLine]) -> rx.Component:
    return link(
        message_status(status=one.status, needs_me=False),
        rx.el.span(one.count, class_name="num val"),
        icon("chevron_right"),
        href=one.href,
        class_name="choice",
    )
