"""What will happen, told before anything is saved, and the button that saves it."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.compose.content.preview import content_preview, preview_head
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.parts.next_times import next_times
from wasched.ui.compose.parts.parts import FORM
from wasched.ui.compose.preview_text import NoteLine
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_fields import NOW
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core.page_calls import focus_on

plan = ComposeState.plan


def preview_side() -> rx.Component:
    """Preview, next times and summary beside the form, and the button."""
    return rx.el.aside(
        rx.el.div(
            preview_head(),
            content_preview(plan.clock),
            rx.cond(
                plan.times.length() > 1,
                rx.el.div(
                    rx.el.h2("The next five"),
                    next_times(plan.times, plan.is_all),
                    class_name="fires",
                ),
            ),
            rx.el.div(
                each(plan.warnings, _warning, "sentence"),
                _spread(),
                rx.el.p(rx.el.b(plan.lead), " ", plan.rest, role="status"),
                _missing(),
                _submit("btn primary big wide"),
                class_name="sum",
            ),
            class_name="card clipped",
        ),
        id="preview",
        class_name="side",
        custom_attrs={"aria-label": "What will happen"},
    )


def action_bar() -> rx.Component:
    """The short form of it at the foot of a phone's page."""
    moment = rx.cond(plan.sentence != "", plan.sentence, "No time chosen yet")
    return rx.el.div(
        rx.el.p(rx.el.b(moment), rx.el.span(plan.short, class_name="clip")),
        _submit("btn primary"),
        class_name="actbar",
    )


def _warning(note: rx.Var[NoteLine]) -> rx.Component:
    return rx.el.p(
        rx.match(
            note.kind,
            ("opted_out", icon("ban", 15)),
            ("not_linked", icon("unlink", 15)),
            ("no_line", icon("cloud_off", 15)),
            ("paused", icon("pause", 15)),
            ("quiet", icon("moon", 15)),
            ("approval", icon("hourglass", 15)),
            ("strangers", icon("users_round", 15)),
            ("risk_strangers", icon("triangle_alert", 15)),
            ("risk_link", icon("triangle_alert", 15)),
            ("risk_much", icon("triangle_alert", 15)),
            ("warm_up", icon("hourglass", 15)),
            ("spread", icon("calendar_days", 15)),
            ("left_out", icon("skip_forward", 15)),
            ("own_date", icon("pencil", 15)),
            ("variables", icon("braces", 15)),
            ("looking_up", icon("search", 15)),
            ("other_form", icon("arrow_left_right", 15)),
            icon("circle_alert", 15),
        ),
        rx.el.span(note.sentence),
        class_name="warns",
    )


def _spread() -> rx.Component:
    """Some would come too late: to be answered before it is saved."""
    return rx.cond(
        plan.spread != "",
        rx.el.div(
            icon("circle_alert", 20),
            rx.el.p(plan.spread, id="spread-says"),
            rx.el.div(
                rx.cond(
                    plan.spread_answer != "",
                    rx.el.button(
                        plan.spread_answer,
                        type="button",
                        on_click=[
                            DraftState.choose("late", plan.spread_late),
                            ComposeState.keep,
                            focus_on("late"),  # the question goes, its answer stays
                        ],
                        class_name="btn",
                    ),
                ),
                rx.cond(
                    plan.is_to_many,
                    rx.el.button(
                        "Choose fewer", type="button", on_click=focus_on("to"), class_name="btn"
                    ),
                ),
                class_name="line",
            ),
            id="spread",
            role="group",
            tab_index=-1,
            class_name="callout",
            custom_attrs={"aria-labelledby": "spread-says"},
        ),
    )


def _missing() -> rx.Component:
    """What is still to do, in quiet words: nobody has pressed the button yet."""
    return rx.cond(
        plan.missing.length() > 0,
        rx.el.ul(each(plan.missing, lambda one: rx.el.li(one), ""), class_name="still"),
    )


def _submit(look: str) -> rx.Component:
    is_now = WhenState.at.mode == NOW
    return rx.el.button(
        rx.cond(is_now, icon("send"), icon("calendar_clock")),
        rx.cond(EditState.shown.id > 0, "Save", rx.cond(is_now, "Send", "Schedule")),
        type="submit",
        form=FORM,
        class_name=look,
    )
