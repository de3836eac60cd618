"""Messages: the live list in tabs, filtered, paged, and with one deed for many."""

import reflex as rx

from wasched.domain.message import Status
from wasched.ui.components.each import each
from wasched.ui.components.empty import empty_state, skeleton_rows
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, plain_link, text_link
from wasched.ui.components.narrowing import SAYS, day_field, search_field
from wasched.ui.components.pager import page_links
from wasched.ui.components.place import place
from wasched.ui.components.poll_results import poll_results
from wasched.ui.core import page_slots, routes
from wasched.ui.core.has_not_text import FILTERS
from wasched.ui.core.rows import Choice
from wasched.ui.core.statuses import MESSAGE_STATUSES
from wasched.ui.frame.layout import page_head, page_shell, zone_note
from wasched.ui.frame.roles import nothing_yet
from wasched.ui.frame.state import ShellState
from wasched.ui.messages.amend_part import amend_part
from wasched.ui.messages.bulk_bar import bulk_bar
from wasched.ui.messages.rows import day_list
from wasched.ui.messages.state import MessagesState
from wasched.ui.messages.tabs import REPLIES, TABS, tab_href

given = MessagesState.given

_NOT_YET = {"inert": ~MessagesState.is_loaded}
"""Rows are there before the page knows what its address chooses, and carries on to other tabs."""


def messages_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        page_head("Messages", end=rx.el.div(zone_note(), _export("btn"), class_name="line")),
        rx.el.nav(
            *[_tab(key, word) for key, word in TABS],
            class_name="tabs",
            custom_attrs={"aria-label": "Which messages", **_NOT_YET},
        ),
        _filters(),
        rx.el.div(MessagesState.news, class_name="sr", role="status"),
        amend_part(MessagesState.amend),
        rx.cond(
            MessagesState.is_loaded,
            rx.fragment(
                rx.cond(
                    (MessagesState.replies_href != "") & ShellState.reads_replies,
                    rx.el.p(text_link("What they wrote back", MessagesState.replies_href)),
                ),
                rx.cond(MessagesState.makes_list != "", _list_maker()),
                rx.cond(
                    MessagesState.approvals.length() > 0,
                    day_list(MessagesState.approvals, answerable=True),
                ),
                rx.cond(
                    MessagesState.days.length() > 0,
                    _found(),
                    rx.cond(MessagesState.approvals.length() == 0, _nothing()),
                ),
            ),
            rx.fragment(place(page_slots.MESSAGE_ROWS), skeleton_rows(8)),
        ),
        title="Messages",
        current=routes.MESSAGES,
        bar=rx.el.div(
            rx.el.span(icon("clock"), ShellState.place, class_name="zone"),
            _export("btn ghost"),
            class_name="line",
        ),
    )


def _export(look: str) -> rx.Component:
    """The browser itself downloads what the list's own filters choose."""
    return plain_link(
        icon("download"),
        "Export",
        href=f"/export/messages.csv?{MessagesState.query}",
        class_name=look,
        custom_attrs=_NOT_YET,
    )


def _tab(key: str, word: str) -> rx.Component:
    if key == REPLIES:
        return rx.cond(ShellState.reads_replies, link(word, href=tab_href(key)))
    if key == "needs":
        # Of a list that is narrowed no tab has a count.
        counts = ~MessagesState.is_filtered & (ShellState.needing > 0)
        count = rx.cond(counts, rx.el.span(ShellState.needing, class_name="n ask"))
    else:
        number = MessagesState.counts.get(key, "")
        count = rx.cond(number != "", rx.el.span(number, class_name="n"))
    return link(
        word,
        count,
        href=f"{routes.MESSAGES}?tab={key}{MessagesState.carried}",
        custom_attrs={"aria-current": rx.cond(given["tab"] == key, "page", "false")},
    )


def _filters() -> rx.Component:
    """The search, and behind a button the filters; it stays in its place when they open.

    Nobody but who presses it opens or closes them: what is being typed moves nothing.
    """
    return rx.el.div(
        search_field("Name, number or words", given["q"]),
        rx.el.details(
            rx.el.summary(
                icon("sliders_horizontal"),
                rx.el.span("Filters", class_name="word"),
                rx.cond(
                    MessagesState.filters > 0,
                    rx.el.span(
                        MessagesState.filters,
                        rx.el.span(" in force", class_name="sr"),
                        class_name="n",
                    ),
                ),
                class_name="btn",
            ),
        ),
        _picks(),
        class_name="filters",
    )


def _picks() -> rx.Component:
    """Below the search and the button, as wide as both."""
    return rx.el.div(
        _pick("status", "Status", "Any status", *_statuses()),
        _pick("account", "Account", "All accounts", _accounts()),
        # Of one send: who of those whom it reached has not.
        rx.cond(
            given["at"] != "",
            _pick(
                "has_not",
                "Who has not",
                "Whatever they did",
                *[rx.el.option(word, value=who) for who, word in FILTERS],
            ),
        ),
        day_field("from", "From", given["from"]),
        day_field("to", "To", given["to"]),
        _pick(
            "order",
            "Order",
            "Usual order",
            rx.el.option("Newest first", value="newest"),
            rx.el.option("Oldest first", value="oldest"),
        ),
        class_name="picks",
    )


def _pick(name: str, label: str, every: str, *options: rx.Component) -> rx.Component:
    return select_field(
        name,
        rx.el.option(every, value=""),
        *options,
        taken=given[name],
        attrs={SAYS: name},
        aria_label=label,
    )


def _statuses() -> list[rx.Component]:
    return [rx.el.option(MESSAGE_STATUSES[one][1], value=one) for one in Status]


def _list_maker() -> rx.Component:
    return rx.el.button(
        icon("list_plus"),
        MessagesState.makes_list,
        type="button",
        on_click=MessagesState.make_list,
        class_name="btn",
    )


def _accounts() -> rx.Component:
    return each(MessagesState.accounts, _account, "value")


def _account(one: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(one.label, value=one.value)


def _found() -> rx.Component:
    return rx.fragment(
        poll_results(MessagesState.votes),
        rx.cond(
            (given["tab"] == "repeating") | ~ShellState.may_write,
            day_list(MessagesState.days),
            rx.fragment(bulk_bar(), day_list(MessagesState.days, choosable=True)),
        ),
        page_links(
            MessagesState.is_first,
            f"{routes.MESSAGES}?{MessagesState.query}",
            MessagesState.older,
        ),
    )


def _nothing() -> rx.Component:
    nothing_matches = rx.el.div(
        rx.el.p(
            rx.cond(
                MessagesState.older != "",
                rx.fragment(
                    "Nothing matches so far. ", text_link("Look further", MessagesState.older), " "
                ),
                "Nothing matches. ",
            ),
            text_link("Clear the filters", f"{routes.MESSAGES}?tab={given['tab']}"),
        ),
        class_name="card empty",
    )
    return rx.cond(
        MessagesState.is_filtered,
        nothing_matches,
        rx.match(
            given["tab"],
            ("needs", empty_state("Nothing needs you.")),
            ("past", empty_state("No message has gone out yet.")),
            ("repeating", nothing_yet("Nothing repeats yet.", "Write a message")),
            nothing_yet("Nothing is scheduled.", "Write a message"),
        ),
    )
