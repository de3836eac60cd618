"""Health: one sentence, then each part of the server."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.empty import empty_state, skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.links import text_link
from wasched.ui.components.status import link_state
from wasched.ui.components.tiles import week_tiles
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell
from wasched.ui.health.figures_text import FigureLine
from wasched.ui.health.log_text import LogLine
from wasched.ui.health.questions import LOG, WEEK
from wasched.ui.health.state import HealthState
from wasched.ui.health.text import WAITS, PartLine


def health_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        page_head("Health", HealthState.verdict, _again("btn")),
        rx.el.p(HealthState.verdict, class_name="lede only-phone"),
        rx.cond(HealthState.hint != "", _hint()),
        rx.cond(
            HealthState.is_loaded,
            rx.fragment(
                rx.el.div(
                    rx.el.ul(each(HealthState.parts, _part), class_name="card rows"),
                    rx.el.aside(_week(), custom_attrs={"aria-label": "Figures"}),
                    class_name="two",
                ),
                rx.cond(HealthState.is_admin, _log()),
            ),
            skeleton_rows(3),
        ),
        title="Health",
        current=routes.HEALTH,
        back=routes.MORE,
        bar=_again("btn ghost"),
    )


def _hint() -> rx.Component:
    """That nobody would be told, and where that is changed."""
    return rx.el.div(
        icon("circle_alert"),
        rx.el.span(HealthState.hint, " ", text_link("Set up alerts", routes.ALERTS)),
        class_name="mode",
        role="note",
    )


def _week() -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.el.h2("Last 7 days")),
        _answer_to(WEEK, rx.el.div(*week_tiles(HealthState.week), class_name="card tiles")),
        rx.el.dl(each(HealthState.figures, _figure, "term"), class_name="card facts figures"),
        class_name="section",
    )


def _figure(line: rx.Var[FigureLine]) -> rx.Component:
    value = rx.cond(line.is_wrong, rx.el.dd(line.value, class_name="bad"), rx.el.dd(line.value))
    return rx.el.div(rx.el.dt(line.term), value)


def _answer_to(name: str, answer: rx.Component) -> rx.Component:
    """What a question came to; until then, or if nothing can be read, that."""
    return rx.cond(
        HealthState.faults.contains(name),
        rx.el.p(
            icon("circle_alert", 15),
            HealthState.faults[name],
            class_name="wrong card",
            role="alert",
        ),
        rx.cond(
            HealthState.waits.contains(name), rx.el.p(WAITS, class_name="card empty muted"), answer
        ),
    )


def _again(look: str) -> rx.Component:
    return rx.el.button(
        icon("refresh_cw"),
        "Look again",
        type="button",
        on_click=HealthState.look,
        class_name=look,
    )


def _part(part: rx.Var[PartLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(part.name, class_name="clip", dir="auto"),
            rx.cond(part.state != "", link_state(state=part.state), _look(part.look)),
            class_name="top",
        ),
        rx.el.p(part.sentence, " ", part.times),
        class_name=rx.cond(part.look == "unread", "a-row bad", "a-row"),
    )


def _look(look: rx.Var[str]) -> rx.Component:
    bad = "status bad fill"
    return rx.match(
        look,
        ("works", rx.el.span(icon("circle_check", 15), "Works", class_name="status good")),
        ("broken", rx.el.span(icon("triangle_alert", 15), "Does not work", class_name=bad)),
        ("unread", rx.el.span(icon("circle_alert", 15), "Cannot be read", class_name=bad)),
        rx.fragment(),
    )


def _log() -> rx.Component:
    """What api and worker have warned of, for who runs the server."""
    return rx.el.section(
        rx.el.header(rx.el.h2("Log")),
        _answer_to(
            LOG,
            rx.cond(
                HealthState.log.length() > 0,
                rx.el.ol(each(HealthState.log, _log_line), class_name="card rows log"),
                empty_state("Nothing to report."),
            ),
        ),
        class_name="section",
    )


def _log_line(line: rx.Var[LogLine]) -> rx.Component:
    warning = rx.el.span(icon("triangle_alert", 15), "Warning", class_name="status ask")
    error = rx.el.span(icon("circle_x", 15), "Error", class_name="status bad")
    return rx.el.li(
        rx.el.div(
            rx.cond(line.is_error, error, warning),
            rx.el.span(line.part),
            rx.el.span(line.at, class_name="num"),
            rx.cond(line.often != "", rx.el.span(line.often, class_name="num")),
            class_name="line small muted",
        ),
        rx.el.p(line.sentence),
        rx.cond(
            line.details != "",
            rx.el.details(
                rx.el.summary("Details", class_name="link plain"), rx.el.pre(line.details)
            ),
        ),
        class_name="a-row",
    )
