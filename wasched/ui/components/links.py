"""Links inside the app, which change the page without loading it anew."""

import reflex as rx
from reflex_components_core.react_router.dom import ReactRouterLink

LEAVES = {"data-leaves": ""}
"""Marks a button whose row is about to go: it fades before the server has answered."""


def link(
    *children: rx.Component | rx.Var | str, href: rx.Var | str, **props: object
) -> rx.Component:
    """A link to another page of the app."""
    return ReactRouterLink.create(*children, to=href, **props)


def text_link(text: str, href: rx.Var | str) -> rx.Component:
    """A link within or beside a text."""
    return link(text, href=href, class_name="link")
