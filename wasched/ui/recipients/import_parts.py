"""An import that waits: what its columns are, what becomes of its rows, and the button."""

import reflex as rx

from wasched.ui.components.each import each, each_place
from wasched.ui.components.forms import choice_option, field, select_field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.recipients.import_state import NEW_LIST, ImportState
from wasched.ui.recipients.import_text import USES, ColumnLine, RowLine, VerdictTab

shown = ImportState.page


def waiting_import() -> rx.Component:
    """All of it."""
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
        _sheet(),
        rx.el.section(
            rx.el.h2("Columns"),
            rx.el.ul(each_place(shown.columns, _column), class_name="columns"),
            _country(),
            class_name="card import-part",
        ),
        rx.el.section(
            rx.el.h2("Rows"),
            rx.el.div(
                each(shown.tabs, _tab),
                class_name="segments wrapped",
                role="group",
                custom_attrs={"aria-label": "Which rows"},
            ),
            rx.el.ul(each(ImportState.rows, _row, "line"), class_name="card rows import-rows"),
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


def _sheet() -> rx.Component:
    """Which of a workbook's sheets this is, where it has several."""
    return rx.cond(
        shown.sheets.length() > 0,
        rx.el.section(
            field(
                "sheet",
                "Sheet of the workbook",
                select_field(
                    "sheet",
                    each(shown.sheets, choice_option, "value"),
                    taken=shown.sheet,
                    on_change=ImportState.turn_to,
                ),
            ),
            rx.cond(shown.hidden != "", rx.el.p(shown.hidden, class_name="help")),
            class_name="card import-part",
        ),
    )


def _column(one: rx.Var[ColumnLine], index: rx.Var[int]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.bdi(one.name, class_name="strong clip"),
            rx.el.small(one.samples, class_name="muted clip", dir="auto"),
        ),
        select_field(
            rx.Var.create(f"use-{index}"),
            *[rx.el.option(use.label, value=use.value) for use in USES],
            taken=one.use,
            on_change=lambda use: ImportState.use(index, use),
            aria_label=f"What {one.name} is",
        ),
    )


def _country() -> rx.Component:
    return field(
        "country",
        "Numbers without their country are from",
        select_field(
            "country",
            each(ImportState.countries, choice_option, "value"),
            taken=shown.country,
            on_change=ImportState.be_from,
        ),
    )


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
            rx.cond(one.is_mended, _mend(one)),
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


def _mend(one: rx.Var[RowLine]) -> rx.Component:
    """Another number for a row that has a wrong one."""
    error = rx.cond(ImportState.mended_at == one.position, ImportState.mend_error, "")
    return rx.el.form(
        rx.el.input(type="hidden", name="position", value=one.position, read_only=True),
        rx.el.div(
            rx.el.input(
                id=f"row-{one.position}",
                name="number",
                type="tel",
                default_value=one.typed,
                auto_complete="off",
                custom_attrs={
                    "aria-label": f"Number of {one.name}, line {one.line}",
                    "aria-describedby": f"row-{one.position}-error",
                },
            ),
            class_name=rx.cond(error != "", "field bad", "field"),
        ),
        rx.el.button("Mend", type="submit", class_name="btn"),
        rx.el.p(error, id=f"row-{one.position}-error", role="alert", class_name="wrong"),
        on_submit=ImportState.mend,
        no_validate=True,
        class_name="line mend",
    )


def _foot() -> rx.Component:
    return rx.el.form(
        rx.el.div(
            field(
                "into",
                "Put all of them into a list",
                select_field(
                    "into",
                    rx.el.option("No list", value=""),
                    each(ImportState.lists, choice_option, "value"),
                    rx.el.option("A new list…", value=NEW_LIST),
                    taken=ImportState.into,
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
                    rx.el.p(
                        icon("circle_alert", 15),
                        ImportState.error,
                        class_name="wrong",
                        role="alert",
                    ),
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
