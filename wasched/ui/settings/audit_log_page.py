"""The audit log: who did what, when and from where, newest first."""

import reflex as rx

from wasched.services.server.audit_page import SERVER
from wasched.ui.components.each import each
from wasched.ui.components.empty import empty_state, skeleton_rows
from wasched.ui.components.forms import choice_option, select_field
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link, plain_link, text_link
from wasched.ui.components.narrowing import SAYS, day_field
from wasched.ui.components.pager import page_links
from wasched.ui.core import routes
from wasched.ui.core.rows import Choice
from wasched.ui.frame.layout import page_head, page_shell, way_back, zone_note
from wasched.ui.settings.audit_log_state import AuditLogState
from wasched.ui.settings.audit_log_text import DeedDay, DeedLine

given = AuditLogState.given


def audit_log_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        way_back("Settings", routes.SETTINGS),
        page_head("Audit log", end=rx.el.div(zone_note(), _export("btn"), class_name="line")),
        rx.cond(
            AuditLogState.is_loaded,
            rx.fragment(_logs(), _filters(), _list(), _kept()),
            skeleton_rows(8),
        ),
        title="Audit log",
        current=routes.SETTINGS,
        back=routes.SETTINGS,
        bar=_export("btn ghost"),
    )


def _export(look: str) -> rx.Component:
    """The browser itself downloads what the filters choose."""
    return plain_link(
        icon("download"),
        "Export",
        href=f"/export/audit-log.csv?{AuditLogState.query}",
        class_name=look,
        custom_attrs={"inert": ~AuditLogState.is_loaded},
    )


def _logs() -> rx.Component:
    """For who runs the server: what is done where they are, and what is done with the server."""
    return rx.cond(
        AuditLogState.logs > 1,
        rx.el.nav(
            _log("Here", "", given["of"] != SERVER),
            _log("Whole server", f"?of={SERVER}", given["of"] == SERVER),
            class_name="tabs",
            custom_attrs={"aria-label": "Which log"},
        ),
    )


def _log(word: str, query: str, is_shown: rx.Var[bool]) -> rx.Component:
    return link(
        word,
        href=f"{routes.AUDIT_LOG}{query}",
        custom_attrs={"aria-current": rx.cond(is_shown, "page", "false")},
    )


def _filters() -> rx.Component:
    return rx.el.div(
        _pick("who", "Who", "Everybody", AuditLogState.people),
        _pick("kind", "About", "Everything", AuditLogState.kinds),
        day_field("from", "From", given["from"]),
        day_field("to", "To", given["to"]),
        class_name="log-filters",
    )


def _pick(name: str, label: str, every: str, choices: rx.Var[list[Choice]]) -> rx.Component:
    return select_field(
        name,
        rx.el.option(every, value=""),
        each(choices, choice_option, "value"),
        taken=given[name],
        attrs={SAYS: name},
        aria_label=label,
    )


def _list() -> rx.Component:
    return rx.cond(
        AuditLogState.days.length() > 0,
        rx.fragment(each(AuditLogState.days, _day, "label"), _pager()),
        rx.cond(
            AuditLogState.filters > 0,
            rx.el.div(
                rx.el.p(
                    "Nothing matches. ",
                    text_link(
                        "Clear the filters",
                        rx.cond(
                            given["of"] == SERVER,
                            f"{routes.AUDIT_LOG}?of={SERVER}",
                            routes.AUDIT_LOG,
                        ),
                    ),
                ),
                class_name="card empty",
            ),
            empty_state("Nothing was done yet."),
        ),
    )


def _day(day: rx.Var[DeedDay]) -> rx.Component:
    return rx.el.section(
        rx.el.header(rx.el.h2(day.label)),
        rx.el.ul(each(day.lines, _deed), class_name="card rows"),
        class_name="section",
    )


def _deed(line: rx.Var[DeedLine]) -> rx.Component:
    return rx.el.li(
        rx.el.time(line.clock, class_name="num muted"),
        rx.el.div(
            rx.el.bdi(line.who, class_name="strong"),
            " ",
            line.what,
            rx.cond(
                line.href != "",
                rx.fragment(": ", link(rx.el.bdi(line.about), href=line.href, class_name="link")),
            ),
        ),
        rx.el.span(line.address, class_name="num small muted"),
        class_name="deed",
    )


def _pager() -> rx.Component:
    first = f"{routes.AUDIT_LOG}?{AuditLogState.query}"
    return page_links(AuditLogState.is_first, first, AuditLogState.older)


def _kept() -> rx.Component:
    return rx.el.p(
        "Nobody can change an entry. Each is kept for a year. Texts of messages are in none.",
        class_name="small muted log-kept",
    )
