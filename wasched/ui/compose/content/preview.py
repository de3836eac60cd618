"""The message as it looks on the phone of one of those it goes to."""

import reflex as rx

from wasched.domain.content_rules import TEXT_LONG
from wasched.ui.components.bubble import bubble_inside, on_ground
from wasched.ui.components.each import each, each_place
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.components.taken import held_box
from wasched.ui.compose.content.bubbles import content_bubble
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.link_preview_state import LinkLookState
from wasched.ui.compose.state import ComposeState
from wasched.ui.core.rows import Choice


def preview_head() -> rx.Component:
    """The heading, and as whom it is looked at."""
    return rx.el.div(
        rx.el.h2("Preview"),
        rx.cond(
            ComposeState.faces.length() > 1,
            select_field(
                "face",
                each(ComposeState.faces, _face, "value"),
                taken=rx.cond(
                    ComposeState.face != "", ComposeState.face, ComposeState.faces[0].value
                ),
                on_change=ComposeState.look_as,
                aria_label="Preview as",
            ),
        ),
        class_name="card-head",
    )


def content_preview(clock: rx.Var[str]) -> rx.Component:
    """The bubbles, and what there is to know of a link and of a long text."""
    return rx.fragment(
        on_ground(
            rx.cond(
                ComposeState.bubbles.length() > 0,
                each_place(ComposeState.bubbles, lambda one, _: content_bubble(one, clock)),
                bubble_inside(rx.el.p("Your message", class_name="muted"), clock),
            )
        ),
        _link(),
        rx.cond(
            ContentState.written.wordings[0].length() > TEXT_LONG,
            rx.el.p(
                f"Above {TEXT_LONG:,} characters (now ",
                ContentState.written.wordings[0].length(),
                ') phones hide the rest behind "Read more".',
                class_name="help",
            ),
        ),
    )


def _face(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.option("as ", choice.label, value=choice.value)


def _link() -> rx.Component:
    """Whether the first link shows what it leads to."""
    looking = rx.cond(
        LinkLookState.is_looking,
        "Looking at the link …",
        rx.cond(
            LinkLookState.seen.title != "",
            "Show what the link leads to",
            "The link shows no title; it goes as it is.",
        ),
    )
    shown = LinkLookState.seen.title != ""
    return rx.cond(
        (LinkLookState.url != "")
        & (ContentState.written.what == "text")
        & (ContentState.written.files.length() == 0),
        rx.el.label(
            rx.cond(
                shown,
                held_box(
                    ContentState.written.preview != "",
                    on_change=lambda on: [
                        ContentState.fill("preview", rx.cond(on, "yes", "")),
                        ComposeState.keep,
                    ],
                ),
                icon("link", 15),
            ),
            looking,
            class_name="link-look",
        ),
    )
