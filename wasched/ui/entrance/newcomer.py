"""The fields about oneself of whoever signs up, and the advice beside them."""

import reflex as rx

from wasched.services.identity.users import NAME_MAX, PASSWORD_MIN
from wasched.ui.components.clocks import live_clock
from wasched.ui.components.forms import field, password_input, text_input, typed_field
from wasched.ui.components.strength import strength_line, strength_note
from wasched.ui.components.zones import ZONES_ID, zone_list
from wasched.ui.entrance.newcomer_state import NewcomerState
from wasched.ui.entrance.state import EntranceState

_PAUSE_MS = 300
_SHOWN = "Times are shown in this zone."


def about_me() -> rx.Component:
    """Name, e-mail and a password, with its strength in words."""
    return rx.fragment(
        _name(), email_field(error_at("email"), pattern=r".+@.+\..+"), _new_password()
    )


def my_zone() -> rx.Component:
    """The zone that the browser is in, and what time it is there."""
    error = NewcomerState.zone_error
    control = text_input(
        "zone",
        error,
        list=ZONES_ID,
        auto_complete="off",
        default_value=EntranceState.zone,
        on_change=NewcomerState.look_at_zone.debounce(_PAUSE_MS),
    )
    return rx.fragment(field("zone", "Time zone", control, _time_there(), error), zone_list())


def email_field(error: rx.Var[str] | str, **props: object) -> rx.Component:
    """The e-mail, which is also the name one signs in by."""
    control = text_input(
        "email",
        error,
        type="email",
        auto_complete="username",
        required=True,
        max_length=254,
        default_value=EntranceState.email,
        title="An e-mail address, such as name@example.org",
        **props,
    )
    return field("email", "E-mail", control, error=error)


def password_field(error: rx.Var[str] | str, auto_complete: str, **props: object) -> rx.Component:
    """A password that can be looked at."""
    shown, toggle = EntranceState.shown, EntranceState.toggle_password
    return password_input(shown, toggle, error, auto_complete, **props)


def error_at(name: str) -> rx.Var[str]:
    """What is wrong with a field, empty if nothing is."""
    return rx.cond(EntranceState.field == name, EntranceState.error, "")


def _name() -> rx.Component:
    control = text_input(
        "name",
        error_at("name"),
        auto_complete="name",
        required=True,
        pattern=r".*\S.*",
        max_length=NAME_MAX,
        default_value=EntranceState.name,
        title="What others call you",
    )
    return field("name", "Your name", control, error=error_at("name"))


def _new_password() -> rx.Component:
    error = error_at("password")
    control = password_field(
        error,
        "new-password",
        min_length=PASSWORD_MIN,
        on_change=lambda new: strength_note(new, typed_field("name"), typed_field("email")),
    )
    return rx.fragment(field("password", "Password", control, error=error), strength_line(error))


def _time_there() -> rx.Component:
    return rx.cond(
        NewcomerState.clock != "",
        rx.fragment(
            "It is ", live_clock(NewcomerState.zone, NewcomerState.clock), " there. ", _SHOWN
        ),
        _SHOWN,
    )
