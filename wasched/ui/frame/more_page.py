"""More: on a phone, the places that do not fit into the tab bar."""

import reflex as rx

from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell, sign_out, space_switcher
from wasched.ui.frame.palette import palette_button
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stopping import stop_everything

_PLACES = (
    ("Recipients", "users_round", routes.RECIPIENTS),
    ("Templates", "file_text", routes.TEMPLATES),
    ("Accounts", "smartphone", routes.ACCOUNTS),
    ("Health", "heart_pulse", routes.HEALTH),
    ("Settings", "settings", routes.SETTINGS),
)


def more_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        page_head("More"),
        stop_everything("btn wide only-phone"),
        rx.el.div(
            palette_button("Find anything", "choice"),
            *[_place(*place) for place in _PLACES],
            class_name="card rows",
        ),
        rx.el.div(
            rx.el.div(rx.el.bdi(ShellState.name), class_name="strong"),
            rx.el.div(ShellState.about, " · ", ShellState.zone, class_name="small muted"),
            space_switcher(),
            sign_out(icon("log_out"), "Sign out", label="Sign out", class_name="btn wide"),
            class_name="card me",
        ),
        rx.el.p(
            "wasched is independent software, not made by WhatsApp or Meta.",
            class_name="small muted",
        ),
        title="More",
        current=routes.MORE,
    )


def _place(word: str, name: str, href: str) -> rx.Component:
    return link(
        icon(name),
        rx.el.span(word, class_name="what"),
        icon("chevron_right"),
        href=href,
        class_name="choice",
    )
