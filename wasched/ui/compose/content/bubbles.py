"""The bubble of any content: words, a picture, a poll with its answers, a place, a card."""

import reflex as rx

from wasched.ui.components.bubble import bubble_inside, lines, on_ground
from wasched.ui.components.each import each_place
from wasched.ui.components.icons import icon
from wasched.ui.compose.bubbles import Bubble
from wasched.ui.compose.content.files import file_icon


def content_bubbles(made: rx.Var[list[Bubble]], clock: rx.Var[str]) -> rx.Component:
    """Bubbles on their quiet ground."""
    return on_ground(each_place(made, lambda one, _: content_bubble(one, clock)))


def content_bubble(one: rx.Var[Bubble], clock: rx.Var[str]) -> rx.Component:
    """One bubble, under the name of its message or wording if it has one."""
    return rx.fragment(
        rx.cond(one.label != "", rx.el.p(one.label, class_name="which")),
        bubble_inside(rx.fragment(_beside(one), _words(one)), clock),
    )


def _words(one: rx.Var[Bubble]) -> rx.Component:
    empty = (one.kind == "text") | (one.kind == "poll")
    return rx.fragment(
        rx.cond(
            one.blocks.length() > 0,
            lines(one.blocks),
            rx.cond(empty, rx.el.p("Your message", class_name="muted")),
        ),
        rx.cond(one.kind == "poll", _answers(one)),
    )


def _beside(one: rx.Var[Bubble]) -> rx.Component:
    """What stands above the words."""
    return rx.match(
        one.kind,
        ("text", rx.cond(one.title != "", _about("linked", icon("link", 18), one))),
        ("image", _picture(one)),
        ("video", _picture(one)),
        ("poll", rx.fragment()),
        ("location", _about("spot", icon("map_pin", 22), one)),
        ("contact", _about("carded", icon("user_round", 20), one)),
        _about("filed", file_icon(one.kind, 20), one),
    )


def _picture(one: rx.Var[Bubble]) -> rx.Component:
    return rx.cond(
        one.picture != "",
        rx.el.span(
            rx.el.img(src=one.picture, alt=one.title),
            rx.cond(one.kind == "video", icon("play", 28)),
            class_name="pictured",
        ),
        _about("filed", file_icon(one.kind, 20), one),
    )


def _about(look: str, picture: rx.Component, one: rx.Var[Bubble]) -> rx.Component:
    return rx.el.div(
        picture,
        rx.el.div(
            rx.el.bdi(one.title, class_name="strong"),
            rx.cond(one.line != "", rx.el.small(one.line)),
        ),
        class_name=f"beside {look}",
    )


def _answers(one: rx.Var[Bubble]) -> rx.Component:
    return rx.fragment(
        rx.el.small(one.line, class_name="muted"),
        rx.el.ul(
            each_place(one.options, lambda words, _: rx.el.li(rx.el.bdi(words))),
            class_name="votes",
        ),
    )
