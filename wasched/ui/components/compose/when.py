"""When a message goes out: the fields, and the sentence that says what they mean."""

import reflex as rx

from wasched.ui.components.compose.fields import at, clock_line, short_months, time_field
from wasched.ui.components.compose.parts import wrong
from wasched.ui.components.compose.repeat import repeat_fields, repeat_wrong
from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.segments import segments
from wasched.ui.components.zones import zone_list
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.when import Pick, WhenState
from wasched.ui.when import NOW, ONCE, REPEAT, TYPED

_MODES = ((NOW, "Now"), (ONCE, "Once"), (REPEAT, "Repeats"))


def when_block() -> rx.Component:
    """Now, at a time, or again and again."""
    return rx.el.div(
        rx.el.div(
            rx.el.span("When", class_name="label"),
            segments(
                "mode",
                "When",
                _MODES,
                at.mode,
                lambda mode: [WhenState.fill("mode", mode), ComposeState.keep],
                key=WhenState.shown,
            ),
            class_name="line when-line",
        ),
        rx.el.div(_fields(), _sentence(), _other_way(), class_name="of-mode"),
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
            (TYPED, rx.fragment(_phrase(), short_months(), wrong("phrase"))),
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


def _phrase() -> rx.Component:
    return rx.el.div(
        time_field(
            "phrase",
            "When, in your words",
            "text",
            at.phrase,
            placeholder="every weekday at 9",
            auto_complete="off",
        ),
        rx.el.p(
            "As in “every tuesday 6pm until end of june”, “first Monday of the month 08:30” "
            "or “tomorrow at 8”.",
            class_name="help",
        ),
        class_name="phrase-line",
    )


def _sentence() -> rx.Component:
    plan = ComposeState.plan
    return rx.cond(
        plan.sentence != "",
        rx.el.div(
            rx.cond(plan.times.length() > 1, icon("repeat", 18), icon("clock", 18)),
            rx.el.div(plan.sentence, rx.el.small(plan.about)),
            class_name="sentence",
            role="status",
        ),
        rx.el.p(plan.about, class_name="help"),
    )


def _other_way() -> rx.Component:
    return rx.match(
        at.mode,
        (NOW, rx.fragment()),
        (TYPED, _switch("Choose it instead", REPEAT)),
        _switch("Type it instead", TYPED),
    )


def _switch(label: str, mode: str) -> rx.Component:
    button = rx.el.button(
        label,
        type="button",
        on_click=[WhenState.fill("mode", mode), ComposeState.keep],
        class_name="link plain",
    )
    return rx.el.p(button, class_name="help")
