"""Set-up, sign-in and sign-up: one card each, posted plainly."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.banner import failure, mode_banner
from wasched.ui.components.forms import PostForm, field, refusal, text_input
from wasched.ui.components.icons import mark
from wasched.ui.components.links import link, text_link
from wasched.ui.components.newcomer import about_me, email, my_zone, password, typed
from wasched.ui.entrance_words import WHAT_OWNERS_SEE
from wasched.ui.states.entrance import EntranceState
from wasched.ui.states.first_phone import FirstPhoneState
from wasched.ui.states.newcomer import NewcomerState

_INDEPENDENT = "wasched is independent software, not made by WhatsApp or Meta."


def sign_in() -> rx.Component:
    """Sign in, and go where one wanted to go."""
    return _door(
        _form(
            rx.el.h1("Sign in"),
            rx.el.p("to ", EntranceState.router.url.netloc, class_name="small muted"),
            email(""),
            field("password", "Password", password("", "current-password")),
            rx.el.input(type="hidden", name="next", value=EntranceState.next, read_only=True),
            refusal(EntranceState.error),
            _button("Sign in"),
            action="/auth/sign-in",
        ),
        after=rx.fragment(
            "Forgot your password? Ask the person who runs this server to set a new one. ",
            rx.cond(
                EntranceState.is_open,
                rx.fragment("No account yet? ", text_link("Sign up", routes.SIGN_UP)),
                "No account yet? Ask them for an invitation.",
            ),
        ),
    )


def set_up() -> rx.Component:
    """The first visit: make the owner, in two steps of one form that scripts/steps.js turns."""
    return _door(
        _form(
            rx.el.h1("Set up this server"),
            _step("1 of 3: you", about_me(), rx.cond(EntranceState.is_stranger, _token())),
            _step("2 of 3: your time zone", my_zone(), class_name="step later"),
            refusal(rx.cond(EntranceState.field == "", EntranceState.error, "")),
            _button("Go on"),
            rx.el.button("Back", type="button", class_name="btn ghost wide back"),
            action="/auth/set-up",
            class_name=rx.cond(EntranceState.field == "zone", "card", "card steps"),
        ),
        after="You become the owner: you see everything, and others join only if you let them.",
    )


def first_phone() -> rx.Component:
    """The last step of setting up, for the owner who has just been made."""
    return _door(
        rx.el.div(
            failure(),
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
            "In practice mode everything works, and nothing leaves this server. ",
            text_link("Not now", routes.HOME),
        ),
    )


def sign_up() -> rx.Component:
    """Make an account where the owner has opened signing up."""
    return _door(
        _form(
            rx.el.h1("Sign up"),
            rx.el.p("at ", EntranceState.router.url.netloc, class_name="small muted"),
            about_me(),
            my_zone(),
            rx.el.input(type="hidden", name="invite", value=EntranceState.invite, read_only=True),
            rx.el.p(WHAT_OWNERS_SEE, class_name="help"),
            refusal(rx.cond(EntranceState.field == "", EntranceState.error, "")),
            _button("Sign up"),
            action="/auth/register",
        ),
        after=rx.fragment("You have an account? ", text_link("Sign in", routes.SIGN_IN)),
    )


def _door(card: rx.Component, after: rx.Component | str) -> rx.Component:
    return rx.el.main(
        mode_banner(),
        rx.el.div(mark(), "wasched", class_name="mark"),
        card,
        rx.el.p(after, class_name="after"),
        rx.el.footer(_INDEPENDENT),
        class_name="door",
    )


def _form(
    *children: rx.Component, action: str, class_name: str | rx.Var[str] = "card"
) -> rx.Component:
    return PostForm.create(*children, action=action, method="post", class_name=class_name)


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
            on_click=NewcomerState.check_word(typed("token")),
            class_name="asks",
        ),
    )


def _button(label: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name="btn primary big wide")
