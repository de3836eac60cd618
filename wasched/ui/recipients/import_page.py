"""Import: people from a spreadsheet or a phone's contacts, looked at before anybody is changed."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.icons import icon
from wasched.ui.components.upload import media_picker
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_shell, way_back
from wasched.ui.recipients.import_parts import waiting_import
from wasched.ui.recipients.import_state import ImportState

shown = ImportState.page
reading = ImportState.reading

_ACCEPT = (
    ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.vcf,"
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,"
    "application/vnd.ms-excel,application/vnd.oasis.opendocument.spreadsheet,"
    "text/csv,text/vcard,text/tab-separated-values"
)


def import_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        way_back("Recipients", routes.RECIPIENTS),
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
                    ImportState.reading.sentence != "",
                    _progress(),
                    rx.cond(shown.id > 0, waiting_import(), rx.fragment(_choose(), _last())),
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
            "A spreadsheet (.xlsx, .xls, .ods or .csv), or contacts as vCard (.vcf). ",
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
            confirm_dialog(
                rx.el.button("Undo it", type="button", class_name="btn"),
                "Undo the last import?",
                "Whom it added is removed again, with what is still to go to them. "
                "Whom it changed is as before, unless somebody changed them since.",
                "Undo it",
                "Keep it",
                ImportState.take_back,
                ends=True,
            ),
            class_name="card last-import",
        ),
    )


def _progress() -> rx.Component:
    return rx.el.div(
        rx.el.span(reading.sentence),
        rx.cond(
            ~reading.is_held_up,
            rx.fragment(
                rx.el.progress(
                    value=reading.percent, max=100, custom_attrs={"aria-label": reading.sentence}
                ),
                rx.el.span(f"{reading.percent} %", class_name="num small"),
            ),
        ),
        rx.el.button("Stop", type="button", on_click=ImportState.stop, class_name="btn ghost"),
        role="status",
        class_name="card importing",
    )
