"""Home: is it working, what goes out next, what needs me."""

import reflex as rx

from wasched.ui.components.clocks import live_clock
from wasched.ui.components.each import each
from wasched.ui.components.empty import empty_state, skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.links import LEAVES, link, text_link
from wasched.ui.components.place import place
from wasched.ui.components.question import answer_button, opens_question, question_dialog
from wasched.ui.components.rows import next_row
from wasched.ui.components.status import link_state
from wasched.ui.components.tiles import use_bar, week_tiles
from wasched.ui.core import page_slots, routes
from wasched.ui.core.rows import AccountLine, DayRows, GoingLine
from wasched.ui.frame.layout import page_shell
from wasched.ui.frame.needs import Need
from wasched.ui.frame.roles import nothing_yet
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stopping import stop_button
from wasched.ui.frame.stopping_state import StoppingState
from wasched.ui.home.held_state import HeldState
from wasched.ui.home.state import HomeState
from wasched.ui.schedule.approval_part import approve_in_row
from wasched.ui.settings.server_state import ServerState


def home_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        _head(),
        rx.el.p(_summary(), class_name="lede only-phone"),
        rx.el.div(HomeState.news, class_name="sr", role="status"),
        rx.cond(HomeState.is_loaded, _columns(), _before()),
        title=_title(),
        current=routes.HOME,
        bar=rx.el.span(
            live_clock(ShellState.zone, HomeState.clock), ShellState.place, class_name="zone"
        ),
    )


def _columns() -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.cond(HomeState.accounts.length() > 0, stop_button("btn wide only-phone")),
            rx.cond(HomeState.needing > 0, _needs_you()),
            rx.cond(HomeState.going.length() > 0, _going_out()),
            rx.cond(
                HomeState.is_all | (HomeState.accounts.length() > 0),
                _next(),
                rx.cond(
                    ShellState.may_manage,
                    _first_steps(),
                    empty_state("No phone is linked here yet. A manager links one in Accounts."),
                ),
            ),
        ),
        rx.cond(HomeState.accounts.length() > 0, rx.el.aside(_accounts(), _week())),
        class_name="two",
    )


def _before() -> rx.Component:
    return rx.fragment(place(page_slots.HOME_COLUMNS), skeleton_rows(6))


def _title() -> rx.Var[str]:
    return rx.cond(HomeState.title != "", HomeState.title, "Home")


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(rx.el.h1(_title()), rx.el.p(_summary(), class_name="lede")),
        rx.el.span(
            icon("clock"),
            live_clock(ShellState.zone, HomeState.clock),
            ShellState.zone,
            class_name="zone",
        ),
        class_name="head only-desk",
    )


def _summary() -> rx.Component:
    first = rx.cond(
        HomeState.needing > 0,
        rx.el.b(HomeState.first, " "),
        rx.cond(HomeState.first != "", rx.el.span(HomeState.first, " ")),
    )
    works = rx.el.span(icon("circle_check", 15), "Sending works.", class_name="status good")
    return rx.cond(
        HomeState.is_loaded,
        rx.fragment(
            rx.cond(HomeState.works & (ShellState.trouble == ""), rx.fragment(works, " ")),
            first,
            HomeState.summary,
            rx.cond(
                HomeState.replies != "",
                rx.fragment(" ", text_link(HomeState.replies, routes.REPLIES), "."),
            ),
        ),
        place(page_slots.HOME_SUMMARY, is_in_line=True),
    )


def _needs_you() -> rx.Component:
    rows = rx.el.div(each(HomeState.needs, _need, "href"), class_name="card rows")
    return _section("Needs you", rows)


def _need(need: rx.Var[Need]) -> rx.Component:
    return rx.el.div(
        rx.match(
            need.kind,
            ("unknown", icon("circle_help", 20)),
            ("missed", icon("clock_alert", 20)),
            ("failed", icon("circle_x", 20, "bad")),
            ("approval", icon("hourglass", 20)),
            ("held", icon("octagon_pause", 20)),
            ("webhook", icon("webhook", 20)),
            ("replies", icon("reply", 20)),
            icon("unlink", 20),
        ),
        rx.el.div(
            link(rx.el.b(need.title), href=need.href),
            rx.cond(need.space != "", rx.el.small(" in ", rx.el.bdi(need.space))),
            rx.el.p(need.sentence),
        ),
        rx.el.div(
            rx.cond(
                need.key != "",
                rx.el.button(
                    "Dismiss",
                    type="button",
                    on_click=HomeState.dismiss(need.key),
                    class_name="btn ghost",
                    custom_attrs=LEAVES,
                ),
            ),
            approve_in_row(need.asked, need.title),
            rx.cond(need.held != "", _decide_held(need)),
            rx.cond(need.goes, _send_now(need), _leads_on(need)),
            class_name="acts",
        ),
        class_name="ask-row",
        key=need.href,
    )


def _decide_held(need: rx.Var[Need]) -> rx.Component:
    """Two answers: what is taken back is asked about first, for it is for good."""
    goes = rx.el.button(
        "Go on",
        type="button",
        on_click=HeldState.go_on(need.held),
        class_name="btn",
        custom_attrs=LEAVES,
    )
    return rx.fragment(
        rx.cond(need.may_go_on, goes),
        rx.el.button(
            "Take back the rest",
            type="button",
            on_click=opens_question(need.held),
            class_name="btn",
        ),
        question_dialog(
            need.held,
            need.question,
            rx.el.p("They are cancelled for good. What has gone out stays with its people."),
            "Back",
            answer_button("Take back the rest", HeldState.take_back_rest(need.held), "btn danger"),
        ),
    )


def _leads_on(need: rx.Var[Need]) -> rx.Component:
    return link(
        need.label,
        href=need.href,
        class_name=rx.cond(need.kind == "link", "btn primary", "btn"),
    )


def _send_now(need: rx.Var[Need]) -> rx.Component:
    """Asks first where it goes to more than one."""
    asks = rx.fragment(
        rx.el.button(
            need.label, type="button", on_click=opens_question(need.key), class_name="btn"
        ),
        question_dialog(
            need.key,
            need.question,
            rx.el.p("They were missed at their time. What has gone cannot be called back."),
            "Back",
            answer_button("Send now", HomeState.send_now(need.key)),
        ),
    )
    goes = rx.el.button(
        need.label,
        type="button",
        on_click=HomeState.send_now(need.key),
        class_name="btn",
        custom_attrs=LEAVES,
    )
    return rx.cond(need.question != "", asks, goes)


def _going_out() -> rx.Component:
    rows = rx.el.div(each(HomeState.going, _going, "href"), class_name="card rows")
    return _section("Going out now", rows)


def _going(going: rx.Var[GoingLine]) -> rx.Component:
    return rx.el.div(
        rx.el.div(
            rx.el.div(
                link(going.name, href=going.href, class_name="strong clip", dir="auto"),
                rx.el.p(going.progress, class_name="small muted num"),
                class_name="clip",
            ),
            rx.cond(ShellState.may_stop, _stop_going(going)),
            class_name="line",
        ),
        rx.cond(
            going.percent != "",
            rx.el.div(
                rx.el.span(style={"width": going.percent}),
                class_name="bar now",
                custom_attrs={"aria-hidden": "true"},
            ),
        ),
        class_name="progress",
    )


def _stop_going(going: rx.Var[GoingLine]) -> rx.Component:
    return rx.el.button(
        icon("octagon_pause"),
        "Stop",
        rx.el.span(f" {going.account}", class_name="sr"),
        type="button",
        on_click=StoppingState.stop(going.account_id),
        class_name="btn",
    )


def _next() -> rx.Component:
    return rx.cond(
        HomeState.next_days.length() > 0,
        _section(
            "Next",
            rx.el.div(each(HomeState.next_days, _next_day, "label"), class_name="card days-list"),
            rx.cond(HomeState.is_all, rx.fragment(), text_link("Calendar", routes.CALENDAR)),
        ),
        _section("Next", nothing_yet("Nothing is scheduled.", "Write a message")),
    )


def _next_day(day: rx.Var[DayRows]) -> rx.Component:
    return rx.el.div(
        rx.el.h3(day.label, class_name="daylabel"),
        each(day.lines, lambda line: next_row(line=line)),
        class_name="rows",
    )


def _first_steps() -> rx.Component:
    return rx.el.div(
        rx.el.h2("Link a phone, then write your first message."),
        rx.el.ol(
            rx.el.li(rx.el.span("Link a phone", rx.el.small("One minute, with the phone in hand"))),
            rx.el.li(rx.el.span("Write a message", rx.el.small("To whom, what, and when"))),
            class_name="steps",
        ),
        rx.el.div(
            link("Link a phone", href=routes.ACCOUNTS, class_name="btn primary big"),
            rx.cond(
                ShellState.runs_server & ~ShellState.practice,
                rx.el.button(
                    "Try it in practice mode first",
                    type="button",
                    on_click=ServerState.switch_practice(True),
                    class_name="btn big",
                ),
            ),
            class_name="line",
        ),
        class_name="card first",
    )


def _accounts() -> rx.Component:
    rows = rx.el.div(each(HomeState.accounts, _account, "id"), class_name="card rows")
    return _section("Accounts", rows, text_link("All accounts", routes.ACCOUNTS))


def _account(account: rx.Var[AccountLine]) -> rx.Component:
    return link(
        rx.el.div(
            rx.el.b(account.name, class_name="clip", dir="auto"),
            rx.cond(
                account.is_stopped,
                link_state(state="stopped"),
                link_state(state=account.state),
            ),
            class_name="top",
        ),
        rx.cond(
            account.asks,
            rx.el.div(rx.el.span(account.waiting), class_name="use"),
            rx.fragment(
                rx.el.div(
                    rx.el.span("Today"), rx.el.span(account.use, class_name="num"), class_name="use"
                ),
                use_bar(account.percent),
            ),
        ),
        href=account.href,
        class_name="acct",
    )


def _week() -> rx.Component:
    return _section(
        "Last 7 days",
        rx.el.div(
            *week_tiles(HomeState.week),
            class_name="card tiles",
        ),
    )


def _section(title: str, body: rx.Component, more: rx.Component | None = None) -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.el.h2(title), more or rx.fragment()), body, class_name="section"
    )
