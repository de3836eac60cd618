"""Linking a phone: the QR code with its countdown, and the number code as the other way."""

import reflex as rx

from wasched.ui.accounts.pairing_state import PairingState
from wasched.ui.accounts.state import AccountsState
from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.copying import copy_button
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.segments import segment_row


def pairing_card() -> rx.Component:
    """What to do on the phone, beside what the phone has to see."""
    return rx.el.section(
        rx.el.div(
            rx.el.div(
                rx.el.h2(AccountsState.account.pair_title, class_name="big-title only-desk"),
                rx.el.p(AccountsState.account.sentence, class_name="muted"),
                phone_steps(),
                rx.el.p(
                    "As a linked device this server can read and send in your chats. "
                    "You can end that on the phone at any time.",
                    class_name="help",
                ),
            ),
            codes_part(),
            class_name="pair",
        ),
        remove_part(),
        class_name="card",
    )


def phone_steps() -> rx.Component:
    """What to do on the phone, by the way that is chosen."""
    return rx.cond(PairingState.way == "qr", _qr_steps(), _code_steps())


def codes_part() -> rx.Component:
    """What the phone has to see, by the way that is chosen."""
    codes = rx.cond(PairingState.way == "qr", _qr(), _code())
    return rx.el.div(_ways(), codes, class_name="qr")


def remove_part() -> rx.Component:
    """Letting go of an account that is not linked."""
    name = AccountsState.account.name
    question = confirm_dialog(
        rx.el.button(icon("trash_2"), "Remove", type="button", class_name="btn ghost"),
        f"Remove {name}?",
        "What went out through it stays in Messages.",
        "Remove",
        "Keep it",
        AccountsState.remove,
        ends=True,
    )
    return rx.el.div(question, class_name="let-go")


def _ways() -> rx.Component:
    ways = (("qr", "QR code"), ("code", "Number code"))
    return segment_row(
        "way", "How to link", ways, PairingState.way, PairingState.choose, look="pick"
    )


def _qr_steps() -> rx.Component:
    return _steps(
        _open_whatsapp(),
        _linked_devices(),
        rx.el.span("Tap ", rx.el.b("Link a device"), " and point the camera at the code"),
    )


def _code_steps() -> rx.Component:
    return _steps(
        _open_whatsapp(),
        _linked_devices(),
        rx.el.span(
            "Tap ",
            rx.el.b("Link a device"),
            ", then ",
            rx.el.b("Link with phone number instead"),
            ", and type the code",
        ),
    )


def _open_whatsapp() -> rx.Component:
    account = AccountsState.account
    return rx.el.span(
        "Open WhatsApp on the ",
        rx.el.bdi(account.name),
        " phone",
        rx.cond(account.phone != "", rx.el.small(account.phone, class_name="num")),
    )


def _linked_devices() -> rx.Component:
    return rx.el.span(
        "Tap ",
        rx.el.b("Linked devices"),
        rx.el.small("iPhone: under Settings. Android: behind the three dots"),
    )


def _steps(*steps: rx.Component) -> rx.Component:
    return rx.el.ol(*[rx.el.li(step) for step in steps], class_name="steps")


def _qr() -> rx.Component:
    return rx.cond(
        AccountsState.pairing.qr_path != "",
        rx.fragment(_paper(), _ring(), _waiting()),
        rx.cond(AccountsState.account.state == "connecting", _asking(), _run_out()),
    )


def _paper() -> rx.Component:
    """The code, always black on white, whatever the theme."""
    return rx.el.div(
        rx.el.svg(
            rx.el.path(fill="#000", d=AccountsState.pairing.qr_path),
            view_box=AccountsState.pairing.qr_box,
            width=AccountsState.pairing.qr_width,
            class_name="code",
            role="img",
            custom_attrs={
                "aria-label": "QR code to scan with the phone",
                "shapeRendering": "crispEdges",
            },
        ),
        class_name="paper",
    )


def _ring() -> rx.Component:
    """Counts down by itself in CSS: no tick crosses the line, a new code starts it anew."""
    circle = rx.el.circle(cx="12", cy="12", r="9")
    return rx.el.div(
        rx.el.svg(circle, circle, view_box="0 0 24 24", custom_attrs={"aria-hidden": "true"}),
        rx.el.span("New code in ", rx.el.b()),
        class_name="ring",
        role="timer",
        key=AccountsState.pairing.qr_key,
        style={"--lasts": AccountsState.pairing.qr_lasts, "--age": AccountsState.pairing.qr_age},
    )


def _waiting() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            rx.el.span(
                icon("smartphone", 15), "Waiting for the phone", class_name="status now quiet"
            ),
            class_name="small muted",
            role="status",
        ),
        rx.el.p(
            "Is this the ",
            rx.el.bdi(AccountsState.account.name),
            " phone? It cannot scan its own screen: choose ",
            rx.el.b("Number code"),
            ".",
            class_name="hint only-phone",
        ),
    )


def _asking() -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.el.div(class_name="code bone"), class_name="paper"),
        rx.el.p("Asking WhatsApp for a code", class_name="small muted", role="status"),
        rx.el.div(
            rx.el.p("No code yet. Is the sending part of this server at work?", class_name="help"),
            _again("Try again"),
            class_name="after-30-s",
        ),
    )


def _run_out() -> rx.Component:
    return rx.el.div(
        rx.el.div(_again("Show a new code"), class_name="code gone"), class_name="paper"
    )


def _again(label: str) -> rx.Component:
    return rx.el.button(
        icon("refresh_cw"),
        label,
        type="button",
        on_click=AccountsState.steer("connect"),
        class_name="btn",
    )


def _code() -> rx.Component:
    return rx.fragment(
        rx.cond(
            AccountsState.pairing.code != "",
            rx.el.div(
                rx.el.p(AccountsState.pairing.code, class_name="number-code num"),
                copy_button(AccountsState.pairing.code_plain),
                rx.el.p(
                    "For ",
                    AccountsState.pairing.code_phone,
                    ", good until ",
                    AccountsState.pairing.code_until,
                    class_name="small muted",
                ),
                class_name="paper-plain",
                role="status",
            ),
        ),
        rx.el.form(
            field(
                "phone",
                "Number of this phone",
                text_input(
                    "phone",
                    PairingState.error,
                    type="tel",
                    auto_complete="tel",
                    placeholder="+49 151 0000 0012",
                    default_value=AccountsState.account.phone,
                ),
                rx.fragment(PairingState.number_help),
                rx.cond(
                    PairingState.error != "", PairingState.error, AccountsState.pairing.refusal
                ),
            ),
            rx.el.button(
                rx.cond(AccountsState.pairing.code != "", "Get another code", "Get a code"),
                type="submit",
                class_name=rx.cond(
                    AccountsState.pairing.code != "", "btn wide", "btn primary wide"
                ),
            ),
            on_submit=PairingState.ask_code,
            no_validate=True,
            class_name="ask-code",
        ),
    )
