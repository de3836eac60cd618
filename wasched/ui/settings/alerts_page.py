"""Alerts: by which ways somebody is told when something happens, and of what."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.section import save_line, settings_part
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell, way_back
from wasched.ui.settings.alerts_state import AlertsState
from wasched.ui.settings.alerts_text import NO_MAIL, IncidentRow, KindBox, WayRow
from wasched.ui.settings.browser_push_part import browser_push_part

_WHY = (
    "You are told when an account, messages or the server need you: once when it begins and once "
    "when it is over. No text and no recipient is in it."
)
_SERVICES = (
    "An address in Apprise's form: ntfys://HOST/TOPIC, tgram://TOKEN/CHAT, gotifys://HOST/TOKEN, "
    "or what Slack and Discord show for an incoming webhook. It is not shown again."
)


def alerts_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        way_back("Settings", routes.SETTINGS),
        page_head("Alerts"),
        rx.cond(
            AlertsState.is_loaded,
            rx.el.div(
                rx.el.p(_WHY, class_name="told"),
                rx.cond(
                    AlertsState.kinds.length() > 0,
                    rx.fragment(
                        rx.cond(~AlertsState.sends_mail, rx.el.p(NO_MAIL, class_name="told")),
                        each(AlertsState.ways, _way, "id"),
                        browser_push_part(),
                        _form(),
                        _quiet(),
                    ),
                    rx.el.p(
                        "Nothing here would need you: it is for who manages a space, or approves.",
                        class_name="told",
                    ),
                ),
                rx.cond(AlertsState.incidents.length() > 0, _lately()),
                class_name="settings webhooks",
            ),
            skeleton_rows(4),
        ),
        title="Alerts",
        current=routes.SETTINGS,
        back=routes.SETTINGS,
    )


def _way(one: rx.Var[WayRow]) -> rx.Component:
    return rx.el.section(
        rx.el.h2(one.name, dir="auto", class_name="clip"),
        rx.el.p(one.about),
        rx.cond(
            one.fault != "",
            rx.el.p(icon("circle_alert"), " ", one.fault, class_name="standing strong"),
        ),
        rx.el.p(
            rx.cond(AlertsState.testing == one.id, "A test is on its way …", ""),
            AlertsState.tested[one.id],
            role="status",
            class_name="standing",
        ),
        rx.el.div(
            _button("Send a test", one, AlertsState.test(one.id)),
            _button("Change", one, AlertsState.edit(one.id)),
            rx.cond(one.is_mail, rx.fragment(), _remove(one)),
            class_name="line",
        ),
        class_name="card part",
    )


def _button(word: str, one: rx.Var[WayRow], does: rx.event.EventType[()]) -> rx.Component:
    return rx.el.button(
        word,
        rx.el.span(": ", one.name, class_name="sr"),
        type="button",
        on_click=does,
        class_name="btn",
    )


def _remove(one: rx.Var[WayRow]) -> rx.Component:
    return confirm_dialog(
        rx.el.button(
            "Remove",
            rx.el.span(": ", one.name, class_name="sr"),
            type="button",
            class_name="btn ghost",
        ),
        f"Remove {one.name}?",
        "You are told nothing more by it, and its address is forgotten.",
        "Remove",
        "Keep it",
        AlertsState.remove(one.id),
        ends=True,
    )


def _form() -> rx.Component:
    """For a new way, or for of what one tells."""
    is_new = AlertsState.editing == ""
    return rx.el.section(
        rx.el.h2(
            rx.cond(is_new, "Add another way", "Change what is told"),
            id="alert-form",
            tab_index=-1,
        ),
        rx.el.form(
            rx.cond(is_new, _address()),
            rx.el.fieldset(
                rx.el.legend("What you are told of"),
                each(AlertsState.kinds, _kind, "name"),
                class_name="asks f",
            ),
            rx.el.div(
                rx.el.button(
                    rx.cond(is_new, "Add it", "Save"), type="submit", class_name="btn primary"
                ),
                rx.cond(
                    is_new,
                    rx.fragment(),
                    rx.el.button(
                        "Back", type="button", on_click=AlertsState.leave_form, class_name="btn"
                    ),
                ),
                class_name="line save",
            ),
            on_submit=AlertsState.save,
            no_validate=True,
            key=AlertsState.round.to_string(),
        ),
        class_name="card part",
        custom_attrs={"aria-labelledby": "alert-form"},
    )


def _address() -> rx.Component:
    error = rx.cond(AlertsState.field == "address", AlertsState.error, "")
    control = text_input(
        "address",
        error,
        placeholder="ntfys://ntfy.example.org/choir",
        auto_complete="off",
        dir="ltr",
        max_length=2000,
    )
    return field("address", "Address", control, _SERVICES, error)


def _kind(one: rx.Var[KindBox]) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", name=one.name, value="yes", default_checked=one.is_taken),
        one.label,
        class_name="radio",
    )


def _quiet() -> rx.Component:
    return settings_part(
        "quiet",
        "Quiet hours",
        "You are told nothing in them; what came and went meanwhile is told once they end.",
        rx.el.form(
            _clock("quiet_from", "Quiet from", "Empty: no quiet hours"),
            _clock("quiet_to", "until", "In your own time zone"),
            save_line("Save", AlertsState.saved),
            on_submit=AlertsState.save_quiet,
            no_validate=True,
        ),
    )


def _clock(name: str, label: str, help_text: str) -> rx.Component:
    error = rx.cond(AlertsState.field == name, AlertsState.error, "")
    value = AlertsState.quiet[name]
    control = text_input(name, error, default_value=value, key=value, type="time")
    return field(name, label, control, help_text, error)


def _lately() -> rx.Component:
    return rx.el.section(
        rx.el.h2("What was wrong lately"),
        rx.el.ul(each(AlertsState.incidents, _incident), class_name="card rows"),
        class_name="section",
    )


def _incident(one: rx.Var[IncidentRow]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.b(one.title, class_name="clip", dir="auto"),
            rx.cond(
                one.is_over,
                rx.el.span(icon("circle_check", 15), "Over", class_name="status good"),
                rx.el.span(icon("triangle_alert", 15), "Still so", class_name="status bad fill"),
            ),
            class_name="top",
        ),
        rx.el.p(one.when),
        class_name="a-row",
    )
