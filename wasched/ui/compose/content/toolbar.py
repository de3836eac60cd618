"""The tools above the text: looks, emoji, variables, mentions, and what else can be sent."""

import reflex as rx

from wasched.domain.content import EVERYONE
from wasched.services.recipients.mentions import MentionName
from wasched.ui.components.each import each
from wasched.ui.components.icons import icon
from wasched.ui.components.insert import insert_button, mark_button
from wasched.ui.compose.content.emoji import emoji_panel
from wasched.ui.compose.content.files import FILES_ID
from wasched.ui.compose.content_fields import CARD, PLACE, POLL
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.emoji_state import EmojiState
from wasched.ui.compose.state import ComposeState


def text_toolbar() -> rx.Component:
    """The row of tools; a small panel opens below the ones that offer more."""
    return rx.el.div(
        mark_button("text", "*", "Bold", icon("bold")),
        mark_button("text", "_", "Italic", icon("italic")),
        mark_button("text", "~", "Strike through", icon("strikethrough")),
        mark_button("text", "`", "Monospace", icon("code")),
        _panel("Emoji", icon("smile"), emoji_panel(), only_icon=True, on_click=EmojiState.want),
        rx.el.hr(),
        _panel("Name, date …", icon("braces"), _variables()),
        _panel("Mention", icon("at_sign"), _mentions(), on_click=ContentState.look_for("")),
        _attach(),
        class_name="tools",
        role="toolbar",
        custom_attrs={"aria-label": "Tools of the text"},
    )


def _panel(
    name: str,
    picture: rx.Component,
    *inside: rx.Component,
    only_icon: bool = False,
    class_name: str = "",
    **props: object,
) -> rx.Component:
    words = rx.el.span(name, class_name="sr" if only_icon else "only-desk-words")
    return rx.el.details(
        rx.el.summary(picture, words, custom_attrs={"aria-label": name}, **props),
        rx.el.div(*inside, class_name="card pop"),
        class_name=f"popper {class_name}".strip(),
        custom_attrs={"name": "tools"},  # one is open at a time
    )


def _variables() -> rx.Component:
    return rx.fragment(
        rx.el.p("Each gets their own. {first_name|friend} says friend where no name is known."),
        rx.el.div(
            each(ContentState.variables, lambda name: insert_button("text", name), ""),
            class_name="vars",
        ),
    )


def _mentions() -> rx.Component:
    everyone = MentionName(EVERYONE, EVERYONE, "all members of the group")
    return rx.fragment(
        rx.el.p("In a group, phones tell those whom you mention."),
        rx.el.span(
            icon("search"),
            rx.el.input(
                type="search",
                placeholder="Name or number",
                auto_complete="off",
                dir="auto",
                on_change=ContentState.look_for.debounce(150),
                custom_attrs={"aria-label": "Whom to mention"},
            ),
            class_name="field search",
        ),
        rx.el.div(
            _person(rx.Var.create(everyone).to(MentionName)),
            each(ContentState.people, _person, "jid"),
            class_name="rows people",
        ),
    )


def _person(one: rx.Var[MentionName]) -> rx.Component:
    return rx.el.button(
        rx.el.bdi(one.name, class_name="clip strong"),
        rx.el.span(one.phone, class_name="small muted num"),
        type="button",
        on_click=[ContentState.mention(one.name, one.jid), ComposeState.keep],
        class_name="offer",
        custom_attrs={"data-insert": f"@{one.name} ", "data-into": "text"},
    )


def _attach() -> rx.Component:
    """A menu of what else can be sent; scripts/poppers.js opens, goes through and closes it."""
    words = rx.el.span("Attach", class_name="only-desk-words")
    attrs = {"aria-label": "Attach", "aria-haspopup": "menu"}
    return rx.el.details(
        rx.el.summary(icon("paperclip"), words, custom_attrs=attrs),
        rx.el.div(
            _entry("image", "Photo, video, sound or file", **{"data-opens": FILES_ID}),
            _other(POLL, "chart_bar", "Poll"),
            _other(PLACE, "map_pin", "Place"),
            _other(CARD, "contact", "Contact"),
            class_name="card pop menu",
            role="menu",
            custom_attrs={"aria-label": "What to attach"},
        ),
        class_name="popper last-tool",
        custom_attrs={"name": "tools"},
    )


def _other(what: str, picture: str, name: str) -> rx.Component:
    return _entry(picture, name, on_click=[ContentState.become(what), ComposeState.keep])


def _entry(
    picture: str, name: str, on_click: rx.event.EventType[()] = (), **attrs: str
) -> rx.Component:
    return rx.el.button(
        icon(picture),
        name,
        type="button",
        role="menuitem",
        class_name="btn ghost",
        custom_attrs=attrs,
        on_click=on_click,
    )
