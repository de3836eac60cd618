"""Every control of every page, pressed by keyboard: the focus stays and refusals are told."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser import full
from tests.browser.catalogue import DOORS, EMPTY, FULL, GONE, View
from tests.browser.conftest import api_alone, invited, owner_of, visits
from tests.browser.walk import Place, Walk
from tests.product import Product

Anew = Callable[[], None]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A full server without a worker, whose controls may all be pressed."""
    with api_alone(tmp_path_factory.mktemp("pressed")) as served:
        yield served


@pytest.fixture(scope="module")
def opens(chromium: Browser, server: Product) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of that server, its owner's if not told otherwise."""
    state = owner_of(server)
    full.fill(server.settings)
    with visits(chromium, server, state) as opened:
        yield opened


@pytest.fixture(scope="module")
def anew(server: Product, opens: object, tmp_path_factory: pytest.TempPathFactory) -> Anew:
    """Puts back what the server knew before anything was pressed."""
    kept = tmp_path_factory.mktemp("kept") / "as-it-was.db"
    there = Path(server.settings.data_path) / "app.db"
    with closing(sqlite3.connect(there)) as now, closing(sqlite3.connect(kept)) as then:
        now.backup(then)

    def put_back() -> None:
        with closing(sqlite3.connect(kept)) as then, closing(sqlite3.connect(there)) as now:
            then.backup(now)

    return put_back


def test_a_press_leaves_the_focus_where_it_can_be_seen(
    opens: Callable[..., BrowserContext], anew: Anew
) -> None:
    walk = Walk(opens(), anew)
    walk.over(Place("/accounts/1"), most=3)

    assert walk.faults == []
    assert walk.pressed >= 3


@pytest.mark.torture
@pytest.mark.timeout(3 * 3600)
def test_every_control_of_every_page(
    server: Product,
    opens: Callable[..., BrowserContext],
    anew: Anew,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Prints how many controls it pressed, and in how many states."""
    walks = [
        Walk(opens(), anew),
        Walk(opens(storage_state=invited(server, "Tomás", "tomas@choir.example")), anew),
        Walk(opens(storage_state=None), anew),
    ]
    walks[0].over(Place("/", scope=".nav"))
    for walk, views in zip(walks, ((*FULL, *GONE), EMPTY, DOORS), strict=True):
        _walk(walk, views)
    pressed, states = (sum(getattr(one, name) for one in walks) for name in ("pressed", "states"))
    with capsys.disabled():
        sys.stdout.write(f"\n{pressed} controls were pressed in {states} states\n")

    assert [fault for one in walks for fault in one.faults] == []


def _walk(walk: Walk, views: tuple[View, ...]) -> None:
    for view in views:
        walk.over(Place(view.path))
