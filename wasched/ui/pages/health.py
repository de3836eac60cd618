"""Health: one sentence, then each part of the server."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.layout import head, shell
from wasched.ui.states.health import HealthState, Part


def page() -> rx.Component:
    """The whole page."""
    return shell(
        head("Health", _verdict(), _again()),
        rx.el.p(_verdict(), class_name="lede only-phone"),
        rx.cond(
            HealthState.is_loaded,
            rx.el.ul(rx.foreach(HealthState.parts, _part), class_name="card rows"),
            skeleton_rows(3),
        ),
        title="Health",
        current=routes.HEALTH,
        back=routes.MORE,
    )


def _verdict() -> rx.Var[str]:
    return rx.cond(
        HealthState.is_loaded,
        rx.cond(HealthState.is_well, "All is well.", "Something does not work."),
        "",
    )


def _again() -> rx.Component:
    return rx.el.button(
        icon("refresh_cw"),
        "Look again",
        type="button",
        on_click=HealthState.refresh,
        class_name="btn",
    )


def _part(part: rx.Var[Part]) -> rx.Component:
    works = rx.el.span(icon("circle_check", 15), "Works", class_name="status good")
    broken = rx.el.span(icon("triangle_alert", 15), "Does not work", class_name="status bad fill")
    return rx.el.li(
        rx.el.div(
            rx.el.b(rx.el.bdi(part.name), class_name="clip"),
            rx.cond(part.ok, works, broken),
            class_name="top",
        ),
        rx.el.p(part.sentence),
        class_name="a-row",
    )
