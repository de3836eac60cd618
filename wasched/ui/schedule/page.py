"""One schedule: its sentence, its next times, what became of it, and what may be done."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.empty import missing_state, skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.links import text_link
from wasched.ui.components.poll_results import poll_results
from wasched.ui.components.series import series_note
from wasched.ui.compose.content.bubbles import content_bubbles
from wasched.ui.core import routes
from wasched.ui.core.facts import Fact
from wasched.ui.frame.layout import page_shell, way_back
from wasched.ui.schedule.approval_part import approval_part
from wasched.ui.schedule.parts import (
    aside_actions,
    chosen_time,
    coming_list,
    outcome_list,
    schedule_buttons,
)
from wasched.ui.schedule.state import ScheduleState

made = ScheduleState.page


def schedule_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        rx.cond(
            ScheduleState.is_loaded,
            rx.cond(
                ScheduleState.is_missing,
                _missing(),
                rx.fragment(_head(), rx.el.div(_main(), _aside(), class_name="two")),
            ),
            skeleton_rows(5),
        ),
        title="Schedule",
        current=routes.MESSAGES,
        back=f"{routes.MESSAGES}?tab=repeating",
        own_heading=True,
    )


def _missing() -> rx.Component:
    return rx.fragment(
        rx.el.h1("Schedule", class_name="sr"),
        missing_state("There is no such page, or it is not yours.", routes.MESSAGES, "Messages"),
    )


def _head() -> rx.Component:
    return rx.fragment(
        way_back("Messages", routes.MESSAGES),
        rx.el.header(
            rx.el.div(rx.el.h1("To ", rx.el.bdi(made.title)), _status(), class_name="title"),
            rx.el.p(made.line, class_name="muted"),
            class_name="message-head",
        ),
    )


def _status() -> rx.Component:
    return rx.match(
        made.status,
        ("paused", _badge("pause", "Paused")),
        ("ended", _badge("check", "Over")),
        ("cancelled", _badge("ban", "Cancelled")),
        rx.match(
            made.approval.state,
            ("waiting", _badge("hourglass", "Waits for approval")),
            ("refused", _badge("undo_2", "Not approved")),
            rx.cond(made.repeats, _badge("repeat", "Repeats"), _badge("clock", "Scheduled")),
        ),
    )


def _badge(name: str, word: str) -> rx.Component:
    return rx.el.span(icon(name, 15), word, class_name="status wait")


def _main() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(made.repeats, icon("repeat", 18), icon("clock", 18)),
            rx.el.div(made.sentence, rx.el.small(made.about)),
            class_name="sentence",
        ),
        approval_part(made.approval),
        series_note(made.series, made.series_href, made.instead),
        rx.cond(
            made.follows != "", rx.el.p(text_link("The message that it follows", made.follows))
        ),
        rx.cond(made.running != "", rx.el.p(made.running, class_name="help", role="status")),
        schedule_buttons(),
        rx.cond(ScheduleState.chosen.length() > 0, chosen_time()),
        coming_list(),
        poll_results(ScheduleState.votes),
        outcome_list(),
        class_name="schedule",
    )


def _aside() -> rx.Component:
    return rx.el.aside(
        rx.el.div(
            content_bubbles(ScheduleState.bubbles, made.clock),
            rx.el.dl(each(ScheduleState.facts, _fact, "term"), class_name="facts"),
            class_name="card clipped",
        ),
        aside_actions(),
    )


def _fact(fact: rx.Var[Fact]) -> rx.Component:
    return rx.el.div(rx.el.dt(fact.term), rx.el.dd(rx.el.bdi(fact.value)))
