"""The chat bubble that a text becomes."""

import reflex as rx

from wasched.ui.bubble_text import Block, Span


def bubble(
    spans: rx.Var[list[Span]], meta: rx.Var[str] | rx.Component, placeholder: str = ""
) -> rx.Component:
    """An outgoing bubble on its quiet ground; the spans are text, never markup."""
    return rx.el.div(
        rx.el.div(
            rx.cond(
                spans.length() > 0,
                rx.el.p(rx.el.bdi(rx.foreach(spans, _span))),
                rx.el.p(placeholder, class_name="muted"),
            ),
            rx.el.div(meta, class_name="meta"),
            class_name="bubble",
        ),
        class_name="chat",
    )


def bubble_blocks(
    blocks: rx.Var[list[Block]], meta: rx.Var[str] | rx.Component, placeholder: str = ""
) -> rx.Component:
    """An outgoing bubble with its lists, quotes and code, line by line."""
    return rx.el.div(
        rx.el.div(
            rx.cond(
                blocks.length() > 0,
                rx.el.div(rx.foreach(blocks, _block), class_name="blocks", dir="auto"),
                rx.el.p(placeholder, class_name="muted"),
            ),
            rx.el.div(meta, class_name="meta"),
            class_name="bubble",
        ),
        class_name="chat",
    )


def _block(block: rx.Var[Block]) -> rx.Component:
    words = rx.el.bdi(rx.foreach(block.spans, _span))
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


def _span(span: rx.Var[Span]) -> rx.Component:
    return rx.el.span(span.text, class_name=span.look)
