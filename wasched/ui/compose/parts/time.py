"""When a message goes out: the fields, and the sentence that says what they mean."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.segments import segment_row
from wasched.ui.components.zones import zone_list
from wasched.ui.compose.parts.fields import at, clock_line, short_months, time_field
from wasched.ui.compose.parts.parts import wrong
from wasched.ui.compose.parts.repeat import repeat_fields, repeat_wrong
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_fields import NOW, ONCE, REPEAT, TYPED
from wasched.ui.compose.time_state import Pick, WhenState

_MODES = ((NOW, "Now"), (ONCE, "Once"), (REPEAT, "Repeats"))


def when_block() -> rx.Component:
    """Now, at a time, or again and again."""
    return rx.el.div(
        rx.el.label("When", html_for="phrase"),
        _words(),
        rx.el.div(
            rx.el.span("Or choose it", class_name="muted"),
            segment_row(
                "mode",
                "When",
                _MODES,
                at.mode,
                lambda mode: [WhenState.fill("mode", mode), ComposeState.keep],
                key=WhenState.shown,
            ),
            class_name="line when-line",
        ),
        rx.el.div(_fields(), _sentence(), class_name="of-mode"),
        # Until the server has answered a press, what stands here is of another way: it fades.
        custom_attrs={"data-mode": at.mode},
        class_name="block when",
    )


def _fields() -> rx.Component:
    return rx.fragment(
        rx.match(
            at.mode,
            (NOW, rx.fragment()),
            (REPEAT, rx.fragment(repeat_fields(), short_months(), repeat_wrong())),
            (TYPED, short_months()),
            _once(),
        ),
        wrong("day"),
        wrong("clock"),
        wrong("zone"),
        zone_list(),
    )


def _once() -> rx.Component:
    return rx.fragment(
        rx.el.div(each(WhenState.picks, _pick, "label"), class_name="line picks"),
        rx.el.div(
            rx.el.span("On"),
            rx.el.div(time_field("day", "Date", "date", at.day), class_name="line"),
            rx.el.span("At"),
            clock_line(),
            class_name="repeat",
        ),
    )


def _pick(pick: rx.Var[Pick]) -> rx.Component:
    is_chosen = (at.day == pick.day) & (at.clock == pick.clock)
    return rx.el.button(
        pick.label,
        type="button",
        on_click=[WhenState.pick(pick.day, pick.clock, pick.label), ComposeState.keep],
        class_name="btn small-btn",
        key=pick.label,
        custom_attrs={"aria-pressed": rx.cond(is_chosen, "true", "false")},
    )


def _words() -> rx.Component:
    """The quickest way; the fields below say the same, whichever of the two is filled in."""
    return rx.el.div(
        time_field(
            "phrase",
            "When, in your words",
            "text",
            WhenState.words,
            placeholder="tomorrow 18:00, every other Tuesday at 9, …",
            auto_complete="off",
        ),
        wrong("phrase"),
        class_name="phrase-line",
    )


def _sentence() -> rx.Component:
    """What it comes to, or what is missing: one place, so that who hears the page hears both."""
    plan = ComposeState.plan
    said = rx.el.div(
        rx.cond(plan.times.length() > 1, icon("repeat", 18), icon("clock", 18)),
        rx.el.div(plan.sentence, rx.el.small(plan.about)),
        class_name="sentence",
    )
    missing = rx.el.p(plan.about, class_name="help")
    return rx.el.div(rx.cond(plan.sentence != "", said, missing), role="status")
