"""What a page shows by what the reader may do; the refusal behind it stays (`permissions.py`)."""

import reflex as rx

from wasched.ui.components.empty import empty_state
from wasched.ui.core import routes
from wasched.ui.frame.state import ShellState


def writers_see(*children: rx.Component) -> rx.Component:
    """Parts for who may write and change; nothing for who only looks."""
    return rx.cond(ShellState.may_write, rx.fragment(*children))


def approvers_see(*children: rx.Component) -> rx.Component:
    """Parts for who lets out what others write; nothing for who is alone."""
    return rx.cond(ShellState.may_approve, rx.fragment(*children))


def managers_see(*children: rx.Component) -> rx.Component:
    """Parts for who links phones and decides who belongs here."""
    return rx.cond(ShellState.may_manage, rx.fragment(*children))


def nothing_yet(sentence: str, label: str, href: str = routes.COMPOSE) -> rx.Component:
    """An empty place, with the button that helps for who may write."""
    return rx.cond(ShellState.may_write, empty_state(sentence, label, href), empty_state(sentence))
