"""The chat bubble that a text becomes."""

import reflex as rx

from wasched.ui.components.each import each_place
from wasched.ui.core.bubble_text import Block, Span


def bubble_blocks(
    blocks: rx.Var[list[Block]], meta: rx.Var[str] | rx.Component, placeholder: str = ""
) -> rx.Component:
    """An outgoing bubble with its lists, quotes and code, line by line."""
    words = rx.cond(blocks.length() > 0, lines(blocks), rx.el.p(placeholder, class_name="muted"))
    return on_ground(bubble_inside(words, meta))


def on_ground(*bubbles: rx.Component | rx.Var) -> rx.Component:
    """The quiet ground that bubbles stand on."""
    return rx.el.div(*bubbles, class_name="chat")


def bubble_inside(inside: rx.Component | rx.Var, meta: rx.Var[str] | rx.Component) -> rx.Component:
    """A bubble without its ground."""
    return rx.el.div(inside, rx.el.div(meta, class_name="meta"), class_name="bubble")


def lines(blocks: rx.Var[list[Block]]) -> rx.Component:
    """Formatted words, line by line; they are text, never markup."""
    return rx.el.div(each_place(blocks, _block), class_name="blocks", dir="auto")


def _block(block: rx.Var[Block], _place: rx.Var[int]) -> rx.Component:
    words = rx.el.bdi(each_place(block.spans, _span))
    return rx.el.div(
        rx.match(
            block.kind,
            ("bullet", rx.el.span("•", class_name="point")),
            ("number", rx.el.span(block.number, class_name="point")),
            rx.fragment(),
        ),
        words,
        class_name=f"b-{block.kind}",
    )


def _span(span: rx.Var[Span], _place: rx.Var[int]) -> rx.Component:
    return rx.el.span(span.text, class_name=span.look)
