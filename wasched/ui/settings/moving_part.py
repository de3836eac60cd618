"""Moving an account to another space: chosen, told, and then done."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.forms import choice_option, field, select_field
from wasched.ui.components.icons import icon
from wasched.ui.components.section import settings_part
from wasched.ui.settings.moving_state import MovingState


def is_moving_shown() -> rx.Var[bool]:
    """True for who manages another space too, and has an account here."""
    return (MovingState.spaces.length() > 0) & (MovingState.accounts.length() > 0)


def moving_part() -> rx.Component:
    """There is nothing of it for who belongs to one space."""
    return rx.cond(
        is_moving_shown(),
        settings_part(
            "move",
            "Move to another space",
            "Takes a phone along to another space that you manage, with its schedules, messages, "
            "people, lists, templates and files.",
            rx.cond(MovingState.plan.length() > 0, _plan(), _choose()),
            words="account join merge",
        ),
    )


def _choose() -> rx.Component:
    return rx.el.form(
        field("phone", "Phone", _select("phone", MovingState.accounts)),
        field("to", "To", _select("to", MovingState.spaces), error=MovingState.error),
        rx.el.div(
            rx.el.button("See what moves", type="submit", class_name="btn"), class_name="line save"
        ),
        on_submit=MovingState.look,
        no_validate=True,
    )


def _select(name: str, choices: rx.Var) -> rx.Component:
    return select_field(name, each(choices, choice_option, "value"))


def _plan() -> rx.Component:
    return rx.el.div(
        icon("circle_help", 20),
        rx.el.div(
            rx.el.h3(MovingState.title, id="move-title", dir="auto", class_name="strong"),
            each(MovingState.plan, lambda one: rx.el.p(one, dir="auto"), ""),
        ),
        rx.el.div(
            rx.el.button(
                "Leave it", type="button", on_click=MovingState.turn_back, class_name="btn"
            ),
            rx.el.button(
                "Move it", type="button", on_click=MovingState.move, class_name="btn primary"
            ),
            class_name="line answers",
        ),
        role="group",
        class_name="callout",
        custom_attrs={"aria-labelledby": "move-title"},
    )
