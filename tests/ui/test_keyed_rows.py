"""Rows are known by what they show: the focus, and what is open, stay with the thing."""

from collections.abc import Iterator

import pytest
from reflex_base.components.component import BaseComponent, Component
from reflex_base.components.memo import MEMOS
from reflex_components_core.core.foreach import Foreach
from reflex_components_core.core.match import Match

from wasched.wasched import app


@pytest.fixture(scope="module")
def lists() -> dict[str, Component]:
    """A row of every list that any page draws, by what it is a list of."""
    return {str(one.iterable): _row(one) for root in _roots() for one in _lists(root)}


def test_every_row_of_every_page_is_known_by_what_it_shows(lists: dict[str, Component]) -> None:
    assert len(lists) > 40
    assert [rows for rows, row in lists.items() if _is_by_place(row)] == []


@pytest.mark.parametrize("rows", ["needs", "members", "chips", "invitations", "devices", "lines"])
def test_what_may_be_taken_away_is_not_known_by_its_place(
    rows: str, lists: dict[str, Component]
) -> None:
    keys = [str(row.key) for of, row in lists.items() if f"{rows}_rx_state_" in of]

    assert keys
    assert [key for key in keys if "place" in key] == []


def _roots() -> Iterator[BaseComponent]:
    """Every page, and every part that the pages share."""
    for page in app._unevaluated_pages.values():
        yield page.component() if callable(page.component) else page.component
    for memo in MEMOS.values():
        yield memo.component


def _lists(part: BaseComponent) -> Iterator[Foreach]:
    if isinstance(part, Foreach):
        yield part
    for inner in part.children:
        yield from _lists(inner)
    if isinstance(part, Match):
        for _, case in part.match_cases:
            yield from _lists(case)


def _row(one: Foreach) -> Component:
    return one._render().render_component()


def _is_by_place(row: Component) -> bool:
    """Without a key, or with one that is never written into the page."""
    return row.key is None or str(row.key).startswith("index_") or isinstance(row, Match)
