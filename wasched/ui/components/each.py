"""Rows that are known by what they show: focus and what is open stay with the thing."""

from collections.abc import Callable
from functools import wraps

import reflex as rx
from reflex_components_core.core.cond import Cond
from reflex_components_core.core.match import Match

THING = "data-thing"
"""Names what an element stands for, so that focus can be given back to it: scripts/things.js."""

Draw = Callable[[rx.Var], rx.Component]


def each(
    rows: rx.Var, draw: Draw, key: str | Callable[[rx.Var], rx.Var[str]] = "key"
) -> rx.Component:
    """A part for each of the rows; `key` is the field that tells them apart.

    Without a key the browser takes the place: what slides under the focus would get the next
    press. An empty `key` stands for rows that are words themselves, a callable makes one.
    """

    @wraps(draw)  # the framework calls the row as `draw` does: one in another has its own name
    def part(row: rx.Var) -> rx.Component:
        known = key(row) if callable(key) else getattr(row, key) if key else row
        return _known_as(draw(row), known)

    return rx.foreach(rows, part)


def each_place(rows: rx.Var, draw: Callable[[rx.Var, rx.Var[int]], rx.Component]) -> rx.Component:
    """A part for each row that is its place: a line of a text, a column of a file, answer 2."""

    @wraps(draw)
    def part(row: rx.Var, index: rx.Var[int]) -> rx.Component:
        return _known_as(draw(row, index), rx.Var.create(f"place {index}"))

    return rx.foreach(rows, part)


def _known_as(drawn: rx.Component, key: rx.Var[str]) -> rx.Component:
    """The part with its key; what only chooses between parts cannot carry one."""
    part = rx.fragment(drawn) if isinstance(drawn, Cond | Match) else drawn
    part.key = key
    return part
