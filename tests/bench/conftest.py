"""How much is measured, and the api and a browser for what is measured through pages."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, StorageState, sync_playwright

from tests.browser import full as full_server
from tests.browser.conftest import owner_of
from tests.product import Product
from tools.set_up_tests import find_browser


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(False, id="small"),
        pytest.param(True, id="full", marks=(pytest.mark.bench, pytest.mark.timeout(1800))),
    ],
)
def full(request: pytest.FixtureRequest) -> bool:
    """Whether a benchmark measures, or only shows that it still runs, as in `make test`."""
    return bool(request.param)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """The api alone, on a new folder."""
    with _api_on(tmp_path / "product") as served:
        yield served


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Product, StorageState]]:
    """The api alone, on a full server, and the cookies of its owner."""
    with _api_on(tmp_path_factory.mktemp("filled") / "product") as served:
        cookies = owner_of(served)
        full_server.fill(served.settings)
        yield served, cookies


@contextmanager
def _api_on(folder: Path) -> Iterator[Product]:
    served = Product(folder, dict(os.environ))
    try:
        served.start_api()
        yield served
    finally:
        served.end()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers of a module."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A browser for clicks and tabs."""
    browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
    yield browser
    browser.close()
