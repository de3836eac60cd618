"""Set-up, sign-in and sign-up: one card each, posted plainly."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.banner import mode_banner
from wasched.ui.components.forms import PostForm, field, password_input, refusal, text_input
from wasched.ui.components.icons import mark
from wasched.ui.components.links import text_link
from wasched.ui.components.zones import ZONES_ID, zone_list
from wasched.ui.states.entrance import EntranceState

_INDEPENDENT = "wasched is independent software, not made by WhatsApp or Meta."


def sign_in() -> rx.Component:
    """Sign in, and go where one wanted to go."""
    return _door(
        rx.el.h1("Sign in"),
        rx.el.p("to ", EntranceState.router.url.netloc, class_name="small muted"),
        _email(""),
        field("password", "Password", _password("", "current-password")),
        rx.el.input(type="hidden", name="next", value=EntranceState.next, read_only=True),
        refusal(EntranceState.error),
        _button("Sign in"),
        action="/auth/sign-in",
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
    """The first visit: make the owner."""
    return _door(
        rx.el.h1("Set up this server"),
        rx.el.p("Step 1 of 2: you. Then you link a phone.", class_name="small muted"),
        _about_me(),
        rx.cond(EntranceState.is_stranger, _token()),
        refusal(rx.cond(EntranceState.field == "", EntranceState.error, "")),
        _button("Go on"),
        action="/auth/set-up",
        after="You become the owner: you see everything, and others join only if you let them.",
    )


def sign_up() -> rx.Component:
    """Make an account where the owner has opened signing up."""
    return _door(
        rx.el.h1("Sign up"),
        rx.el.p("at ", EntranceState.router.url.netloc, class_name="small muted"),
        _about_me(),
        rx.el.input(type="hidden", name="invite", value=EntranceState.invite, read_only=True),
        refusal(rx.cond(EntranceState.field == "", EntranceState.error, "")),
        _button("Sign up"),
        action="/auth/register",
        after=rx.fragment("You have an account? ", text_link("Sign in", routes.SIGN_IN)),
    )


def _door(*children: rx.Component, action: str, after: rx.Component | str) -> rx.Component:
    return rx.el.main(
        mode_banner(),
        rx.el.div(mark(), "wasched", class_name="mark"),
        PostForm.create(*children, action=action, method="post", class_name="card"),
        rx.el.p(after, class_name="after"),
        rx.el.footer(_INDEPENDENT),
        class_name="door",
    )


def _about_me() -> rx.Component:
    return rx.fragment(
        field(
            "name",
            "Your name",
            text_input(
                "name",
                _error("name"),
                auto_complete="name",
                required=True,
                max_length=100,
                default_value=EntranceState.name,
                key=EntranceState.name,
            ),
            error=_error("name"),
        ),
        _email(_error("email")),
        field(
            "password",
            "Password",
            _password(_error("password"), "new-password"),
            "At least 10 characters. Three or four words are easy to keep.",
            _error("password"),
        ),
        field(
            "zone",
            "Time zone",
            text_input(
                "zone",
                _error("zone"),
                list=ZONES_ID,
                auto_complete="off",
                default_value=EntranceState.zone,
                key=EntranceState.zone,
            ),
            "Times are shown in it. Guessed from this browser.",
            _error("zone"),
        ),
        zone_list(),
    )


def _token() -> rx.Component:
    return field(
        "token",
        "Word in the server's log",
        text_input(
            "token",
            _error("token"),
            auto_complete="off",
            required=True,
            placeholder="xxxx-xxxx-xxxx",
        ),
        "You are not on the server's own machine, so it wants to know that you can read its log.",
        _error("token"),
    )


def _email(error: rx.Var[str] | str) -> rx.Component:
    control = text_input(
        "email",
        error,
        type="email",
        auto_complete="username",
        required=True,
        max_length=254,
        default_value=EntranceState.email,
        key=EntranceState.email,
    )
    return field("email", "E-mail", control, error=error)


def _password(error: rx.Var[str] | str, auto_complete: str) -> rx.Component:
    return password_input(EntranceState.shown, EntranceState.toggle_password, error, auto_complete)


def _error(name: str) -> rx.Var[str]:
    """What is wrong with a field, empty if nothing is."""
    return rx.cond(EntranceState.field == name, EntranceState.error, "")


def _button(label: str) -> rx.Component:
    return rx.el.button(label, type="submit", class_name="btn primary big wide")
