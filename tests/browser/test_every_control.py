"""Every control of every page, pressed by keyboard: the focus stays and refusals are told."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser

from tests.browser.catalogue import View
from tests.browser.visitors import VISITORS, Walks
from tests.browser.walk import Place

_VISITS = [(name, view) for name, who in VISITORS.items() for view in who.views]


@pytest.fixture(scope="module")
def walks(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    """The walks of all visitors; tells at the end how far they went."""
    with ExitStack() as ends:
        begun = Walks(chromium, tmp_path_factory.mktemp("pressed"), ends)
        yield begun
    walked = begun.begun.values()
    pressed, states = sum(one.pressed for one in walked), sum(one.states for one in walked)
    sys.stdout.write(f"\n{pressed} controls were pressed in {states} states\n")


def test_a_press_leaves_the_focus_where_it_can_be_seen(walks: Walks) -> None:
    walk = walks.of("owner")
    walk.over(Place("/accounts/1"), most=3)

    assert walk.found() == []
    assert walk.pressed >= 3


@pytest.mark.torture
@pytest.mark.timeout(3600)
@pytest.mark.parametrize(
    ("name", "view"), _VISITS, ids=[f"{who}-{one.path}" for who, one in _VISITS]
)
def test_every_control_of_every_page(walks: Walks, name: str, view: View) -> None:
    """Prints how many controls were pressed, and in how many states."""
    walk = walks.of(name)
    walk.over(walk.place(view))

    assert walk.found() == []
