"""One thread all the way: from the browser to the recipient's phone and back."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.books import Books
from tests.browser.conftest import new_context, only_tab, owner_of, product_on
from tests.browser.look import tab
from tests.browser.person import Person, scan
from tests.product import Product, Redis, until
from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.fixtures import empty_world

ADA, BOB = "4915100000001", "4915100000002"


@pytest.fixture(scope="module")
def phones(whatsapp_server: Simulator) -> Iterator[Simulator]:
    """Ada's phone, to be linked, and Bob's, which reports nothing by itself."""
    with empty_world(whatsapp_server) as world:
        world.add_person(phone=ADA, name="Ada")
        world.add_person(phone=BOB, name="Bob", delivered=None)
        yield world


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, phones: Simulator) -> Iterator[Product]:
    """The product of those whose account is linked."""
    with product_on(tmp_path_factory.mktemp("spine"), phones) as started:
        yield started


@pytest.fixture(scope="module")
def linked(chromium: Browser, product: Product, phones: Simulator) -> Iterator[Person]:
    """The owner, whose account is linked to Ada's phone."""
    with only_tab(chromium, product, storage_state=owner_of(product)) as page:
        page.goto("/")
        owner = Person(page)
        owner.adds_account("Choir phone")
        scan(phones, owner.qr_code(), ADA)
        owner.sees_connected()
        yield owner


def test_a_scheduled_text_arrives_once_and_its_receipts_show(
    linked: Person, phones: Simulator
) -> None:
    words = "Rehearsal at 19:30 🎶"
    linked.writes(f"+{BOB}", words, at=datetime.now(UTC) + timedelta(minutes=1))
    arrived = _arrives(phones, words)
    linked.opens_message("Rehearsal at 19:30")

    linked.sees_status("Sent")
    phones.receipt(phone=BOB, id=arrived["id"])
    linked.sees_status("Delivered")
    phones.receipt(phone=BOB, id=arrived["id"], type="read")
    linked.sees_status("Read")

    assert phones.texts(BOB).count(words) == 1


def test_what_waits_is_kept_while_the_phone_is_unlinked_and_goes_out_once_a_number_code_links_it(
    linked: Person, phones: Simulator
) -> None:
    phones.unlink(phone=ADA)
    linked.goes_to("Accounts")
    expect(linked.page.get_by_role("main").get_by_text("Not linked").first).to_be_visible()
    linked.writes(f"+{BOB}", "Written while unlinked")

    linked.goes_to("Accounts")
    linked.page.get_by_role("link", name=re.compile("Choir phone")).first.click()
    phones.enter_code(phone=ADA, code=linked.asks_number_code(f"+{ADA}"))
    linked.sees_connected()

    _arrives(phones, "Written while unlinked")


def test_what_the_worker_does_shows_in_both_browsers(
    linked: Person, product: Product, phones: Simulator, chromium: Browser
) -> None:
    desk, books = linked.page, Books(product)
    context = new_context(
        chromium,
        product,
        storage_state=desk.context.storage_state(),
        viewport={"width": 360, "height": 780},
    )
    with tab(context) as phone:
        for page in (desk, phone):
            page.goto("/messages?tab=past")
            expect(page.get_by_label("Search")).to_be_visible()
            expect(page.get_by_text("Seen by both")).to_have_count(0)

        books.schedule(1, f"+{BOB}", "Seen by both")
        arrived = _arrives(phones, "Seen by both")
        for page in (desk, phone):
            _shows(page, "Sent")
        phones.receipt(phone=BOB, id=arrived["id"])
        for page in (desk, phone):
            _shows(page, "Delivered")
    context.close()
    books.close()


def _shows(page: Page, word: str) -> None:
    row = page.locator(".m-row", has_text="Seen by both")
    expect(row.get_by_text(word, exact=True).locator("visible=true").first).to_be_visible()


def test_the_same_goes_over_redis(
    chromium: Browser, phones: Simulator, redis: Redis, tmp_path: Path
) -> None:
    with _at_home(chromium, phones, tmp_path, redis.environ) as owner:
        owner.adds_account("Choir phone")
        scan(phones, owner.qr_code(), ADA)
        owner.sees_connected()

        owner.writes(f"+{BOB}", "Over Redis")
        arrived = _arrives(phones, "Over Redis")
        owner.opens_message("Over Redis")
        phones.receipt(phone=BOB, id=arrived["id"])
        owner.sees_status("Delivered")


def test_a_worker_that_stops_and_starts_again_asks_for_no_new_code(
    linked: Person, product: Product, phones: Simulator
) -> None:
    assert product.stop("worker") == 0
    linked.writes(f"+{BOB}", "Written while the worker was away")
    product.start_worker()

    _arrives(phones, "Written while the worker was away")


def test_practice_mode_says_so_on_every_page_and_sends_nothing(
    chromium: Browser, phones: Simulator, tmp_path: Path
) -> None:
    with _at_home(chromium, phones, tmp_path, {"PRACTICE_MODE": "true"}) as owner:
        owner.goes_to("Accounts")
        owner.page.get_by_label("What do you call this phone?").fill("Practice phone")
        owner.page.get_by_role("button", name="Link it for practice").click()
        owner.sees_connected()
        owner.writes(f"+{BOB}", "Only practice")
        owner.opens_message("Only practice")

        owner.sees_status(re.compile("Sent|Delivered|Read"))
        for name in ("Home", "Messages", "Accounts"):
            owner.goes_to(name)
            expect(owner.page.get_by_text("Practice mode").first).to_be_visible()

    assert "Only practice" not in phones.texts(BOB)


@contextmanager
def _at_home(
    chromium: Browser, phones: Simulator, folder: Path, environ: Mapping[str, str]
) -> Iterator[Person]:
    """The owner of another server, on Home."""
    with (
        product_on(folder / "another", phones, environ) as product,
        only_tab(chromium, product, storage_state=owner_of(product)) as page,
    ):
        page.goto("/")
        yield Person(page)


def _arrives(phones: Simulator, words: str) -> dict[str, Any]:
    """The message with these words at Bob's, once it is there; it comes once."""
    until(lambda: words in phones.texts(BOB), f"{words} arrives")
    [arrived] = [one for one in phones.inbox(phone=BOB) if one["text"] == words]
    return dict(arrived)
