"""Linking a number that WhatsApp asks for its passkey: three steps for whoever has the phone."""

import reflex as rx

from wasched.services.accounts.passkey_links import ANSWER_FIELD
from wasched.ui.accounts.pairing import codes_part, phone_steps, remove_part
from wasched.ui.accounts.passkey_state import BOOKMARK, PasskeyLinkState
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import plain_link

_WHATSAPP_WEB = "https://web.whatsapp.com"


def passkey_card() -> rx.Component:
    """What is next, after what went wrong with the last answer or attempt."""
    page = PasskeyLinkState.page
    return rx.el.section(
        rx.el.h2("WhatsApp wants to see this number's passkey", class_name="big-title"),
        _wrong(rx.cond(PasskeyLinkState.error != "", PasskeyLinkState.error, page.refusal)),
        rx.match(
            page.step,
            ("begin", _begin()),
            ("wait", rx.el.p("Asking WhatsApp for a code", class_name="muted", role="status")),
            ("scan", _scan()),
            ("show", _show()),
            ("phone", _phone()),
            ("compare", _compare()),
            rx.fragment(),
        ),
        remove_part(),
        class_name="card one-account",
    )


def _wrong(sentence: rx.Var[str]) -> rx.Component:
    return rx.cond(
        sentence != "",
        rx.el.p(icon("circle_alert", 15), sentence, class_name="wrong", role="alert"),
    )


def _begin() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "WhatsApp asks some numbers to prove that it is really you. It takes about two "
            "minutes. This way is new, and was not yet tried with WhatsApp itself: tell us how "
            "it went for you.",
            class_name="muted",
        ),
        rx.el.ul(
            rx.el.li(
                "You need a computer with Chrome, Edge or Firefox. A phone alone will not do."
            ),
            rx.el.li("Have the phone next to it, unlocked, with Bluetooth on."),
            rx.el.li("No passkey yet? On the phone: Settings, Account, Passkeys, Create."),
        ),
        rx.el.button(
            "Begin",
            type="button",
            on_click=PasskeyLinkState.begin,
            class_name="btn primary",
        ),
    )


def _scan() -> rx.Component:
    return rx.fragment(
        _step_of("1", "Scan again"),
        rx.el.p("The phone will then ask for the passkey. Go on here.", class_name="muted"),
        rx.el.div(phone_steps(), codes_part(), class_name="pair"),
    )


def _show() -> rx.Component:
    return rx.fragment(
        _step_of("2", "Show your passkey"),
        rx.el.p("Good until ", PasskeyLinkState.page.until, ".", class_name="muted"),
        rx.el.ol(
            rx.el.li(
                rx.el.span(
                    "Drag this to your bookmarks bar: ",
                    plain_link("Show my passkey", id=BOOKMARK, href="#", class_name="btn"),
                    rx.el.small("No bar? Press Ctrl+Shift+B, on a Mac ⌘⇧B."),
                )
            ),
            rx.el.li(
                rx.el.span(
                    "Open ",
                    plain_link(
                        "WhatsApp Web",
                        href=_WHATSAPP_WEB,
                        target="_blank",
                        rel="noopener noreferrer",
                        class_name="link",
                    ),
                    rx.el.small("Scan nothing there."),
                )
            ),
            rx.el.li(
                rx.el.span(
                    "On that page press the bookmark, then the green button",
                    rx.el.small(
                        "Passkey on the phone? Choose “Use a phone or tablet” and point its "
                        "camera at the code."
                    ),
                )
            ),
            class_name="steps",
        ),
        rx.el.p("You come back here by yourself. Leave WhatsApp open on the phone."),
        _otherwise(),
    )


def _otherwise() -> rx.Component:
    """For whom the bookmark does not work."""
    return rx.el.details(
        rx.el.summary("It does not work?"),
        rx.el.p(
            "Copy the line, press F12 on WhatsApp's page, choose Console, paste it and press "
            "Enter. Chrome first wants the words “allow pasting”."
        ),
        rx.el.button(
            icon("copy"),
            "Copy the line",
            type="button",
            on_click=PasskeyLinkState.copy_line,
            class_name="btn",
        ),
        rx.el.form(
            field(
                ANSWER_FIELD,
                "Did not come back by itself?",
                text_input(ANSWER_FIELD, auto_complete="off"),
                "Paste here what stands behind #passkey= in the address.",
            ),
            rx.el.button("Hand it in", type="submit", class_name="btn"),
            on_submit=PasskeyLinkState.paste,
            no_validate=True,
        ),
    )


def _phone() -> rx.Component:
    page = PasskeyLinkState.page
    return rx.fragment(
        _step_of("3", "Waiting for the phone"),
        rx.el.p(
            "Keep WhatsApp open on the phone.",
            rx.cond(
                page.code != "",
                rx.el.span(
                    " If it shows a code, it is ", rx.el.b(page.code, class_name="num"), "."
                ),
            ),
            role="status",
        ),
    )


def _compare() -> rx.Component:
    return rx.fragment(
        _step_of("3", "Does the phone show this code?"),
        rx.el.p(PasskeyLinkState.page.code, class_name="number-code num", role="status"),
        rx.el.div(
            rx.el.button(
                "Yes, the same",
                type="button",
                on_click=PasskeyLinkState.compare("same"),
                class_name="btn primary",
            ),
            rx.el.button(
                "No",
                type="button",
                on_click=PasskeyLinkState.compare("other"),
                class_name="btn",
            ),
            class_name="line actions",
        ),
    )


def _step_of(number: str, title: str) -> rx.Component:
    return rx.el.h3(f"{number} of 3: {title}")
