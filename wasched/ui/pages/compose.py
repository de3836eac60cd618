"""Compose: who, what, when, and the sentence that says what will happen."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.bubble import bubble
from wasched.ui.components.empty import missing
from wasched.ui.components.forms import select
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.components.recipients import recipients_field
from wasched.ui.components.zones import ZONES_ID, zone_list
from wasched.ui.layout import shell
from wasched.ui.rows import AccountLine
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.when import Pick, WhenState
from wasched.ui.when import LATE_CHOICES

_FORM = "compose"
_LONG = 4096
"""Above so many characters phones hide the rest of a text."""


def page() -> rx.Component:
    """The whole page."""
    return shell(
        _head(),
        # The form stays while the line comes back: nothing that is being typed may go.
        rx.cond(
            ComposeState.is_loaded & (ComposeState.accounts.length() == 0),
            _no_account(),
            _columns(),
        ),
        title="New message",
        current=routes.COMPOSE,
        back=routes.HOME,
        focus=True,
    )


def _head() -> rx.Component:
    close = link(
        icon("x", 20),
        href=routes.HOME,
        class_name="btn ghost square",
        custom_attrs={"aria-label": "Close"},
    )
    return rx.el.header(
        rx.el.div(close, rx.el.h1("New message"), class_name="closing"),
        class_name="head only-desk",
    )


def _no_account() -> rx.Component:
    sentence = "Link a phone first: messages go out through it."
    return missing(sentence, routes.ACCOUNTS, "Link a phone")


def _columns() -> rx.Component:
    return rx.fragment(
        rx.el.div(
            rx.el.div(
                recipients_field(),
                rx.el.form(
                    _message(),
                    _when(),
                    _rest(),
                    id=_FORM,
                    on_submit=ComposeState.submit,
                    no_validate=True,
                ),
            ),
            _side(),
            class_name="compose",
        ),
        rx.el.div(
            rx.el.p(rx.el.b(_moment(), class_name="clip"), _people(), class_name="clip"),
            _submit("btn primary"),
            class_name="actbar",
        ),
    )


def _message() -> rx.Component:
    return rx.el.div(
        rx.el.label("Message", html_for="text"),
        rx.el.div(
            rx.debounce_input(
                rx.el.textarea(
                    id="text",
                    name="text",
                    dir="auto",
                    value=ComposeState.text,
                    on_change=[ComposeState.write, ComposeState.keep],
                    custom_attrs={"aria-describedby": "text-error"},
                ),
                debounce_timeout=250,
            ),
            class_name=rx.cond(ComposeState.field == "text", "editor bad", "editor"),
        ),
        _wrong("text"),
        rx.el.p("Formats: *bold*, _italic_, ~strike~, `code`.", class_name="help"),
        class_name="block",
    )


def _when() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.span("When", class_name="label"),
            rx.el.div(
                _mode(True, "Now"),
                _mode(False, "Once"),
                class_name="segments",
                role="group",
                custom_attrs={"aria-label": "When"},
            ),
            class_name="line when-line",
        ),
        rx.cond(WhenState.is_now, rx.fragment(), _time_fields()),
        _wrong("day"),
        _wrong("clock"),
        _wrong("zone"),
        _sentence(),
        class_name="block",
    )


def _mode(is_now: bool, label: str) -> rx.Component:
    pressed = WhenState.is_now == is_now
    return rx.el.button(
        label,
        type="button",
        on_click=[WhenState.set_now(is_now), ComposeState.keep],
        custom_attrs={"aria-pressed": rx.cond(pressed, "true", "false")},
    )


def _time_fields() -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.foreach(WhenState.picks, _pick), class_name="line picks"),
        rx.el.div(
            rx.el.span("On"),
            rx.el.div(_time_field("day", "Date", "date", WhenState.day), class_name="line"),
            rx.el.span("At"),
            rx.el.div(
                _time_field("clock", "Time", "time", WhenState.clock),
                _time_field("zone", "Time zone", "text", WhenState.zone, list=ZONES_ID),
                class_name="line",
            ),
            class_name="repeat",
        ),
        zone_list(),
    )


def _time_field(
    name: str, label: str, kind: str, value: rx.Var[str], **props: object
) -> rx.Component:
    return rx.el.span(
        rx.debounce_input(
            rx.el.input(
                id=name,
                name=name,
                type=kind,
                value=value,
                on_change=lambda typed: [WhenState.set_time(name, typed), ComposeState.keep],
                custom_attrs={"aria-label": label, "aria-describedby": f"{name}-error"},
                **props,
            ),
            debounce_timeout=250,
        ),
        class_name=rx.cond(ComposeState.field == name, f"field {name} bad", f"field {name}"),
    )


def _pick(pick: rx.Var[Pick]) -> rx.Component:
    return rx.el.button(
        pick.label,
        type="button",
        on_click=[WhenState.pick(pick.day, pick.clock), ComposeState.keep],
        class_name="btn small-btn",
    )


def _sentence() -> rx.Component:
    return rx.cond(
        WhenState.moment != "",
        rx.el.div(
            icon("clock", 18),
            rx.el.div(WhenState.moment, rx.el.small(WhenState.about)),
            class_name="sentence",
            role="status",
        ),
        rx.el.p(WhenState.about, class_name="help"),
    )


def _rest() -> rx.Component:
    return rx.el.div(
        rx.el.label("From", html_for="account"),
        select("account", rx.foreach(ComposeState.accounts, _account)),
        _wrong("account"),
        rx.el.label("If it is late, send it", html_for="late", class_name="second"),
        select(
            "late",
            *[rx.el.option(words, value=str(seconds)) for seconds, words in LATE_CHOICES],
            default_value="1800",
        ),
        rx.el.p("After that it counts as missed and you are asked.", class_name="help"),
        class_name="block last",
    )


def _account(account: rx.Var[AccountLine]) -> rx.Component:
    return rx.el.option(account.name, value=account.id)


def _side() -> rx.Component:
    return rx.el.aside(
        rx.el.div(
            rx.el.div(rx.el.h2("Preview"), class_name="card-head"),
            bubble(ComposeState.spans, WhenState.clock, "Your message"),
            rx.el.div(
                rx.cond(
                    ComposeState.text.length() > _LONG,
                    rx.el.p(
                        f"Above {_LONG:,} characters (now ",
                        ComposeState.text.length(),
                        ') phones hide the rest behind "Read more".',
                    ),
                ),
                rx.el.p(rx.el.b("To: "), _people()),
                rx.el.p(rx.el.b("When: "), _moment()),
                _submit("btn primary big wide"),
                class_name="sum",
            ),
            class_name="card clipped",
        ),
        id="preview",
        class_name="side",
    )


def _moment() -> rx.Var[str]:
    return rx.cond(WhenState.moment != "", WhenState.moment, "No time chosen yet")


def _people() -> rx.Var[str]:
    count = RecipientsState.chips.length()
    return rx.match(
        count,
        (0, "Nobody yet"),
        (1, RecipientsState.chips[0].name),
        f"{count} recipients",
    )


def _submit(look: str) -> rx.Component:
    return rx.el.button(
        rx.cond(WhenState.is_now, icon("send"), icon("calendar_clock")),
        rx.cond(WhenState.is_now, "Send", "Schedule"),
        type="submit",
        form=_FORM,
        class_name=look,
    )


def _wrong(name: str) -> rx.Component:
    """The sentence about a field, where the field's description points."""
    return rx.el.div(
        rx.cond(
            ComposeState.field == name,
            rx.el.p(icon("circle_alert", 15), ComposeState.error, class_name="wrong"),
        ),
        id=f"{name}-error",
    )
