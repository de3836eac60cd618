"""What was delivered to a webhook, below it."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.settings.webhook_log_state import WebhookLogState
from wasched.ui.settings.webhooks_text import DeliveryRow, WebhookRow


def webhook_log(one: rx.Var[WebhookRow]) -> rx.Component:
    """A button that opens and closes it, and what it opens."""
    is_open = WebhookLogState.shown == one.id
    return rx.fragment(
        rx.el.button(
            "Deliveries",
            rx.el.span(f" {one.host}", class_name="sr"),
            type="button",
            on_click=WebhookLogState.show(one.id),
            class_name="btn ghost",
            custom_attrs={"aria-expanded": rx.cond(is_open, "true", "false")},
        ),
        rx.cond(is_open, _log()),
    )


def _log() -> rx.Component:
    return rx.fragment(
        rx.cond(
            WebhookLogState.deliveries.length() > 0,
            rx.el.ul(each(WebhookLogState.deliveries, _delivery, "id"), class_name="rows"),
            rx.el.p("Nothing was delivered in the last seven days."),
        ),
        rx.cond(
            WebhookLogState.has_more,
            rx.el.button(
                "Show more",
                type="button",
                on_click=WebhookLogState.show_more,
                class_name="btn second",
            ),
        ),
    )


def _delivery(one: rx.Var[DeliveryRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(
                rx.el.span(one.what, class_name="strong"),
                rx.el.span(" ", one.when, class_name="small muted"),
            ),
            rx.el.div(
                one.outcome,
                class_name=rx.cond(one.is_well, "small muted", "small strong"),
            ),
            rx.cond(
                one.answer != "",
                rx.el.details(
                    rx.el.summary("What it answered", class_name="small"),
                    rx.el.pre(one.answer, class_name="num small answered", dir="auto"),
                ),
            ),
        ),
        rx.el.button(
            "Send again",
            rx.el.span(f" {one.what} {one.when}", class_name="sr"),
            type="button",
            on_click=WebhookLogState.send_again(one.id),
            class_name="btn ghost",
        ),
        class_name="person",
    )
