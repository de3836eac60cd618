"""Replies as rows: who wrote what to which message, and the ways to answer."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, plain_link
from wasched.ui.messages.replies_state import RepliesState
from wasched.ui.messages.replies_text import ReplyLine


def reply_list(lines: rx.Var[list[ReplyLine]], *, names_message: bool = True) -> rx.Component:
    """The rows; `names_message` where they answer different ones."""

    def row(line: rx.Var[ReplyLine]) -> rx.Component:
        return _row(line, names_message)

    return rx.el.ul(each(lines, row, "id"), class_name="card rows")


def _row(line: rx.Var[ReplyLine], names_message: bool) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            _author(line),
            rx.cond(line.kind != "", rx.el.p(line.kind, class_name="muted")),
            rx.cond(line.text != "", rx.el.p(line.text, dir="auto", class_name="words")),
            rx.cond(
                line.handled != "",
                rx.el.p("Keyword: ", rx.el.bdi(line.handled), class_name="small muted"),
            ),
            _about(line) if names_message else rx.fragment(),
            class_name="clip",
        ),
        rx.el.div(_ways(line), class_name="acts"),
        class_name="reply-row",
    )


def _author(line: rx.Var[ReplyLine]) -> rx.Component:
    name = rx.el.bdi(line.author)
    return rx.el.div(
        rx.cond(
            line.author_href != "",
            link(name, href=line.author_href, class_name="strong"),
            rx.el.b(name),
        ),
        rx.cond(line.group != "", rx.el.small("in ", rx.el.bdi(line.group))),
        rx.el.small(line.when, class_name="muted"),
        rx.cond(line.is_edited, rx.el.small("edited", class_name="muted")),
        rx.cond(
            line.answered != "",
            rx.el.small(
                icon("check", 15), "Answered", title=line.answered, class_name="status good"
            ),
        ),
        class_name="author",
    )


def _about(line: rx.Var[ReplyLine]) -> rx.Component:
    return rx.el.p(
        rx.cond(line.matched == "quotes", "Quotes ", "After "),
        link("“", rx.el.bdi(line.about), "”", href=line.about_href, class_name="link"),
        class_name="small muted",
    )


def _ways(line: rx.Var[ReplyLine]) -> rx.Component:
    return rx.fragment(
        rx.cond(
            line.answer_href != "",
            link(
                icon("reply"),
                "Answer",
                rx.el.span(" ", line.author, class_name="sr"),
                href=line.answer_href,
                class_name="btn",
            ),
        ),
        rx.cond(
            line.chat_href != "",
            plain_link(
                icon("external_link"),
                "Chat",
                rx.el.span(" with ", line.author, " on WhatsApp", class_name="sr"),
                href=line.chat_href,
                class_name="btn ghost",
                custom_attrs={"target": "_blank", "rel": "noreferrer"},
            ),
        ),
        rx.cond(
            line.may_mark,
            rx.cond(
                line.answered != "",
                _mark(line, "Mark not answered", False),
                _mark(line, "Mark answered", True),
            ),
        ),
    )


def _mark(line: rx.Var[ReplyLine], word: str, is_answered: bool) -> rx.Component:
    return rx.el.button(
        icon("check") if is_answered else icon("undo_2"),
        word,
        type="button",
        on_click=RepliesState.mark(line.id, is_answered),
        class_name="btn ghost",
    )
