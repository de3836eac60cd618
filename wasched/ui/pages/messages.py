"""Messages: the live list in three tabs, searched and paged."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.empty import empty, skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, text_link
from wasched.ui.components.rows import day_list
from wasched.ui.layout import head, shell, zone_note
from wasched.ui.states.messages import MessagesState
from wasched.ui.states.shell import ShellState

_TABS = (("coming", "Coming up"), ("past", "Past"), ("needs", "Needs you"))


def page() -> rx.Component:
    """The whole page."""
    return shell(
        head("Messages", end=zone_note()),
        rx.el.nav(
            *[_tab(key, word) for key, word in _TABS],
            class_name="tabs",
            custom_attrs={"aria-label": "Which messages"},
        ),
        _search(),
        rx.cond(
            MessagesState.is_loaded,
            rx.cond(MessagesState.days.length() > 0, _found(), _nothing()),
            skeleton_rows(8),
        ),
        title="Messages",
        current=routes.MESSAGES,
    )


def _tab(key: str, word: str) -> rx.Component:
    count = rx.fragment()
    if key == "needs":
        count = rx.cond(ShellState.needing > 0, rx.el.span(ShellState.needing, class_name="n ask"))
    return link(
        word,
        count,
        href=f"{routes.MESSAGES}?tab={key}",
        custom_attrs={"aria-current": rx.cond(MessagesState.tab == key, "page", "false")},
    )


def _search() -> rx.Component:
    return rx.el.form(
        rx.el.span(
            icon("search"),
            rx.el.input(
                name="q",
                type="search",
                placeholder="Name, number or words",
                default_value=MessagesState.search,
                key=MessagesState.search,
                dir="auto",
                custom_attrs={"aria-label": "Search"},
            ),
            class_name="field search",
        ),
        on_submit=MessagesState.find,
        class_name="filters",
        role="search",
    )


def _found() -> rx.Component:
    return rx.fragment(
        day_list(MessagesState.days),
        rx.el.footer(
            rx.cond(
                MessagesState.is_first,
                rx.el.span(),
                link(
                    "First page",
                    href=f"{routes.MESSAGES}?tab={MessagesState.tab}&q={MessagesState.search}",
                    class_name="btn",
                ),
            ),
            rx.cond(
                MessagesState.older != "",
                link("More", icon("chevron_right"), href=MessagesState.older, class_name="btn"),
            ),
            class_name="pager",
        ),
    )


def _nothing() -> rx.Component:
    nothing_matches = rx.el.div(
        rx.el.p(
            "Nothing matches. ",
            text_link("Clear the search", f"{routes.MESSAGES}?tab={MessagesState.tab}"),
        ),
        class_name="card empty",
    )
    return rx.cond(
        MessagesState.search != "",
        nothing_matches,
        rx.match(
            MessagesState.tab,
            ("needs", empty("Nothing needs you.")),
            ("past", empty("No message has gone out yet.")),
            empty("Nothing is scheduled.", "Write a message", routes.COMPOSE),
        ),
    )
