"""One person or group: what is known of them, and what may be changed."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.conflict import conflict_answer, conflict_note
from wasched.ui.components.copying import copy_button
from wasched.ui.components.each import each
from wasched.ui.components.empty import missing_state, skeleton_rows
from wasched.ui.components.forms import choice_option, field, select_field, text_area, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, text_link
from wasched.ui.components.section import save_line
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell, way_back
from wasched.ui.frame.roles import writers_see
from wasched.ui.frame.state import ShellState
from wasched.ui.live.accepted_events import FIELD_MAX
from wasched.ui.recipients.person_state import PersonState
from wasched.ui.recipients.state import EntryLine

shown = PersonState.page
filled = PersonState.shown


def person_page() -> rx.Component:
    """The whole page."""
    gone = missing_state(
        "There is nobody here, or they are not yours.", routes.RECIPIENTS, "All recipients"
    )
    return page_shell(
        rx.cond(
            PersonState.is_loaded,
            rx.cond(
                PersonState.is_missing,
                rx.fragment(page_head("Recipient"), gone),
                rx.fragment(
                    way_back("Recipients", routes.RECIPIENTS),
                    _head(),
                    _warnings(),
                    rx.el.div(_about(), _aside(), class_name="two"),
                ),
            ),
            skeleton_rows(5),
        ),
        title=rx.cond(shown.name != "", shown.name, "Recipient"),
        current=routes.RECIPIENTS,
        back=routes.RECIPIENTS,
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(rx.el.bdi(shown.name), class_name="only-desk"),
            rx.el.p(
                shown.about,
                class_name="lede",
            ),
        ),
        class_name="head",
    )


def _warnings() -> rx.Component:
    return rx.fragment(
        rx.cond(
            shown.left,
            _warning("The linked phone is no longer in this group: nothing arrives there."),
        ),
        each(shown.doubles, _double),
    )


def _warning(*children: rx.Component | rx.Var | str) -> rx.Component:
    return rx.el.div(icon("circle_alert", 18), *children, class_name="card sentence-card")


def _double(line: rx.Var[EntryLine]) -> rx.Component:
    return _warning(
        rx.el.p(rx.el.b(rx.el.bdi(line.name)), " is the same person on WhatsApp."),
        writers_see(_merge(line)),
    )


def _merge(line: rx.Var[EntryLine]) -> rx.Component:
    return confirm_dialog(
        rx.el.button("Make them one", type="button", class_name="btn"),
        f"Make {line.name} and {shown.name} one?",
        "Messages, lists and notes of both are kept here. This cannot be undone.",
        "Make them one",
        "Leave them",
        PersonState.merge(line.key),
    )


def _about() -> rx.Component:
    return rx.cond(ShellState.may_write, _form(), _known())


def _known() -> rx.Component:
    """What is kept of them, for who only looks."""
    return rx.el.section(
        rx.el.h2("About them"),
        rx.cond(filled.fields != "", rx.el.p(filled.fields, class_name="as-typed", dir="auto")),
        rx.cond(filled.notes != "", rx.el.p(filled.notes, class_name="as-typed", dir="auto")),
        rx.cond(
            (filled.fields == "") & (filled.notes == ""),
            rx.el.p("Nothing more is known.", class_name="muted"),
        ),
        class_name="card part",
    )


def _form() -> rx.Component:
    return rx.el.section(
        rx.el.form(
            rx.cond(
                shown.kind == "person",
                _typed(
                    "name",
                    "Name",
                    text_input(
                        "name",
                        _error("name"),
                        default_value=filled.name,
                        key=filled.name,
                        auto_complete="off",
                        dir="auto",
                    ),
                    "",
                ),
            ),
            rx.cond(shown.kind == "person", _number()),
            _typed(
                "notes",
                "Notes",
                _area("notes", filled.notes, 3),
                "They are never sent.",
            ),
            _typed(
                "fields",
                "More about them",
                _area("fields", filled.fields, 4),
                rx.cond(
                    shown.variables != "",
                    f"In texts: {shown.variables}",
                    "One a line, as in Voice: tenor. A text says it with {voice}.",
                ),
            ),
            _conflict(),
            save_line("Save", PersonState.saved),
            on_submit=PersonState.save,
            on_focus=PersonState.begin_typing,
            no_validate=True,
        ),
        class_name="card part",
    )


def _conflict() -> rx.Component:
    theirs = conflict_answer("Take theirs", PersonState.take_theirs)
    mine = conflict_answer("Save mine", PersonState.insist)
    return conflict_note(
        PersonState.conflict,
        rx.cond(
            PersonState.is_gone,
            rx.el.p("Added anew under Recipients, they are back.", class_name="help"),
            rx.fragment(theirs, mine),
        ),
    )


def _number() -> rx.Component:
    """The number, and the question that comes of it if it is somebody else's."""
    control = text_input(
        "phone",
        _error("phone"),
        default_value=filled.phone,
        key=filled.phone,
        type="tel",
        auto_complete="off",
    )
    return rx.fragment(
        _typed("phone", "Number", control, "What waits for them goes to the number that is here."),
        rx.cond(
            PersonState.holder != "",
            rx.el.div(
                icon("circle_alert", 20),
                rx.el.p(
                    PersonState.holder,
                    " Make them one: their messages, lists and notes are kept here. This cannot be "
                    "undone. Else write another number.",
                    id="holder-says",
                ),
                rx.el.div(
                    rx.el.button(
                        "Make them one",
                        type="button",
                        on_click=PersonState.join_holder,
                        class_name="btn",
                    ),
                    class_name="line",
                ),
                id="holder",
                role="group",
                tab_index=-1,
                class_name="callout",
                custom_attrs={"aria-labelledby": "holder-says"},
            ),
        ),
    )


def _area(name: str, value: rx.Var[str], rows: int) -> rx.Component:
    return text_area(
        name,
        _error(name),
        max_length=FIELD_MAX,
        default_value=value,
        key=value,
        rows=str(rows),
    )


def _typed(
    name: str, label: str, control: rx.Component, help_text: str | rx.Var[str]
) -> rx.Component:
    return field(name, label, control, rx.el.span(help_text), _error(name))


def _error(name: str) -> rx.Var[str]:
    return rx.cond(PersonState.field == name, PersonState.error, "")


def _aside() -> rx.Component:
    theirs = rx.fragment(_lists(), _opting_out(), writers_see(_remove()))
    is_chat = (shown.kind == "person") | (shown.kind == "group")
    return rx.el.aside(_messages(), _invite(), rx.cond(is_chat, theirs))


def _messages() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Messages"),
        rx.el.p(text_link(shown.messages, shown.messages_href)),
        writers_see(
            link(
                icon("plus"),
                "Write to them",
                href=f"{routes.COMPOSE}?to={shown.id}",
                class_name="btn",
            )
        ),
        class_name="card part",
    )


def _invite() -> rx.Component:
    """The link by which people join, for who may write: asked for and copied by buttons."""
    invite = PersonState.invite
    told = rx.el.div(
        rx.el.p(invite.link, class_name="as-typed", dir="ltr"), copy_button(invite.link)
    )
    return rx.cond(
        invite.is_there,
        rx.el.section(
            rx.el.h2("Invite link"),
            rx.el.div(
                rx.cond(invite.link != "", told),
                rx.el.p(invite.said, class_name="muted"),
                role="status",
            ),
            rx.cond(
                invite.ask != "",
                rx.el.button(
                    invite.ask, type="button", on_click=PersonState.ask_invite, class_name="btn"
                ),
            ),
            class_name="card part",
        ),
    )


def _lists() -> rx.Component:
    return rx.el.section(
        rx.el.h2("Lists"),
        rx.cond(
            shown.lists.length() > 0,
            rx.el.ul(each(shown.lists, _list), class_name="plain"),
            rx.el.p("In no list.", class_name="muted"),
        ),
        rx.cond(
            ShellState.may_write & (PersonState.other_lists.length() > 0),
            rx.el.form(
                select_field(
                    "list",
                    each(PersonState.other_lists, choice_option, "value"),
                    aria_label="List",
                ),
                rx.el.button("Put in", type="submit", class_name="btn"),
                on_submit=PersonState.put_in,
                class_name="line",
            ),
        ),
        class_name="card part",
    )


def _list(line: rx.Var[EntryLine]) -> rx.Component:
    return rx.el.li(
        text_link(line.name, line.href),
        writers_see(
            rx.el.button(
                "Take out",
                type="button",
                on_click=PersonState.take_out(line.key),
                class_name="btn ghost small-btn",
                custom_attrs={"aria-label": f"Take out of {line.name}"},
            )
        ),
        class_name="line between",
    )


def _opting_out() -> rx.Component:
    """Who only looks sees that somebody wants no more, and nothing else of it."""
    said = rx.el.section(rx.el.h2("Opting out"), rx.el.p(shown.opted_out), class_name="card part")
    return rx.cond(ShellState.may_write, _stop(), rx.cond(shown.opted_out != "", said))


def _stop() -> rx.Component:
    again = rx.el.button(
        "They want messages again",
        type="button",
        on_click=PersonState.decide(True),
        class_name="btn",
    )
    stop = rx.el.button(
        "They want no more", type="button", on_click=PersonState.decide(False), class_name="btn"
    )
    return rx.el.section(
        rx.el.h2("Opting out"),
        rx.cond(
            shown.opted_out != "",
            rx.fragment(rx.el.p(shown.opted_out), again),
            rx.fragment(
                rx.el.p("Who answers STOP gets no more messages. You can note it here too."), stop
            ),
        ),
        class_name="card part",
    )


def _remove() -> rx.Component:
    return rx.cond(
        shown.kind == "person",
        confirm_dialog(
            rx.el.button(icon("trash_2"), "Remove", type="button", class_name="btn ghost"),
            f"Remove {shown.name}?",
            "They leave every list and everything still to come. What went stays in the history.",
            "Remove",
            "Keep them",
            PersonState.remove,
            ends=True,
        ),
    )
