"""Links inside the app, which change the page without loading it anew."""

import reflex as rx
from reflex_components_core.el.element import Element
from reflex_components_core.react_router.dom import ReactRouterLink

LEAVES = {"data-leaves": ""}
"""Marks a button whose row is about to go: it fades before the server has answered."""


def link(
    *children: rx.Component | rx.Var | str, href: rx.Var | str, **props: object
) -> rx.Component:
    """A link to another page of the app."""
    return ReactRouterLink.create(*children, to=href, **props)


class PlainLink(Element):
    """The browser's own link; React Router would make another address of a place on this page."""

    tag = "a"
    href: rx.Var[str]


def link_here(*children: rx.Component | str, place: str, **props: object) -> rx.Component:
    """A link to a place on the same page; `place` is an element's id."""
    return PlainLink.create(*children, href=f"#{place}", **props)


def text_link(text: str, href: rx.Var | str) -> rx.Component:
    """A link within or beside a text."""
    return link(text, href=href, class_name="link")
