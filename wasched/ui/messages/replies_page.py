"""The page of what people wrote back, a tab of Messages."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.empty import empty_state, skeleton_rows
from wasched.ui.components.forms import select_field
from wasched.ui.components.links import link, text_link
from wasched.ui.components.narrowing import SAYS, search_field
from wasched.ui.components.pager import page_links
from wasched.ui.core import routes
from wasched.ui.core.rows import Choice
from wasched.ui.frame.layout import page_head, page_shell, zone_note
from wasched.ui.messages.replies_state import RepliesState
from wasched.ui.messages.replies_text import MATCHING
from wasched.ui.messages.reply_rows import reply_list
from wasched.ui.messages.tabs import REPLIES, TABS, tab_href

_NOT_YET = {"inert": ~RepliesState.is_loaded}


def replies_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        page_head("Replies", end=zone_note()),
        _tabs(),
        _filters(),
        rx.cond(
            RepliesState.is_loaded,
            rx.fragment(
                rx.cond(RepliesState.tally != "", _of_send()),
                rx.cond(RepliesState.lines.length() > 0, _found(), _nothing()),
                rx.el.p(MATCHING, class_name="help"),
            ),
            skeleton_rows(6),
        ),
        title="Replies",
        current=routes.MESSAGES,
    )


def _tabs() -> rx.Component:
    tabs = [
        link(
            word,
            href=tab_href(key),
            custom_attrs={"aria-current": "page" if key == REPLIES else "false"},
        )
        for key, word in TABS
    ]
    return rx.el.nav(*tabs, class_name="tabs", custom_attrs={"aria-label": "Which messages"})


def _filters() -> rx.Component:
    given = RepliesState.given
    return rx.el.div(
        search_field("Name, number or words", given["q"]),
        select_field(
            "open",
            rx.el.option("All replies", value=""),
            rx.el.option("Not answered", value="yes"),
            taken=given["open"],
            attrs={SAYS: "open"},
            aria_label="Which replies",
        ),
        class_name="filters",
        custom_attrs=_NOT_YET,
    )


def _of_send() -> rx.Component:
    return rx.el.section(
        rx.el.p(rx.el.b(RepliesState.tally), " ", text_link("All replies", routes.REPLIES)),
        rx.cond(
            RepliesState.silent_label != "",
            rx.el.details(
                rx.el.summary(RepliesState.silent_label),
                rx.el.ul(each(RepliesState.silent, _silent, "value")),
            ),
        ),
        class_name="card empty",
    )


def _silent(one: rx.Var[Choice]) -> rx.Component:
    return rx.el.li(link(rx.el.bdi(one.label), href=one.value, class_name="link"))


def _found() -> rx.Component:
    return rx.fragment(
        reply_list(RepliesState.lines),
        page_links(
            RepliesState.is_first, f"{routes.REPLIES}?{RepliesState.query}", RepliesState.older
        ),
    )


def _nothing() -> rx.Component:
    return rx.cond(
        RepliesState.is_filtered,
        rx.el.div(
            rx.el.p("Nothing matches. ", text_link("Show all replies", routes.REPLIES)),
            class_name="card empty",
        ),
        empty_state("Nobody has written back yet."),
    )
