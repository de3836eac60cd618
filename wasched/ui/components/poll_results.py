"""The votes on a poll: a bar for each option with its number beside it, and who chose what."""

import reflex as rx

from wasched.ui.components.each import each, each_place
from wasched.ui.components.icons import icon
from wasched.ui.components.links import plain_link
from wasched.ui.core.votes_text import AnswerLine, OptionBar, PollPanel, ReactionPanel


def poll_results(panels: rx.Var[list[PollPanel]]) -> rx.Component:
    """All panels of a page; nothing where no poll was sent."""
    return each(panels, _panel, "key")


def reaction_results(shown: rx.Var[ReactionPanel]) -> rx.Component:
    """Which emojis, how often, and folded by whom."""
    panel = rx.el.section(
        rx.el.h2("Reactions"),
        rx.el.details(
            rx.el.summary(shown.summary),
            rx.el.ul(each_place(shown.people, _answer), class_name="answers"),
        ),
        class_name="poll-results",
    )
    return rx.cond(shown.summary != "", panel)


def _panel(panel: rx.Var[PollPanel]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(panel.title),
        rx.el.p(rx.el.bdi(panel.question), class_name="asked"),
        rx.el.p(panel.summary, class_name="num turnout"),
        rx.el.ul(each(panel.bars, _option, "text"), class_name="options"),
        rx.cond(panel.note != "", rx.el.p(panel.note, class_name="help")),
        rx.cond(panel.voters.length() > 0, _by_person(panel)),
        class_name="poll-results",
    )


def _option(option: rx.Var[OptionBar]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.bdi(option.text),
            rx.el.span(option.said, class_name="num"),
            class_name="of-option",
        ),
        rx.el.div(
            rx.el.span(style={"width": option.width}),
            class_name="bar",
            custom_attrs={"aria-hidden": "true"},
        ),
    )


def _by_person(panel: rx.Var[PollPanel]) -> rx.Component:
    return rx.fragment(
        rx.el.details(
            rx.el.summary("By person: ", panel.listing),
            rx.el.ul(each_place(panel.voters, _answer), class_name="answers"),
            rx.cond(panel.more != "", rx.el.p(panel.more, class_name="help")),
        ),
        rx.cond(
            panel.export != "",
            plain_link(icon("download"), "Votes as a file", href=panel.export, class_name="btn"),
        ),
    )


def _answer(line: rx.Var[AnswerLine], _place: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.bdi(line.name),
        rx.el.bdi(line.said, class_name="chose"),
        rx.el.small(line.when, class_name="num muted"),
    )
