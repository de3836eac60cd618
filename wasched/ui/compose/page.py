"""Compose: who, what, when, and the sentence that says what will happen."""

import reflex as rx

from wasched.ui.components.empty import missing_state
from wasched.ui.components.icons import icon
from wasched.ui.components.links import FREEZES, link, link_here
from wasched.ui.compose.content.block import content_block
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.parts.nudge import nudge_block
from wasched.ui.compose.parts.options import options_block
from wasched.ui.compose.parts.parts import FORM
from wasched.ui.compose.parts.preview import action_bar, preview_side
from wasched.ui.compose.parts.scope import conflict_block, scope_block
from wasched.ui.compose.parts.time import when_block
from wasched.ui.compose.parts.unfinished import unfinished_block
from wasched.ui.compose.recipients import recipients_field
from wasched.ui.compose.state import ComposeState
from wasched.ui.core import routes
from wasched.ui.frame.layout import page_shell

edited = EditState.shown


def compose_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        _head(),
        # The form stays while the line comes back: nothing that is being typed may go.
        rx.cond(_nothing_to_send_from(), _no_account(), _columns()),
        title=title(),
        current=routes.COMPOSE,
        back=routes.HOME,
        bar=rx.el.div(_throw_away("btn ghost square", "sr"), _to_preview(), class_name="line"),
        focus=True,
    )


def _nothing_to_send_from() -> rx.Var[bool]:
    return ComposeState.is_loaded & (DraftState.accounts.length() == 0)


def title() -> rx.Var[str]:
    """What the page is called, in its heading and in the browser's tab."""
    return rx.cond(edited.id > 0, "Edit message", "New message")


def _head() -> rx.Component:
    close = link(
        icon("x", 20),
        href=rx.cond(edited.id > 0, edited.href, routes.HOME),
        class_name="btn ghost square",
        custom_attrs={"aria-label": "Close"},
    )
    return rx.el.header(
        rx.el.div(close, rx.el.h1(title()), class_name="closing"),
        rx.el.div(_saved(), _throw_away("btn"), class_name="line"),
        class_name="head only-desk",
    )


def _to_preview() -> rx.Component:
    """On a phone the preview stands at the end of the page."""
    shown = link_here(icon("eye"), "Preview", place="preview", class_name="btn ghost")
    return rx.cond(_nothing_to_send_from(), rx.fragment(), shown)


def _saved() -> rx.Component:
    """Nothing typed is lost, and this says so."""
    saved = rx.el.span(icon("check", 15), "Draft saved ", DraftState.kept_at, class_name="zone")
    refused = rx.el.span(icon("circle_alert", 15), DraftState.not_kept, class_name="zone")
    return rx.cond(
        edited.id == 0,
        rx.cond(DraftState.not_kept != "", refused, rx.cond(DraftState.kept_at != "", saved)),
    )


def _throw_away(look: str, words: str = "") -> rx.Component:
    """Throws the draft away, once there is one."""
    return rx.cond(
        (DraftState.draft_id > 0) & (edited.id == 0),
        rx.el.button(
            icon("trash_2"),
            rx.el.span("Throw away", class_name=words),
            type="button",
            on_click=ComposeState.throw_away,
            class_name=look,
        ),
    )


def _no_account() -> rx.Component:
    sentence = "Link a phone first: messages go out through it."
    return missing_state(sentence, routes.ACCOUNTS, "Link a phone")


def _columns() -> rx.Component:
    return rx.fragment(
        unfinished_block(),
        rx.el.div(
            rx.el.div(
                conflict_block(),
                scope_block(),
                recipients_field(),
                content_block(),
                rx.el.form(
                    when_block(),
                    options_block(),
                    nudge_block(),
                    id=FORM,
                    on_submit=ComposeState.submit,
                    no_validate=True,
                    custom_attrs={FREEZES: ".compose"},
                ),
            ),
            preview_side(),
            class_name="compose",
            # Nothing is typed into a page that its draft has yet to come to.
            custom_attrs={
                "inert": ~ComposeState.is_loaded,
                # Which words in this browser belong to it: scripts/typed.js.
                "data-draft": rx.cond(edited.id > 0, "", DraftState.name),
                "data-version": DraftState.version,
                "data-size": DraftState.size,
            },
        ),
        rx.el.p(_saved(), class_name="only-phone"),
        action_bar(),
    )
