"""How a number is doing: one sentence first, then the counts beside what is usual, and a chart."""

import reflex as rx

from wasched.ui.accounts.health_text import HealthBar, HealthRow
from wasched.ui.accounts.state import AccountsState
from wasched.ui.components.each import each


def health_card() -> rx.Component:
    """For everybody who sees the account."""
    health = AccountsState.health
    return rx.cond(
        health.sentence != "",
        rx.el.section(
            rx.el.h2("How the number is doing"),
            rx.el.p(
                health.sentence,
                class_name=rx.cond(health.is_worse, "standing bad", "standing"),
            ),
            rx.cond(health.mend != "", rx.el.p(health.mend, class_name="help")),
            rx.cond(health.rows.length() > 0, _counts()),
            rx.cond(health.refused != "", rx.el.p(health.refused, class_name="help")),
            rx.cond(health.bars.length() > 0, _chart()),
            class_name="card pace number-health",
            id="health",
        ),
    )


def _counts() -> rx.Component:
    head = [rx.el.th(one, scope="col") for one in ("Of its messages", "Last 7 days", "Usually")]
    return rx.el.table(
        rx.el.thead(rx.el.tr(*head)),
        rx.el.tbody(each(AccountsState.health.rows, _row, "label")),
    )


def _row(row: rx.Var[HealthRow]) -> rx.Component:
    return rx.el.tr(
        rx.el.th(row.label, scope="row"),
        rx.el.td(
            row.now,
            rx.cond(row.is_worse, rx.el.span(", worse", class_name="bad")),
            class_name="num",
        ),
        rx.el.td(row.usual, class_name="num"),
    )


def _chart() -> rx.Component:
    health = AccountsState.health
    return rx.fragment(
        rx.el.div(
            each(health.bars, _bar, "day"),
            class_name="day-bars",
            role="img",
            custom_attrs={"aria-label": health.chart},
        ),
        rx.el.p("Delivered within an hour, day by day for four weeks.", class_name="help"),
        rx.el.details(
            rx.el.summary("The same in numbers"),
            rx.el.ul(each(health.bars, _day, "day")),
        ),
    )


def _bar(bar: rx.Var[HealthBar]) -> rx.Component:
    look = rx.cond(bar.is_empty, "empty", "")
    return rx.el.span(rx.el.span(style={"height": bar.height}), class_name=look)


def _day(bar: rx.Var[HealthBar]) -> rx.Component:
    return rx.el.li(rx.el.span(bar.day), rx.el.span(bar.said, class_name="num"))
