"""How much is measured, and the api and a browser for what is measured through pages."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

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
    served = Product(tmp_path / "product", dict(os.environ))
    try:
        served.start_api()
        yield served
    finally:
        served.end()


@pytest.fixture
def chromium() -> Iterator[Browser]:
    """A browser for clicks and tabs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield browser
        browser.close()
