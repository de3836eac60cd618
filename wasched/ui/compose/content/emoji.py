"""Emoji: the picker is emoji-picker-react, loaded when somebody opens it for the first time."""

import reflex as rx
from reflex.style import resolved_color_mode

from wasched.ui.compose.emoji_state import EmojiState


def _sign(chosen: rx.Var[dict[str, str]], _event: rx.Var[object]) -> tuple[rx.Var[str]]:
    """Of what the picker tells: the emoji itself."""
    return (chosen["emoji"],)


class EmojiPicker(rx.NoSSRComponent):
    """All emoji by name and kind, as the device itself draws them: no picture is fetched."""

    library = "emoji-picker-react@5.1.4"
    tag = "EmojiPicker"
    is_default = True

    theme: rx.Var[str]
    emoji_style: rx.Var[str]
    width: rx.Var[str]
    height: rx.Var[int]
    preview_config: rx.Var[dict[str, bool]]
    lazy_load_emojis: rx.Var[bool]
    search_placeholder: rx.Var[str]
    on_emoji_click: rx.EventHandler[_sign]


def emoji_panel() -> rx.Component:
    """The picker, once it was asked for; what is chosen goes where somebody writes."""
    return rx.cond(
        EmojiState.is_wanted,
        EmojiPicker.create(
            theme=resolved_color_mode,
            emoji_style="native",
            width="100%",
            height=340,
            preview_config={"showPreview": False},
            search_placeholder="Search",
            on_emoji_click=lambda chosen: rx.run_script(rx.Var(f"window.insertWords({chosen!s})")),
        ),
        rx.el.p("Loading", class_name="help"),
    )
