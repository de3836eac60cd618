"""Health: one sentence, then each part of the server."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.status import link_state
from wasched.ui.components.tiles import week_tiles
from wasched.ui.figure_lines import FigureLine
from wasched.ui.layout import head, shell
from wasched.ui.states.health import HealthState, Part


def page() -> rx.Component:
    """The whole page."""
    return shell(
        head("Health", HealthState.verdict, _again("btn")),
        rx.el.p(HealthState.verdict, class_name="lede only-phone"),
        rx.cond(
            HealthState.is_loaded,
            rx.el.div(
                rx.el.ul(rx.foreach(HealthState.parts, _part), class_name="card rows"),
                rx.el.aside(_week(), custom_attrs={"aria-label": "Figures"}),
                class_name="two",
            ),
            skeleton_rows(3),
        ),
        title="Health",
        current=routes.HEALTH,
        back=routes.MORE,
        bar=_again("btn ghost"),
    )


def _week() -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.el.h2("Last 7 days")),
        rx.el.div(*week_tiles(HealthState.week), class_name="card tiles"),
        rx.el.dl(rx.foreach(HealthState.figures, _figure), class_name="card facts figures"),
        class_name="section",
    )


def _figure(line: rx.Var[FigureLine]) -> rx.Component:
    return rx.el.div(rx.el.dt(line.term), rx.el.dd(line.value))


def _again(look: str) -> rx.Component:
    return rx.el.button(
        icon("refresh_cw"),
        "Look again",
        type="button",
        on_click=HealthState.refresh,
        class_name=look,
    )


def _part(part: rx.Var[Part]) -> rx.Component:
    works = rx.el.span(icon("circle_check", 15), "Works", class_name="status good")
    broken = rx.el.span(icon("triangle_alert", 15), "Does not work", class_name="status bad fill")
    return rx.el.li(
        rx.el.div(
            rx.el.b(rx.el.bdi(part.name), class_name="clip"),
            rx.cond(
                part.state != "", link_state(state=part.state), rx.cond(part.ok, works, broken)
            ),
            class_name="top",
        ),
        rx.el.p(part.sentence),
        class_name="a-row",
    )
