"""All pages in the distribution's Firefox: signed in by the form, one after the other."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import StorageState

from tests.browser.catalogue import DOORS, EMPTY, FULL, GONE, View
from tests.browser.conftest import invited
from tests.browser.marionette import Firefox, firefox
from tests.browser.person import OWNER
from tests.containers.figures import say
from tests.product import Product, until
from tools.set_up_tests import find_firefox

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(1200)]

SIZES = ((1280, 860), (500, 780))
"""A desktop, and about the narrowest window that Firefox has."""

_SAYS = """
const words = arguments[0].toLowerCase();
return !document.querySelector("[aria-label=Loading]")
  && !!document.querySelector("main h1, main h2, h1")
  && document.body.innerText.toLowerCase().includes(words);
"""
_FITS = "return document.documentElement.scrollWidth <= innerWidth;"


@pytest.fixture(scope="module")
def fox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for all of it."""
    program = find_firefox()
    assert program, (
        "There is no Firefox here: tools/set_up_tests.py installs one, as root on Debian."
    )
    with firefox(program, tmp_path_factory.mktemp("firefox") / "profile") as started:
        yield started


def test_a_stranger_reads_the_doors(
    fox: Firefox, full_product: Product, full_owner: StorageState
) -> None:
    fox.goes_to(full_product.url + "/sign-in")
    fox.takes_cookies([])
    _walks(fox, full_product, DOORS)


def test_the_owner_signs_in_by_the_form_and_walks_through_every_page(
    fox: Firefox, full_product: Product, full_owner: StorageState
) -> None:
    fox.goes_to(full_product.url + "/sign-in")
    until(lambda: fox.asks("return !!document.querySelector('#password')"), "the form is there")
    fox.types("#email", OWNER.email)
    fox.types("#password", OWNER.password)
    fox.clicks("button[type=submit]")
    _walks(fox, full_product, (*FULL, *GONE))


def test_somebody_new_walks_through_every_page(
    fox: Firefox, full_product: Product, full_owner: StorageState
) -> None:
    cookies: Any = invited(full_product, "Wanda", "wanda@choir.example")["cookies"]
    fox.goes_to(full_product.url + "/sign-in")
    fox.takes_cookies(cookies)
    _walks(fox, full_product, EMPTY)


def _walks(fox: Firefox, product: Product, views: tuple[View, ...]) -> None:
    """Open each page: it says what it has to say, fits, and the console does not complain."""
    fox.complaints(product.url)
    for view in views:
        fox.goes_to(product.url + view.path)
        for width, height in SIZES:
            fox.has_size(width, height)
            until(lambda: fox.asks(_SAYS, view.words), f"{view.path} says {view.words!r}")  # noqa: B023
            assert fox.asks(_FITS), f"{view.path} at {width} px"
        assert fox.complaints(product.url) == [], view.path
    say(f"Firefox: {len(views)} pages")
