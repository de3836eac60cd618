"""The chat bubble that a text becomes."""

import reflex as rx

from wasched.ui.bubble_text import Span


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


def _span(span: rx.Var[Span]) -> rx.Component:
    return rx.el.span(span.text, class_name=span.look)
