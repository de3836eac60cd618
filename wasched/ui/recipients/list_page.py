"""One list: its members, its parts, and who joins."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.conflict import conflict_answer, conflict_note
from wasched.ui.components.each import each
from wasched.ui.components.empty import missing_state, skeleton_rows
from wasched.ui.components.forms import choice_option, field, select_field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, text_link
from wasched.ui.components.rows import kind_icon
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell, way_back
from wasched.ui.frame.roles import writers_see
from wasched.ui.frame.state import ShellState
from wasched.ui.recipients.list_state import ListState
from wasched.ui.recipients.page import entry_row
from wasched.ui.recipients.state import EntryLine

_BACK = f"{routes.RECIPIENTS}?tab=lists"


def list_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        rx.cond(
            ListState.is_loaded,
            rx.cond(
                ListState.is_missing,
                rx.fragment(
                    page_head("List"),
                    missing_state("There is no such list, or it is not yours.", _BACK, "All lists"),
                ),
                rx.fragment(
                    way_back("Recipients", _BACK),
                    _head(),
                    rx.el.div(_members(), _aside(), class_name="two"),
                ),
            ),
            skeleton_rows(5),
        ),
        title=rx.cond(ListState.name != "", ListState.name, "List"),
        current=routes.RECIPIENTS,
        back=_BACK,
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(rx.el.bdi(ListState.name), class_name="only-desk"),
            rx.el.p(ListState.summary, class_name="lede"),
        ),
        writers_see(
            link(
                icon("plus"),
                "Write to them",
                href=f"{routes.COMPOSE}?list={ListState.id}",
                class_name="btn primary",
            )
        ),
        class_name="head",
    )


def _members() -> rx.Component:
    return rx.el.section(
        writers_see(
            rx.el.h2("Put in"),
            _search("put-in", "Name or number of somebody to put in", "", ListState.suggest),
            rx.el.ul(each(ListState.offered, _offer), class_name="card rows book"),
        ),
        rx.el.h2("In it"),
        _search("members", "Name or number", ListState.words, ListState.find),
        rx.cond(
            ListState.members.length() > 0,
            rx.el.ul(each(ListState.members, _member), class_name="card rows book"),
            rx.el.p("Nobody here yet.", class_name="card empty"),
        ),
        rx.cond(
            ListState.members.length() > ListState.more + 49,
            rx.el.button("More", type="button", on_click=ListState.show_more, class_name="btn"),
        ),
        class_name="book-side",
    )


def _search(
    name: str, label: str, value: rx.Var[str] | str, on_change: rx.event.EventType[str]
) -> rx.Component:
    given = {"value": value} if isinstance(value, rx.Var) else {}
    return rx.el.span(
        icon("search"),
        rx.debounce_input(
            rx.el.input(
                id=name,
                type="search",
                placeholder=label,
                on_change=on_change,
                auto_complete="off",
                dir="auto",
                custom_attrs={"aria-label": label},
                **given,
            ),
            debounce_timeout=200,
        ),
        class_name="field search",
    )


def _offer(line: rx.Var[EntryLine]) -> rx.Component:
    return rx.el.li(
        rx.el.button(
            kind_icon(line.kind),
            rx.el.bdi(line.name, class_name="clip strong"),
            rx.el.small(line.detail, class_name="muted"),
            icon("plus"),
            type="button",
            on_click=ListState.put_in(line.key),
            class_name="offer",
            custom_attrs={"aria-label": f"Put in {line.name}"},
        )
    )


def _member(line: rx.Var[EntryLine]) -> rx.Component:
    return rx.el.li(
        entry_row(line),
        writers_see(
            rx.el.button(
                icon("x", 15),
                type="button",
                on_click=ListState.take_out(line.key),
                class_name="btn ghost square",
                custom_attrs={"aria-label": f"Take out {line.name}"},
            )
        ),
    )


def _aside() -> rx.Component:
    has_parts = ShellState.may_write | (ListState.parts.length() > 0)
    return rx.el.aside(writers_see(_rename()), rx.cond(has_parts, _parts()), writers_see(_remove()))


def _rename() -> rx.Component:
    error = rx.cond(ListState.field == "name", ListState.error, "")
    return rx.el.form(
        field(
            "name",
            "Name",
            text_input(
                "name",
                error,
                default_value=ListState.named,
                key=ListState.named,
                auto_complete="off",
                dir="auto",
            ),
            "",
            error,
        ),
        conflict_note(
            ListState.conflict,
            conflict_answer("Take theirs", ListState.take_theirs),
            conflict_answer("Save mine", ListState.insist),
        ),
        rx.el.button("Rename", type="submit", class_name="btn"),
        on_submit=ListState.rename,
        on_focus=ListState.begin_naming,
        no_validate=True,
        class_name="card part",
    )


def _parts() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Lists in it"),
        rx.el.ul(each(ListState.parts, _part), class_name="plain"),
        rx.cond(
            ShellState.may_write & (ListState.other_lists.length() > 0),
            rx.el.form(
                select_field(
                    "part", each(ListState.other_lists, choice_option, "value"), aria_label="List"
                ),
                rx.el.button("Put in", type="submit", class_name="btn"),
                on_submit=ListState.nest,
                class_name="line",
            ),
        ),
        rx.cond(
            ListState.field == "list",
            rx.el.p(icon("circle_alert", 15), ListState.error, class_name="wrong", role="alert"),
            rx.el.p("Everybody in them is reached too, each once.", class_name="help"),
        ),
        class_name="card part",
    )


def _part(line: rx.Var[EntryLine]) -> rx.Component:
    return rx.el.li(
        text_link(line.name, line.href),
        writers_see(
            rx.el.button(
                "Take out",
                type="button",
                on_click=ListState.unnest(line.key),
                class_name="btn ghost small-btn",
                custom_attrs={"aria-label": f"Take out {line.name}"},
            )
        ),
        class_name="line between",
    )


def _remove() -> rx.Component:
    return confirm_dialog(
        rx.el.button(icon("trash_2"), "Remove", type="button", class_name="btn ghost"),
        f"Remove {ListState.name}?",
        "Its people stay among the people.",
        "Remove",
        "Keep it",
        ListState.remove,
        ends=True,
    )
