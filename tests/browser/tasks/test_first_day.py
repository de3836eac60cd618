"""A choir's secretary sets up a new server from the phone that is to be linked."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit, product_on, visits
from tests.browser.look import tab
from tests.browser.person import OWNER
from tests.browser.tasks.conftest import A_PHONE, DORA
from tests.browser.tasks.hands import Effort, Hands
from tests.product import Product
from tests.whatsapp_server.client import Simulator


@pytest.fixture
def product(tmp_path: Path, phones: Simulator) -> Iterator[Product]:
    """A server that nobody has set up."""
    with product_on(tmp_path / "new", phones) as started:
        yield started


@pytest.fixture
def come(chromium: Browser, product: Product) -> Iterator[Visit]:
    """Opens it."""
    with visits(chromium, product, None) as opens:
        yield opens


def test_it_is_set_up_and_linked_by_a_number_code(
    come: Visit, effort: Effort, phones: Simulator
) -> None:
    with tab(come(360, **A_PHONE)) as page:
        choir = Hands(page, effort)
        choir.opens("/")
        choir.begins_task()
        _sets_up(choir)
        choir.clicks(choir.link("Link a phone"))
        choir.writes("What do you call this phone?", "Choir phone")
        choir.clicks(choir.button("Show the code"))
        choir.writes("Number of this phone", "0151 00000004")
        choir.clicks(choir.button("Get a code"))
        code = choir.words(re.compile(r"^[A-Z0-9]{4}-[A-Z0-9]{4}$"))
        phones.enter_code(phone=DORA, code=code.inner_text())
        expect(choir.words("Connected")).to_be_visible()


def _sets_up(choir: Hands) -> None:
    """With a password that is too short on the way."""
    choir.writes("Your name", OWNER.name)
    choir.writes("E-mail", OWNER.email)
    choir.writes("Password", "choir")
    choir.clicks(choir.button("Go on"))
    expect(choir.field("Password")).to_be_focused()
    choir.writes("Password", OWNER.password)
    choir.clicks(choir.button("Go on"))
    expect(choir.field("Time zone")).to_have_value("Europe/Berlin")
    choir.clicks(choir.button("Go on"))
