"""Banners: the server's mode, and a connection that was lost."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from wasched.ui.components.icons import icon
from wasched.ui.components.links import plain_link, text_link
from wasched.ui.core import routes
from wasched.ui.frame.state import ShellState


def mode_banner() -> rx.Component:
    """Says on every page that nothing is sent, or nothing real, when that is so."""
    return rx.fragment(_trouble(), _notice(), _mode())


def failure_banner() -> rx.Component:
    """Says in the place of a page, or above what is left of it, that it could not be loaded."""
    return rx.cond(
        ShellState.is_failing,
        rx.el.div(
            icon("circle_alert", 20),
            rx.el.div(
                rx.el.b("This page could not be loaded."),
                rx.el.p(
                    "What it shows may be missing or old. If it stays so, the server's log says "
                    "why. Sending goes on by itself wherever it can.",
                ),
            ),
            plain_link("Try again", href="", class_name="btn"),
            class_name="card empty failure",
            role="alert",
        ),
    )


def _trouble() -> rx.Component:
    """What is wrong with the server, wherever somebody is."""
    return rx.cond(
        ShellState.trouble != "",
        rx.el.div(
            icon("triangle_alert", 20),
            rx.el.span(rx.el.b(ShellState.trouble), " ", text_link("See Health", routes.HEALTH)),
            class_name="mode stands",
            role="alert",
        ),
    )


def _notice() -> rx.Component:
    """What is to be known of the server although it stops nothing."""
    return rx.cond(
        ShellState.notice != "",
        rx.el.div(
            icon("info"),
            rx.el.span(ShellState.notice, " ", text_link("See Health", routes.HEALTH)),
            class_name="mode",
            role="status",
        ),
    )


def _mode() -> rx.Component:
    return rx.cond(
        ShellState.demo_url != "",
        _line(
            "This is a demo: invented people, invented phones. ",
            plain_link(
                "See their phones",
                href=ShellState.demo_url,
                class_name="link",
                custom_attrs={"target": "_blank"},
            ),
        ),
        rx.cond(
            ShellState.practice,
            _line("Practice mode: everything works, no message leaves this server."),
        ),
    )


def line_banner(_stateful: bool = True) -> rx.Component:
    """Stands once over all pages: the line to the server, and what waits for it."""
    return rx.fragment(
        rx.el.div(
            _lost(),
            # Filled by scripts/presses.js, which needs no server for that.
            rx.el.div(id="waits", role="status"),
            class_name="over",
        )
    )


def _lost() -> rx.Component:
    """Says that the page may be old while the server cannot be reached."""
    return rx.cond(
        has_connection_errors,
        rx.el.div(
            icon("cloud_off"),
            rx.el.span(
                "No connection to your server. ",
                rx.cond(ShellState.as_of != "", f"What you see is from {ShellState.as_of}; ", ""),
                "trying again.",
            ),
            class_name="lost",
            role="status",
        ),
    )


def _line(*words: rx.Component | str) -> rx.Component:
    return rx.el.div(icon("flask_conical"), rx.el.span(*words), class_name="mode", role="note")
