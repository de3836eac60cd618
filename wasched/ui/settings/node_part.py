"""Coming from the Node.js version: its database is chosen, told, and brought over."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.forms import choice_option, field, select_field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import text_link
from wasched.ui.components.section import settings_part
from wasched.ui.components.upload import media_picker
from wasched.ui.components.zones import ZONES_ID
from wasched.ui.core import routes
from wasched.ui.settings.invitation_links import only_here
from wasched.ui.settings.node_state import NewcomerLine, NodeState
from wasched.ui.settings.shown_once import shown_once

KEY = "from-node"


def node_part() -> rx.Component:
    """There for who runs the server and manages this space."""
    return rx.cond(
        NodeState.is_shown,
        settings_part(
            KEY,
            "From the Node.js version",
            "Brings over its groups, saved lists, daily and waiting messages, history and people, "
            "from its file app.db. You see what comes before anything does, and nothing comes "
            "twice.",
            rx.cond(
                NodeState.accounts.length() > 0,
                rx.cond(
                    NodeState.is_busy,
                    rx.el.p("Reading the file…", role="status"),
                    rx.cond(
                        NodeState.plan.length() > 0,
                        _plan(),
                        rx.cond(NodeState.name != "", _form(), _choose()),
                    ),
                ),
                rx.el.p(
                    "It needs a phone to send through. ",
                    text_link("Add one first", routes.ACCOUNTS),
                    class_name="help",
                ),
            ),
            _refused(),
            _told(),
            words="import move migrate old seed",
        ),
    )


def _choose() -> rx.Component:
    return rx.el.div(
        media_picker(
            NodeState.take,
            NodeState.refuse,
            label="Choose app.db",
            accept=".db,.sqlite,.sqlite3,application/vnd.sqlite3",
            wanted="node",
            input_id="node-file",
        ),
        rx.el.p("Stop the old server first, else both send.", class_name="help"),
    )


def _form() -> rx.Component:
    return rx.el.form(
        rx.el.p(rx.el.bdi(NodeState.name), class_name="strong"),
        field(
            "node-account",
            "Phone that sends it",
            select_field("node-account", each(NodeState.accounts, choice_option, "value")),
        ),
        field(
            "node-zone",
            "Time zone of the old server",
            text_input(
                "node-zone",
                "",
                default_value=NodeState.zone,
                key=NodeState.name,
                list=ZONES_ID,
                auto_complete="off",
            ),
            "Its APP_TIMEZONE: the daily messages go at their time there.",
        ),
        rx.el.div(
            rx.el.button("See what comes", type="submit", class_name="btn"),
            rx.el.button(
                "Leave it", type="button", on_click=NodeState.turn_back, class_name="btn ghost"
            ),
            class_name="line save",
        ),
        on_submit=NodeState.look,
        no_validate=True,
    )


def _plan() -> rx.Component:
    return rx.el.div(
        icon("circle_help", 20),
        rx.el.div(
            rx.el.h3("Bring it over?", id="node-title", class_name="strong"),
            each(NodeState.plan, _sentence, ""),
            each(NodeState.left, _sentence, ""),
        ),
        rx.el.div(
            rx.el.button("Leave it", type="button", on_click=NodeState.turn_back, class_name="btn"),
            rx.el.button(
                "Bring it over", type="button", on_click=NodeState.bring, class_name="btn primary"
            ),
            class_name="line answers",
        ),
        role="group",
        class_name="callout",
        custom_attrs={"aria-labelledby": "node-title"},
    )


def _refused() -> rx.Component:
    return rx.cond(
        NodeState.error != "",
        rx.el.p(icon("circle_alert", 15), NodeState.error, class_name="wrong", role="alert"),
    )


def _told() -> rx.Component:
    return rx.cond(
        NodeState.told.length() > 0,
        rx.fragment(
            rx.el.div(
                each(NodeState.told, _sentence, ""),
                each(NodeState.left, _sentence, ""),
                role="status",
            ),
            rx.el.ul(each(NodeState.links, _newcomer, "email"), class_name="rows"),
        ),
    )


def _newcomer(one: rx.Var[NewcomerLine]) -> rx.Component:
    return rx.el.li(
        shown_once(
            one.link,
            rx.fragment(
                "Hand it to ",
                rx.el.bdi(one.name),
                ": it lets them choose a password, once, within a week. ",
                only_here(NodeState.is_local),
            ),
        ),
    )


def _sentence(one: rx.Var[str]) -> rx.Component:
    return rx.el.p(one, dir="auto")
