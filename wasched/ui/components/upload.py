"""Choosing files and sending them to the server in pieces, with progress."""

import reflex as rx
from reflex.event import EventType, passthrough_event_spec


class MediaPicker(rx.Component):
    """The button that uploads; its JavaScript is `assets/media_picker.js`."""

    library = "$/public/media_picker.js"
    tag = "MediaPicker"

    label: rx.Var[str]
    accept: rx.Var[str]
    wanted: rx.Var[str]
    multiple: rx.Var[bool]
    input_id: rx.Var[str]
    on_done: rx.EventHandler[passthrough_event_spec(str)]
    on_refused: rx.EventHandler[passthrough_event_spec(str)]


def media_picker(
    on_done: EventType[str],
    on_refused: EventType[str],
    label: str = "Attach a file",
    accept: str = "",
    wanted: str = "",
    multiple: bool = False,
    input_id: str = "media",
    class_name: str = "btn",
) -> rx.Component:
    """A button that uploads what is chosen, one file after the other; unseen without a `label`.

    `on_done` gets the id of each file (as text), `on_refused` a sentence. `accept` limits the
    browser's own dialogue, `wanted` (image, video or audio) what the server takes.
    """
    return MediaPicker.create(
        label=label,
        accept=accept,
        wanted=wanted,
        multiple=multiple,
        input_id=input_id,
        class_name=class_name,
        on_done=on_done,
        on_refused=on_refused,
    )
