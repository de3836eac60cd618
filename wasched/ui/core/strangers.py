"""States whose events a stranger may send: those of the pages before signing in."""

from typing import TypeVar

import reflex as rx

StateClass = TypeVar("StateClass", bound=type[rx.State])
OPEN_STATES: list[type[rx.State]] = []


def open_to_strangers(state: StateClass) -> StateClass:
    """Let who is not signed in send the events of a State: to be used as its decorator."""
    OPEN_STATES.append(state)
    return state
