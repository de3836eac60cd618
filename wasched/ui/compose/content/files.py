"""The files that go along: their order, and how each is sent."""

import reflex as rx

from wasched.ui.components.each import each
from wasched.ui.components.forms import select_field
from wasched.ui.components.icons import icon
from wasched.ui.components.upload import media_picker
from wasched.ui.compose.content_fields import File
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.state import ComposeState
from wasched.ui.core.rows import Choice

files = ContentState.written.files

FILES_ID = "media"
"""The field that files are chosen by, which is opened from the menu of what can be attached."""


def file_rows() -> rx.Component:
    """A row for each file, in the order they go."""
    return rx.cond(
        files.length() > 0,
        rx.fragment(
            rx.el.ul(each(files, _file, "id"), class_name="card rows files"),
            rx.cond(
                files.length() > 1,
                rx.el.p(
                    "Each file is a message of its own, one after the other. ",
                    "The text goes with the first.",
                    class_name="help",
                ),
            ),
        ),
    )


def file_picker() -> rx.Component:
    """How far a file is that is being sent to the server; nothing else of it shows."""
    return media_picker(
        [ContentState.attach, ComposeState.keep],
        ContentState.refuse,
        label="",
        multiple=True,
        input_id=FILES_ID,
    )


def refused_files() -> rx.Component:
    """Why a file was not taken."""
    return rx.cond(
        ContentState.refused != "",
        rx.el.p(icon("circle_alert", 15), ContentState.refused, class_name="wrong", role="alert"),
    )


def file_icon(kind: rx.Var[str], size: int = 18) -> rx.Component:
    """What stands for a kind of file."""
    return rx.match(
        kind,
        ("image", icon("image", size)),
        ("video", icon("video", size)),
        ("audio", icon("music", size)),
        ("voice", icon("mic", size)),
        icon("file", size),
    )


def _file(one: rx.Var[File]) -> rx.Component:
    return rx.el.li(
        rx.cond(
            (one.picture != "") & (one.kind != "document"),
            rx.el.img(src=one.picture, alt=""),
            rx.el.span(file_icon(one.kind), class_name="thumb"),
        ),
        rx.el.div(
            rx.el.bdi(one.name, class_name="clip strong"),
            rx.el.small(rx.cond(one.sentence != "", one.sentence, one.size)),
            class_name="about",
        ),
        rx.cond(
            one.ways.length() > 1,
            select_field(
                rx.Var.create(f"way-{one.id}"),  # as text: another ref in every build
                each(one.ways, _way, "value"),
                taken=one.kind,
                on_change=lambda kind: [ContentState.send_as(one.id, kind), ComposeState.keep],
                aria_label=f"Send {one.name} as",
            ),
        ),
        rx.cond(
            files[0].id != one.id,
            _button("arrow_up", f"Send {one.name} earlier", ContentState.lift(one.id), "earlier"),
        ),
        _button("x", f"Remove {one.name}", ContentState.detach(one.id), "gone"),
    )


def _way(choice: rx.Var[Choice]) -> rx.Component:
    return rx.el.option(choice.label, value=choice.value)


def _button(picture: str, name: rx.Var[str], event: rx.event.EventSpec, look: str) -> rx.Component:
    return rx.el.button(
        icon(picture),
        type="button",
        on_click=[event, ComposeState.keep],
        class_name=f"btn ghost square {look}",
        custom_attrs={"aria-label": name},
    )
