"""Templates: the list, and beside it the one that is chosen, with its bubble."""

import reflex as rx

from wasched.ui.components.bubble import bubble_blocks
from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.conflict import conflict_answer, conflict_note
from wasched.ui.components.each import each
from wasched.ui.components.empty import missing_state, skeleton_rows
from wasched.ui.components.forms import field, text_area, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.insert import insert_button
from wasched.ui.components.links import link
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_head, page_shell
from wasched.ui.frame.roles import writers_see
from wasched.ui.frame.state import ShellState
from wasched.ui.live.accepted_events import FIELD_MAX
from wasched.ui.templates.state import TemplateLine, TemplatesState

_LEDE = "Texts you write more than once, with a place for each person's name."


def templates_page() -> rx.Component:
    """The list, and an empty template to fill in."""
    return page_shell(
        page_head("Templates", _LEDE),
        _columns(_list(""), writers_see(_editor("New template"))),
        title="Templates",
        current=routes.TEMPLATES,
        back=routes.MORE,
    )


def template_detail() -> rx.Component:
    """One template; on a desktop beside the list."""
    gone = missing_state(
        "There is no such template, or it is not yours.", routes.TEMPLATES, "All templates"
    )
    return page_shell(
        page_head("Templates", _LEDE, writers_see(_new_link())),
        _columns(
            _list("only-desk"),
            rx.cond(
                TemplatesState.is_missing,
                gone,
                rx.cond(ShellState.may_write, _editor("Edit template"), _shown()),
            ),
        ),
        title=rx.cond(TemplatesState.saved_name != "", TemplatesState.saved_name, "Template"),
        current=routes.TEMPLATES,
        back=routes.TEMPLATES,
    )


def _columns(*children: rx.Component) -> rx.Component:
    return rx.cond(
        TemplatesState.is_loaded,
        rx.el.div(*children, class_name="accounts templates"),
        skeleton_rows(),
    )


def _new_link() -> rx.Component:
    return link(icon("plus"), "New template", href=routes.TEMPLATES, class_name="btn")


def _list(only: str) -> rx.Component:
    nothing = rx.el.p("Nothing matches.", class_name="card empty")
    none_yet = rx.el.p(
        "No templates yet. The first one you keep is listed here.", class_name="card empty"
    )
    return rx.el.nav(
        _search(),
        rx.cond(
            TemplatesState.lines.length() > 0,
            rx.el.div(each(TemplatesState.lines, _row, "href"), class_name="card rows"),
            rx.cond(TemplatesState.search != "", nothing, none_yet),
        ),
        class_name=only,
        custom_attrs={"aria-label": "Templates"},
    )


def _search() -> rx.Component:
    shown = (TemplatesState.lines.length() > 5) | (TemplatesState.search != "")
    return rx.cond(
        shown,
        rx.el.span(
            icon("search"),
            rx.debounce_input(
                rx.el.input(
                    type="search",
                    placeholder="Name or words",
                    value=TemplatesState.search,
                    on_change=TemplatesState.find,
                    dir="auto",
                    custom_attrs={"aria-label": "Search templates"},
                ),
                debounce_timeout=200,
            ),
            class_name="field search",
        ),
    )


def _row(line: rx.Var[TemplateLine]) -> rx.Component:
    current = TemplatesState.router.url.path == line.href
    return link(
        rx.el.div(
            rx.el.b(line.name, class_name="clip", dir="auto"),
            rx.el.span(line.uses, class_name="uses"),
            class_name="top",
        ),
        rx.el.p(line.line, class_name="clip", dir="auto"),
        href=line.href,
        class_name="a-row",
        custom_attrs={"aria-current": rx.cond(current, "page", "false")},
    )


def _editor(title: str) -> rx.Component:
    return rx.el.section(
        rx.el.form(
            rx.el.h2(title, class_name="big-title"),
            _name(),
            _text(),
            _conflict(),
            _actions(),
            on_submit=TemplatesState.save,
            no_validate=True,
        ),
        _bubble(),
        class_name="card template",
    )


def _shown() -> rx.Component:
    """A template for who only looks."""
    name = rx.el.h2(rx.el.bdi(TemplatesState.saved_name), class_name="big-title")
    return rx.el.section(rx.el.div(name), _bubble(), class_name="card template")


def _bubble() -> rx.Component:
    return rx.el.div(
        rx.el.h3("As Anna Schmidt sees it"),
        bubble_blocks(TemplatesState.blocks, TemplatesState.clock, "Your text"),
    )


def _name() -> rx.Component:
    return field(
        "name",
        "Name",
        text_input(
            "name",
            _error("name"),
            value=TemplatesState.name,
            on_change=TemplatesState.call,
            placeholder="Rehearsal reminder",
            auto_complete="off",
            dir="auto",
        ),
        "To find it by. Who gets the text never sees it.",
        _error("name"),
    )


def _text() -> rx.Component:
    return rx.el.div(
        field(
            "text",
            "Text",
            text_area(
                "text",
                _error("text"),
                waits_ms=250,
                max_length=FIELD_MAX,
                value=TemplatesState.text,
                on_change=TemplatesState.write,
            ),
            _help(),
            _error("text"),
        ),
        rx.el.div(
            rx.el.span("Put in", class_name="small muted"),
            each(TemplatesState.variables, lambda name: insert_button("text", name), ""),
            class_name="vars",
            role="group",
            custom_attrs={"aria-label": "Variables"},
        ),
    )


def _help() -> rx.Component:
    return rx.el.span(
        "{first_name|friend} says friend where no first name is known. "
        "For {name} itself write {{name}}."
    )


def _conflict() -> rx.Component:
    theirs = conflict_answer("Take theirs", TemplatesState.take_theirs)
    mine = conflict_answer("Save mine", TemplatesState.insist)
    return rx.cond(
        TemplatesState.is_gone,
        conflict_note(
            TemplatesState.conflict, conflict_answer("Keep it as a new one", TemplatesState.insist)
        ),
        conflict_note(TemplatesState.conflict, theirs, mine),
    )


def _actions() -> rx.Component:
    return rx.el.div(
        rx.el.button("Save", type="submit", class_name="btn primary"),
        rx.cond(
            TemplatesState.chosen != 0,
            rx.fragment(
                link(
                    icon("pencil"),
                    "Write a message",
                    href=f"{routes.COMPOSE}?template={TemplatesState.chosen}",
                    class_name="btn",
                ),
                confirm_dialog(
                    rx.el.button(icon("trash_2"), "Remove", type="button", class_name="btn ghost"),
                    f"Remove {TemplatesState.saved_name}?",
                    "Messages that were made from it stay as they are.",
                    "Remove",
                    "Keep it",
                    TemplatesState.remove,
                    ends=True,
                ),
            ),
        ),
        class_name="line actions",
    )


def _error(name: str) -> rx.Var[str]:
    return rx.cond(TemplatesState.field == name, TemplatesState.error, "")
