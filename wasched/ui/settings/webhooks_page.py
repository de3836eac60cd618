"""Webhooks: addresses of other programs that are told what happens."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import plain_link
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell, way_back
from wasched.ui.settings.password_question import password_question
from wasched.ui.settings.shown_once import shown_once
from wasched.ui.settings.webhook_log import webhook_log
from wasched.ui.settings.webhook_log_state import WebhookLogState
from wasched.ui.settings.webhooks_state import WebhooksState
from wasched.ui.settings.webhooks_text import KindChoice, WebhookRow

_WHY = (
    "Another program is told what happens here as soon as it does: this server posts it to an "
    "address of yours, signed by the Standard Webhooks, again and again until it is taken."
)
_ONCE = "The program checks with it that deliveries are from here. You will not see it again."


def webhooks_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        way_back("Settings", routes.SETTINGS),
        page_head("Webhooks"),
        rx.cond(
            WebhooksState.is_loaded,
            rx.el.div(
                rx.el.p(_WHY, " ", _how(), class_name="told"),
                each(WebhooksState.webhooks, _webhook, "id"),
                _form(),
                class_name="settings webhooks",
            ),
            skeleton_rows(4),
        ),
        password_question(),
        title="Webhooks",
        current=routes.SETTINGS,
        back=routes.SETTINGS,
    )


def _how() -> rx.Component:
    return plain_link("What it gets, and how to check it", href="/api/docs", class_name="link")


def _webhook(one: rx.Var[WebhookRow]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(one.host, dir="ltr", class_name="clip"),
        rx.el.p(one.url, dir="ltr", class_name="num small"),
        rx.el.p(
            rx.cond(one.is_well, icon("check"), icon("circle_alert")),
            " ",
            one.standing,
            class_name=rx.cond(one.is_well, "standing", "standing strong"),
        ),
        rx.el.p(one.about),
        rx.cond(WebhooksState.secret_of == one.id, shown_once(WebhooksState.secret, _ONCE)),
        rx.el.div(
            _button("Send a test", one, WebhookLogState.test(one.id), one.is_on),
            _button("Pause", one, WebhooksState.turn(one.id), one.is_on),
            _button("Let it go on", one, WebhooksState.turn(one.id), ~one.is_on),
            _button("Change", one, WebhooksState.edit(one.id)),
            _rotate(one),
            _remove(one),
            class_name="line",
        ),
        webhook_log(one),
        class_name="card part",
    )


def _button(
    word: str, one: rx.Var[WebhookRow], does: rx.event.EventType[()], if_so: rx.Var | bool = True
) -> rx.Component:
    button = rx.el.button(
        word,
        rx.el.span(f" {one.host}", class_name="sr"),
        type="button",
        on_click=does,
        class_name="btn",
    )
    return button if if_so is True else rx.cond(if_so, button)


def _rotate(one: rx.Var[WebhookRow]) -> rx.Component:
    return confirm_dialog(
        rx.el.button(
            "Another secret",
            rx.el.span(f" {one.host}", class_name="sr"),
            type="button",
            class_name="btn",
        ),
        "Make another secret?",
        "Deliveries are signed with both for a day: give the program the new one meanwhile.",
        "Make another",
        "Keep it",
        WebhooksState.rotate(one.id),
    )


def _remove(one: rx.Var[WebhookRow]) -> rx.Component:
    return confirm_dialog(
        rx.el.button(
            "Remove",
            rx.el.span(f" {one.host}", class_name="sr"),
            type="button",
            class_name="btn ghost",
        ),
        f"Remove the webhook to {one.host}?",
        "Nothing more is delivered to it, also not what waits, and its deliveries are forgotten.",
        "Remove",
        "Keep it",
        WebhooksState.remove(one.id),
        ends=True,
    )


def _form() -> rx.Component:
    """For a new one, or for the one that is being changed."""
    is_new = WebhooksState.editing == ""
    return rx.el.section(
        rx.el.h2(rx.cond(is_new, "Add a webhook", "Change the webhook"), id="webhook-form"),
        rx.el.form(
            field(
                "url",
                "Address",
                text_input(
                    "url",
                    WebhooksState.error,
                    type="url",
                    default_value=WebhooksState.url,
                    placeholder="https://example.org/hooks/wasched",
                    auto_complete="off",
                    dir="ltr",
                    max_length=2000,
                ),
                error=WebhooksState.error,
            ),
            _kinds(),
            _texts(),
            rx.el.div(
                rx.el.button(
                    rx.cond(is_new, "Add it", "Save"), type="submit", class_name="btn primary"
                ),
                rx.cond(
                    is_new,
                    rx.fragment(),
                    rx.el.button(
                        "Back",
                        type="button",
                        on_click=WebhooksState.leave_form,
                        class_name="btn",
                    ),
                ),
                class_name="line save",
            ),
            on_submit=WebhooksState.save,
            no_validate=True,
            key=WebhooksState.round.to_string(),
        ),
        class_name="card part",
        custom_attrs={"aria-labelledby": "webhook-form"},
    )


def _kinds() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("What it is told"),
        each(WebhooksState.kinds, _kind, "kind"),
        rx.el.p("None chosen: everything that happens.", class_name="help"),
        class_name="asks f",
    )


def _kind(one: rx.Var[KindChoice]) -> rx.Component:
    return _box(one.name, one.is_taken, one.label)


def _texts() -> rx.Component:
    return rx.el.fieldset(
        rx.el.legend("How much of it"),
        _box("with-texts", WebhooksState.has_texts, "With texts, names and numbers"),
        rx.el.p(
            "Without, it gets ids alone, and asks by the API for what it wants to know.",
            class_name="help",
        ),
        class_name="asks f",
    )


def _box(name: rx.Var[str] | str, is_taken: rx.Var[bool], label: rx.Var[str] | str) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=name, value="yes", default_checked=is_taken),
        label,
        class_name="radio",
    )
