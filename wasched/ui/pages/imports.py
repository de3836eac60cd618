"""Import: people from a spreadsheet or a phone's contacts, looked at before anybody is changed."""

import reflex as rx

from wasched.ui import routes
from wasched.ui.components.confirm import confirm
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.forms import field, select, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.upload import media_picker
from wasched.ui.import_lines import USES, ColumnLine, RowLine, VerdictTab
from wasched.ui.layout import shell
from wasched.ui.rows import Choice
from wasched.ui.states.imports import NEW_LIST, ImportState

shown = ImportState.page

_ACCEPT = ".csv,.tsv,.txt,.vcf,text/csv,text/vcard,text/tab-separated-values"


def page() -> rx.Component:
    """The whole page."""
    return shell(
        rx.el.header(
            rx.el.div(
                rx.el.h1("Import people", class_name="only-desk"),
                rx.cond(
                    shown.id > 0,
                    rx.el.p(rx.el.bdi(shown.name), " · ", shown.summary, class_name="lede"),
                    rx.el.p("From a spreadsheet or a phone's contacts.", class_name="lede"),
                ),
            ),
            class_name="head",
        ),
        rx.cond(
            ImportState.is_loaded,
            rx.fragment(
                _refused(),
                rx.cond(
                    ImportState.doing != "",
                    _progress(),
                    rx.cond(shown.id > 0, _looked_at(), rx.fragment(_choose(), _last())),
                ),
            ),
            skeleton_rows(4),
        ),
        title="Import people",
        current=routes.RECIPIENTS,
        back=routes.RECIPIENTS,
    )


def _choose() -> rx.Component:
    return rx.el.section(
        icon("upload", 22),
        rx.el.h2("A file of people"),
        rx.el.p(
            "A spreadsheet saved as CSV, or contacts as vCard (.vcf). ",
            "You see what becomes of each row before anybody is added or changed.",
        ),
        media_picker(
            ImportState.take,
            ImportState.refuse,
            label="Choose a file",
            accept=_ACCEPT,
            wanted="people",
            input_id="people",
            class_name="btn primary",
        ),
        class_name="card choose-file",
    )


def _refused() -> rx.Component:
    return rx.cond(
        ImportState.refused != "",
        rx.el.p(
            icon("circle_alert", 15), ImportState.refused, class_name="wrong card", role="alert"
        ),
    )


def _last() -> rx.Component:
    return rx.cond(
        ImportState.last != "",
        rx.el.section(
            rx.el.div(
                rx.el.h2("The last import"),
                rx.el.p(rx.el.bdi(ImportState.last)),
            ),
            confirm(
                rx.el.button("Undo it", type="button", class_name="btn"),
                "Undo the last import?",
                "Whom it added is removed again, with what is still to go to them. "
                "Whom it changed is as before, unless somebody changed them since.",
                "Undo it",
                "Keep it",
                ImportState.take_back,
            ),
            class_name="card last-import",
        ),
    )


def _progress() -> rx.Component:
    return rx.el.div(
        rx.el.span(ImportState.doing),
        rx.el.progress(
            value=ImportState.percent, max=100, custom_attrs={"aria-label": ImportState.doing}
        ),
        rx.el.span(f"{ImportState.percent} %", class_name="num small"),
        role="status",
        class_name="card importing",
    )


def _looked_at() -> rx.Component:
    return rx.fragment(
        rx.cond(
            ~shown.has_phone,
            rx.el.p(
                icon("circle_alert", 15),
                "Say which column is the number.",
                class_name="wrong card",
                role="alert",
            ),
        ),
        rx.el.section(
            rx.el.h2("Columns"),
            rx.el.ul(rx.foreach(shown.columns, _column), class_name="columns"),
            _country(),
            class_name="card import-part",
        ),
        rx.el.section(
            rx.el.h2("Rows"),
            rx.el.div(
                rx.foreach(shown.tabs, _tab),
                class_name="segments wrapped",
                role="group",
                custom_attrs={"aria-label": "Which rows"},
            ),
            rx.el.ul(rx.foreach(ImportState.rows, _row), class_name="card rows import-rows"),
            rx.cond(
                ImportState.has_more,
                rx.el.button(
                    "More", type="button", on_click=ImportState.show_more, class_name="btn"
                ),
            ),
            class_name="import-list",
        ),
        _foot(),
    )


def _column(one: rx.Var[ColumnLine], index: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.bdi(one.name, class_name="strong clip"),
            rx.el.small(rx.el.bdi(one.samples), class_name="muted clip"),
        ),
        select(
            rx.Var.create(f"use-{index}"),
            *[rx.el.option(use.label, value=use.value) for use in USES],
            value=one.use,
            on_change=lambda use: ImportState.use(index, use),
            aria_label=f"What {one.name} is",
        ),
    )


def _country() -> rx.Component:
    return field(
        "country",
        "Numbers without their country are from",
        select(
            "country",
            rx.foreach(ImportState.countries, _option),
            value=shown.country,
            on_change=ImportState.be_from,
        ),
    )


def _option(one: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(one.label, value=one.value)


def _tab(one: rx.Var[VerdictTab]) -> rx.Component:
    return rx.el.button(
        one.label,
        rx.el.span(one.count, class_name="num"),
        type="button",
        on_click=ImportState.show(one.key),
        custom_attrs={"aria-pressed": rx.cond(ImportState.verdict == one.key, "true", "false")},
    )


def _row(one: rx.Var[RowLine]) -> rx.Component:
    return rx.el.li(
        rx.el.span(one.line, class_name="num muted", title="Line of the file"),
        rx.el.div(
            rx.el.bdi(one.name, class_name="strong clip"),
            rx.el.small(one.why, class_name="why"),
        ),
        rx.el.span(one.phone, class_name="num"),
        rx.el.span(
            rx.match(
                one.verdict,
                ("new", icon("plus", 15)),
                ("changed", icon("pencil", 15)),
                ("wrong", icon("circle_alert", 15)),
                icon("check", 15),
            ),
            one.word,
            class_name=f"verdict is-{one.verdict}",
        ),
    )


def _foot() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(
                "into",
                "Put all of them into a list",
                select(
                    "into",
                    rx.el.option("No list", value=""),
                    rx.foreach(ImportState.lists, _option),
                    rx.el.option("A new list…", value=NEW_LIST),
                    value=ImportState.into,
                    on_change=ImportState.choose_list,
                ),
            ),
            rx.cond(
                ImportState.into == NEW_LIST,
                field(
                    "list-name",
                    "Its name",
                    text_input("list-name", ImportState.error, auto_complete="off", dir="auto"),
                    "",
                    ImportState.error,
                ),
                rx.cond(
                    ImportState.error != "",
                    rx.el.p(icon("circle_alert", 15), ImportState.error, class_name="wrong"),
                ),
            ),
            class_name="into",
        ),
        rx.el.div(
            rx.cond(
                shown.button != "",
                rx.el.button(shown.button, type="submit", class_name="btn primary"),
                rx.el.p("There is nobody in it to import.", class_name="help"),
            ),
            rx.el.button(
                "Put it away", type="button", on_click=ImportState.put_away, class_name="btn ghost"
            ),
            rx.el.span(shown.left_out, class_name="help"),
            class_name="line",
        ),
        on_submit=ImportState.save,
        no_validate=True,
        class_name="card import-part import-foot",
    )
