"""Recipients: people, groups and lists, found again and put together."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.empty import empty_state, skeleton_rows
from wasched.ui.components.forms import choice_option, field, select_field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, plain_link
from wasched.ui.components.narrowing import search_field
from wasched.ui.components.pager import page_links
from wasched.ui.components.rows import kind_icon
from wasched.ui.components.taken import held_box
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell
from wasched.ui.frame.roles import writers_see
from wasched.ui.frame.state import ShellState
from wasched.ui.recipients.state import GROUPS, LISTS, PEOPLE, AddressBookState, EntryLine

_TABS = ((PEOPLE, "People"), (GROUPS, "Groups"), (LISTS, "Lists"))


def recipients_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        page_head("Recipients", end=_files("line only-desk")),
        rx.el.nav(
            *[_tab(key, word) for key, word in _TABS],
            class_name="tabs",
            custom_attrs={"aria-label": "Which recipients"},
        ),
        rx.el.div(search_field("Name or number", AddressBookState.words), class_name="filters"),
        rx.match(
            AddressBookState.tab,
            (PEOPLE, rx.fragment(writers_see(_add_person()), _files("line only-phone"))),
            (LISTS, writers_see(_add_list())),
            rx.el.p("Groups come from the linked phone by themselves.", class_name="help"),
        ),
        rx.cond(
            AddressBookState.is_loaded,
            rx.cond(AddressBookState.lines.length() > 0, _found(), _nothing()),
            skeleton_rows(8),
        ),
        title="Recipients",
        current=routes.RECIPIENTS,
        back=routes.MORE,
    )


def _files(look: str) -> rx.Component:
    return rx.el.div(
        writers_see(link(icon("upload"), "Import", href=routes.IMPORT, class_name="btn")),
        rx.el.details(
            rx.el.summary(icon("download"), "Export", class_name="btn"),
            rx.el.div(
                _download("csv", "For a spreadsheet (CSV)", "All that is known of your people."),
                _download("vcf", "For a phone (vCard)", "Names, numbers and notes."),
                class_name="card pop",
            ),
            class_name="popper at-end",
        ),
        class_name=look,
    )


def _download(ending: str, label: str, what: str) -> rx.Component:
    return rx.el.div(
        plain_link(label, href=f"/export/people.{ending}"),
        rx.el.p(what),
    )


def _tab(key: str, word: str) -> rx.Component:
    return link(
        word,
        href=f"{routes.RECIPIENTS}?tab={key}",
        custom_attrs={"aria-current": rx.cond(AddressBookState.tab == key, "page", "false")},
    )


def _add_person() -> rx.Component:
    return rx.el.details(
        rx.el.summary(icon("plus"), "Add a person", class_name="btn"),
        rx.el.form(
            _typed("name", "Name", "Anna Schmidt"),
            _typed("phone", "Number", "+49 151 0000 0012", type="tel"),
            rx.el.button("Add", type="submit", class_name="btn primary"),
            on_submit=AddressBookState.add,
            no_validate=True,
            class_name="card adding",
        ),
    )


def _add_list() -> rx.Component:
    return rx.el.form(
        _typed("name", "New list", "Choir"),
        rx.el.button("Make it", type="submit", class_name="btn"),
        on_submit=AddressBookState.add_list,
        no_validate=True,
        class_name="card adding",
    )


def _typed(name: str, label: str, placeholder: str, **props: object) -> rx.Component:
    error = rx.cond(AddressBookState.field == name, AddressBookState.error, "")
    control = text_input(
        name, error, placeholder=placeholder, auto_complete="off", dir="auto", **props
    )
    return field(name, label, control, "", error)


def _found() -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.el.span(AddressBookState.summary, class_name="small muted"), _bulk()),
        rx.el.ul(each(AddressBookState.lines, _choosable), class_name="card rows book"),
        page_links(
            AddressBookState.is_first,
            f"{routes.RECIPIENTS}?tab={AddressBookState.tab}",
            AddressBookState.following,
        ),
    )


def _bulk() -> rx.Component:
    """Into which list whoever is chosen goes."""
    return rx.cond(
        (AddressBookState.chosen.length() > 0) & (AddressBookState.lists.length() > 0),
        rx.el.form(
            rx.el.label(AddressBookState.chosen.length(), " chosen, put into", html_for="list"),
            select_field("list", each(AddressBookState.lists, choice_option, "value")),
            rx.el.button("Put in", type="submit", class_name="btn"),
            on_submit=AddressBookState.put_in,
            class_name="line",
        ),
    )


def _choosable(line: rx.Var[EntryLine]) -> rx.Component:
    tick = rx.el.label(
        held_box(
            AddressBookState.chosen.contains(line.key),
            on_change=AddressBookState.toggle(line.key),
            class_name="check",
            aria_label=f"Choose {line.name}",
        ),
        class_name="hit",
    )
    is_chosen = ShellState.may_write & (line.kind != "list")
    return rx.el.li(rx.cond(is_chosen, tick), entry_row(line))


def entry_row(line: rx.Var[EntryLine]) -> rx.Component:
    """A person, a group or a list as a link to its page."""
    return link(
        kind_icon(line.kind),
        rx.el.bdi(line.name, class_name="clip strong"),
        rx.cond(line.note != "", rx.el.small(line.note, class_name="note")),
        rx.el.small(line.detail, class_name="muted"),
        href=line.href,
        class_name="entry",
    )


def _nothing() -> rx.Component:
    return rx.cond(
        AddressBookState.words != "",
        empty_state(
            "Nothing matches.", "Show all", f"{routes.RECIPIENTS}?tab={AddressBookState.tab}"
        ),
        rx.match(
            AddressBookState.tab,
            (
                PEOPLE,
                rx.cond(
                    ShellState.may_write,
                    empty_state(
                        "Nobody yet. Add somebody, or bring a spreadsheet or the contacts of a "
                        "phone.",
                        "Import",
                        routes.IMPORT,
                    ),
                    empty_state("Nobody yet."),
                ),
            ),
            (
                GROUPS,
                empty_state(
                    "No groups yet. They come once a phone is linked.", "Accounts", routes.ACCOUNTS
                ),
            ),
            empty_state(
                "No lists yet. A list reaches many people at once; who joins later gets what "
                "comes next."
            ),
        ),
    )
