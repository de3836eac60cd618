"""Set-up, sign-in and sign-up: one card each, posted plainly."""

import reflex as rx

from wasched.ui.components.forms import field, field_refusal, text_input, typed_field
from wasched.ui.components.links import link, text_link
from wasched.ui.core import routes
from wasched.ui.core.refusal_text import WHO_SEES
from wasched.ui.entrance.card import door_button, door_card, door_form, from_address
from wasched.ui.entrance.first_phone_state import FirstPhoneState
from wasched.ui.entrance.network_state import NetworkState
from wasched.ui.entrance.newcomer import about_me, email_field, my_zone, password_field
from wasched.ui.entrance.newcomer_state import NewcomerState
from wasched.ui.entrance.passkey_form import passkey_button, passkey_form
from wasched.ui.entrance.state import EntranceState
from wasched.ui.frame.banner import failure_banner


def sign_in() -> rx.Component:
    """Sign in, and go where one wanted to go."""
    return door_card(
        rx.fragment(_by_password(), passkey_form(EntranceState.next)),
        after=rx.fragment(
            rx.cond(EntranceState.sends_mail, _forgotten_by_mail(), _forgotten()), _no_account()
        ),
    )


def _by_password() -> rx.Component:
    return door_form(
        rx.el.h1("Sign in"),
        rx.el.p("to ", EntranceState.router.url.netloc, class_name="small muted"),
        email_field(""),
        field("password", "Password", password_field("", "current-password")),
        from_address("next", EntranceState.next),
        field_refusal(EntranceState.error),
        door_button("Sign in"),
        rx.cond(EntranceState.knows_passkeys, passkey_button()),
        action="/auth/sign-in",
    )


def _forgotten_by_mail() -> rx.Component:
    return rx.el.p(text_link("Forgot your password?", routes.FORGOT))


def _forgotten() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "Forgot your password? Who runs this server can give you a link to a new one: ",
            "it is made in Settings, beside your name.",
        ),
        rx.el.p(
            "Do you run it? On the server, in its folder, this prints such a link: ",
            rx.el.code(EntranceState.reset_line),
        ),
    )


def _no_account() -> rx.Component:
    return rx.cond(
        EntranceState.is_open,
        rx.el.p("No account yet? ", text_link("Sign up", routes.SIGN_UP)),
        rx.el.p("No account yet? Ask for an invitation."),
    )


def set_up() -> rx.Component:
    """The first visit: make who runs it, in two steps of one form that scripts/steps.js turns."""
    return door_card(
        door_form(
            rx.el.h1("Set up this server"),
            _step("1 of 3: you", about_me(), rx.cond(EntranceState.is_stranger, _token())),
            _step("2 of 3: your time zone", my_zone(), class_name="step later"),
            field_refusal(rx.cond(EntranceState.field == "", EntranceState.error, "")),
            door_button("Go on"),
            rx.el.button("Back", type="button", class_name="btn ghost wide back"),
            action="/auth/set-up",
            class_name=rx.cond(EntranceState.field == "zone", "card", "card steps"),
        ),
        after=rx.fragment(
            rx.el.p(
                "You run this server, and ",
                rx.cond(
                    EntranceState.is_open,
                    "others may sign up as soon as they reach this server: "
                    "ALLOW_REGISTRATION is on.",
                    "others join only if you let them.",
                ),
            ),
            rx.cond(NetworkState.url != "", _on_a_phone()),
        ),
    )


def _on_a_phone() -> rx.Component:
    return rx.fragment(
        rx.el.p("On a phone in the same network, once you are in: ", NetworkState.url),
        rx.el.svg(
            rx.el.rect(width="100%", height="100%", fill="#fff"),
            rx.el.path(fill="#000", d=NetworkState.qr_path),
            view_box=NetworkState.qr_box,
            width="150",
            role="img",
            custom_attrs={
                "aria-label": "QR code of this address",
                "shapeRendering": "crispEdges",
            },
        ),
    )


def first_phone() -> rx.Component:
    """The last step of setting up, for who has just set it up."""
    return door_card(
        rx.el.div(
            failure_banner(),
            rx.el.h1("Set up this server"),
            rx.el.h2("3 of 3: link a phone"),
            rx.el.p(
                "It takes a minute, with the phone in hand. Messages go out from this server, "
                "also while the phone is off."
            ),
            link("Link a phone", href=routes.ACCOUNTS, class_name="btn primary big wide"),
            rx.cond(
                FirstPhoneState.may_practise,
                rx.el.button(
                    "Try it in practice mode first",
                    type="button",
                    on_click=FirstPhoneState.practise,
                    class_name="btn big wide",
                ),
            ),
            class_name="card",
        ),
        after=rx.fragment(
            rx.el.p("In practice mode everything works, and no message leaves this server."),
            rx.el.p(text_link("Not now", routes.HOME)),
        ),
    )


def sign_up() -> rx.Component:
    """Make an account by an invitation, or where signing up is open."""
    return rx.cond(EntranceState.me != "", _join(), _sign_up())


def _join() -> rx.Component:
    """Take an invitation with the account that one has."""
    return door_card(
        door_form(
            rx.el.h1("Join ", rx.el.bdi(EntranceState.joins)),
            rx.el.p("You are signed in as ", rx.el.bdi(EntranceState.me), "."),
            rx.el.input(type="hidden", name="invite", value=EntranceState.invite, read_only=True),
            field_refusal(EntranceState.error),
            door_button("Join"),
            action="/spaces/join",
        ),
        after=rx.fragment(text_link("Not now", routes.HOME)),
    )


def _sign_up() -> rx.Component:
    return door_card(
        door_form(
            rx.el.h1("Sign up"),
            rx.el.p("at ", EntranceState.router.url.netloc, class_name="small muted"),
            about_me(),
            my_zone(),
            from_address("invite", EntranceState.invite),
            rx.el.p(WHO_SEES, class_name="help"),
            field_refusal(rx.cond(EntranceState.field == "", EntranceState.error, "")),
            door_button("Sign up"),
            action="/auth/register",
        ),
        after=rx.fragment(
            "You have an account? ", text_link("Sign in", EntranceState.sign_in_href)
        ),
    )


def _step(title: str, *fields: rx.Component, class_name: str = "step") -> rx.Component:
    return rx.el.section(rx.el.h2(title, tab_index=-1), *fields, class_name=class_name)


def _token() -> rx.Component:
    """Asked of strangers; the hidden button asks the server about it before the next step."""
    control = text_input(
        "token",
        NewcomerState.word_error,
        auto_complete="off",
        required=True,
        placeholder="xxxx-xxxx-xxxx",
    )
    why = (
        "The server cannot be sure that you sit at its own machine, so it wants to know that you "
        "can read its log."
    )
    return rx.fragment(
        field("token", "Word in the server's log", control, why, NewcomerState.word_error),
        rx.el.button(
            type="button",
            hidden=True,
            on_click=NewcomerState.check_word(typed_field("token")),
            class_name="asks",
        ),
    )
