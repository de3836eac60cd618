"""The frame around every page: navigation beside it on a desktop, bars on a phone."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.forms import PostForm
from wasched.ui.components.icons import icon, icon_mark
from wasched.ui.components.links import BACK, link, link_here
from wasched.ui.core import routes
from wasched.ui.core.space_text import SpaceChoice
from wasched.ui.frame.banner import failure_banner, mode_banner
from wasched.ui.frame.palette import palette_button, palette_dialog
from wasched.ui.frame.shortcuts import keys_sheet
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stopping import going_on_question, stop_banner, stop_everything

_PLACES = (
    ("Home", "house", routes.HOME),
    ("Calendar", "calendar_days", routes.CALENDAR),
    ("Messages", "messages_square", routes.MESSAGES),
    ("Recipients", "users_round", routes.RECIPIENTS),
    ("Templates", "file_text", routes.TEMPLATES),
    ("Accounts", "smartphone", routes.ACCOUNTS),
)


def page_shell(
    *children: rx.Component,
    title: str | rx.Var,
    current: str,
    back: str = "",
    bar: rx.Component | None = None,
    focus: bool = False,
    own_heading: bool = False,
) -> rx.Component:
    """A page in its frame; `current` is its place, `back` where a phone's arrow leads.

    `bar` stands at the end of a phone's top bar; `focus` leaves the bottom to an action bar;
    with `own_heading` the page brings its first heading itself, on a phone too.
    """
    return rx.fragment(
        link_here("Skip to content", place="main", class_name="sr skip"),
        rx.el.div(
            _side(current),
            rx.el.div(
                _top(title, back, bar, own_heading),
                rx.el.main(
                    stop_banner(),
                    mode_banner(),
                    failure_banner(),
                    *children,
                    _stand_in(title),
                    id="main",
                    class_name="main",
                    tab_index=-1,
                ),
            ),
            class_name="shell focus" if focus else "shell",
        ),
        rx.fragment() if focus else _tabs(current),
        rx.el.div(id="page-title", class_name="sr", role="status"),
        keys_sheet(),
        going_on_question(),
        palette_dialog(),
    )


def _stand_in(title: str | rx.Var) -> rx.Component:
    """The page's name for screen readers, until its own first heading is there."""
    return rx.el.h1(title, class_name="sr stand-in")


def page_head(
    title: str | rx.Var, lede: rx.Var | str | None = None, end: rx.Component | None = None
) -> rx.Component:
    """A desktop page's title, one line about it, and what stands at its right."""
    about = rx.fragment() if lede is None else rx.el.p(lede, class_name="lede")
    return rx.el.header(
        rx.el.div(rx.el.h1(title), about),
        end or rx.fragment(),
        class_name="head only-desk",
    )


def way_back(place: str, href: str) -> rx.Component:
    """A desktop's way back to the list that a page is of; a phone has the arrow above it."""
    return link(
        icon("chevron_left"), place, href=href, class_name="crumb only-desk", custom_attrs=BACK
    )


def zone_note() -> rx.Component:
    """Names the zone that all times on the page are in."""
    look = rx.cond(ShellState.zone == "", "zone unseen", "zone")
    return rx.el.span(icon("clock"), ShellState.zone, class_name=look)


def _side(current: str) -> rx.Component:
    return rx.el.nav(
        link(icon_mark(), "wasched", href=routes.HOME, class_name="mark"),
        space_switcher(),
        rx.cond(
            ShellState.may_write,
            link(
                icon("plus"),
                "New message",
                href=routes.COMPOSE,
                class_name="btn soft" if current == routes.COMPOSE else "btn primary",
                **_current(current == routes.COMPOSE),
            ),
        ),
        palette_button("Find", "item"),
        *[_item(*place, current) for place in _PLACES],
        rx.el.div(
            stop_everything("item"),
            _item("Health", "heart_pulse", routes.HEALTH, current),
            _item("Settings", "settings", routes.SETTINGS, current),
            _who(),
            class_name="foot",
        ),
        class_name="nav",
        custom_attrs={"aria-label": "Main"},
    )


def _item(word: str, name: str, href: str, current: str) -> rx.Component:
    return link(
        icon(name, 18), word, _note(href), href=href, class_name="item", **_current(href == current)
    )


def _note(href: str) -> rx.Component:
    """How many things behind a place need me."""
    if href == routes.MESSAGES:
        return _count(ShellState.needing, "need you")
    if href == routes.ACCOUNTS:
        return _count(ShellState.unlinked, "need you")
    return rx.fragment()


def _count(number: rx.Var[int], words: str) -> rx.Component:
    return rx.cond(
        number > 0,
        rx.el.span(
            icon("circle_alert", 15),
            number,
            rx.el.span(f" {words}", class_name="sr"),
            class_name="note",
        ),
    )


def _who() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(ShellState.name, class_name="clip strong", dir="auto"),
            rx.el.div(ShellState.about, class_name="small muted clip"),
            class_name="clip",
        ),
        sign_out(icon("log_out"), label="Sign out", class_name="btn ghost square"),
        class_name="who",
    )


def space_switcher() -> rx.Component:
    """Where I am, and where else I can go; nothing for who belongs to one space alone."""
    return rx.cond(
        ShellState.spaces.length() > 1,
        rx.el.details(
            rx.el.summary(
                rx.el.span("Space: ", class_name="sr"),
                rx.el.bdi(ShellState.space, class_name="clip"),
                icon("chevrons_up_down", 16),
                class_name="item",
            ),
            each(ShellState.spaces, _space, "id"),
            class_name="spaces",
        ),
    )


def _space(one: rx.Var[SpaceChoice]) -> rx.Component:
    button = rx.el.button(
        rx.el.bdi(one.name, class_name="clip"),
        rx.cond(one.is_here, icon("check", 16)),
        type="submit",
        name="space",
        value=one.id,
        class_name="item",
        custom_attrs={"aria-current": rx.cond(one.is_here, "true", "false")},
    )
    return PostForm.create(button, action="/spaces/choose", method="post")


def sign_out(*children: rx.Component | str, label: str, class_name: str) -> rx.Component:
    """A button that ends this browser's session."""
    button = rx.el.button(
        *children, type="submit", class_name=class_name, custom_attrs={"aria-label": label}
    )
    return PostForm.create(button, action="/auth/sign-out", method="post")


def _top(
    title: str | rx.Var, back: str, bar: rx.Component | None, own_heading: bool
) -> rx.Component:
    heading = rx.el.strong if own_heading else rx.el.h1
    arrow = link(
        icon("arrow_left", 20),
        href=back,
        class_name="btn ghost square back",
        custom_attrs={"aria-label": "Back", **BACK},
    )
    return rx.el.header(
        arrow if back else rx.fragment(),
        heading(title, class_name="clip", dir="auto"),
        rx.el.span(class_name="fill"),
        bar or rx.fragment(),
        class_name="topbar",
    )


def _tabs(current: str) -> rx.Component:
    return rx.el.nav(
        _tab("Home", icon("house", 22), routes.HOME, current),
        _tab("Calendar", icon("calendar_days", 22), routes.CALENDAR, current),
        rx.cond(
            ShellState.may_write,
            link(
                rx.el.span(icon("plus", 20)),
                "New",
                href=routes.COMPOSE,
                class_name="new",
                **_current(current == routes.COMPOSE),
            ),
        ),
        _tab("Messages", icon("messages_square", 22), routes.MESSAGES, current, ShellState.needing),
        _tab("More", icon("menu", 22), routes.MORE, current),
        class_name="tabbar",
        custom_attrs={"aria-label": "Main"},
    )


def _tab(
    word: str, picture: rx.Component, href: str, current: str, count: rx.Var[int] | None = None
) -> rx.Component:
    pip = rx.fragment()
    if count is not None:
        pip = rx.cond(
            count > 0,
            rx.el.span(count, rx.el.span(" need you", class_name="sr"), class_name="pip"),
        )
    return link(picture, word, pip, href=href, **_current(href == current))


def _current(is_current: bool) -> dict[str, dict[str, str]]:
    return {"custom_attrs": {"aria-current": "page"}} if is_current else {}
