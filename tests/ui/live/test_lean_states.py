"""A State makes its sets of what changed once something does, and tells the same as before."""

from collections.abc import Iterator

import pytest
import reflex as rx

from wasched import wasched
from wasched.ui.templates.state import TemplatesState

assert wasched.app  # with it, States are made as the product makes them
_SETS = ("dirty_vars", "dirty_substates")


@pytest.fixture
def root() -> rx.State:
    """The States of a new tab."""
    return rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]


def test_only_what_has_changed_has_sets(root: rx.State) -> None:
    assert [name for one in _all(root) for name in _SETS if _has(one, name)] == []

    shown = root.get_substate(TemplatesState.get_full_name().split("."))
    shown.search = "altos"

    having = {type(one) for one in _all(root) if any(_has(one, name) for name in _SETS)}
    assert TemplatesState in having and len(having) < 5
    assert "search" in shown.dirty_vars and shown.get_name() in shown.parent_state.dirty_substates


def test_what_changed_is_told_once(root: rx.State) -> None:
    root._clean()
    shown = root.get_substate(TemplatesState.get_full_name().split("."))
    shown.search = "altos"

    told = root.get_delta()[TemplatesState.get_full_name()]
    assert "altos" in told.values()
    root._clean()
    assert root.get_delta() == {}


def test_what_a_state_does_not_have_is_still_missed(root: rx.State) -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        _ = root.nothing_of_the_kind


def _all(state: rx.State) -> Iterator[rx.State]:
    yield state
    for one in state.substates.values():
        yield from _all(one)


def _has(state: rx.State, name: str) -> bool:
    try:
        object.__getattribute__(state, name)
    except AttributeError:
        return False
    return True
