"""One thread all the way: from the browser to the recipient's phone and back."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import new_context, product_on
from tests.browser.person import OWNER, Person, scan
from tests.product import Product, Redis
from tests.whatsapp_server.client import Simulator

ADA, BOB = "4915100000001", "4915100000002"


@pytest.fixture
def phones(whatsapp: Simulator) -> Simulator:
    """Ada's phone, to be linked, and Bob's, which reports nothing by itself."""
    whatsapp.add_person(phone=ADA, name="Ada")
    whatsapp.add_person(phone=BOB, name="Bob", delivered=None)
    return whatsapp


@pytest.fixture
def linked(owner: Person, phones: Simulator) -> Person:
    """The owner, whose account is linked to Ada's phone."""
    owner.adds_account("Choir phone")
    scan(phones, owner.qr_code(), ADA)
    owner.sees_connected()
    return owner


def test_a_scheduled_text_arrives_once_and_its_receipts_show(
    linked: Person, phones: Simulator
) -> None:
    linked.writes(f"+{BOB}", "Rehearsal at 19:30 🎶", at=datetime.now(UTC) + timedelta(minutes=1))
    [arrived] = phones.wait_inbox(phone=BOB, count=1, timeout=90)
    linked.opens_message("Rehearsal at 19:30")

    linked.sees_status("Sent")
    phones.receipt(phone=BOB, id=arrived["id"])
    linked.sees_status("Delivered")
    phones.receipt(phone=BOB, id=arrived["id"], type="read")
    linked.sees_status("Read")

    assert phones.texts(BOB) == ["Rehearsal at 19:30 🎶"]


def test_a_phone_links_by_its_number_code(owner: Person, phones: Simulator) -> None:
    owner.adds_account("Choir phone")

    phones.enter_code(phone=ADA, code=owner.asks_number_code(f"+{ADA}"))
    owner.sees_connected()
    owner.writes(f"+{BOB}", "By the number code")

    phones.wait_inbox(phone=BOB, count=1)
    assert phones.texts(BOB) == ["By the number code"]


def test_what_waits_is_kept_while_the_phone_is_unlinked_and_goes_out_afterwards(
    linked: Person, phones: Simulator
) -> None:
    phones.unlink(phone=ADA)
    linked.goes_to("Accounts")
    expect(linked.page.get_by_role("main").get_by_text("Not linked").first).to_be_visible()
    linked.writes(f"+{BOB}", "Written while unlinked")

    linked.goes_to("Accounts")
    linked.page.get_by_role("link", name=re.compile("Choir phone")).first.click()
    linked.shows_qr_code()
    scan(phones, linked.qr_code(), ADA)
    linked.sees_connected()

    phones.wait_inbox(phone=BOB, count=1)
    assert phones.texts(BOB) == ["Written while unlinked"]


def test_the_same_goes_over_redis(
    chromium: Browser, phones: Simulator, redis: Redis, tmp_path: Path
) -> None:
    with product_on(tmp_path / "on redis", phones, redis.environ) as product:
        context = new_context(chromium, product)
        owner = Person.sets_up(context.new_page(), OWNER)
        owner.adds_account("Choir phone")
        scan(phones, owner.qr_code(), ADA)
        owner.sees_connected()

        owner.writes(f"+{BOB}", "Over Redis")
        [arrived] = phones.wait_inbox(phone=BOB, count=1)
        owner.opens_message("Over Redis")
        phones.receipt(phone=BOB, id=arrived["id"])
        owner.sees_status("Delivered")
        context.close()

    assert phones.texts(BOB) == ["Over Redis"]


def test_a_worker_that_stops_and_starts_again_asks_for_no_new_code(
    linked: Person, product: Product, phones: Simulator
) -> None:
    assert product.stop("worker") == 0
    linked.writes(f"+{BOB}", "Written while the worker was away")
    product.start_worker()

    phones.wait_inbox(phone=BOB, count=1)
    assert phones.texts(BOB) == ["Written while the worker was away"]


def test_practice_mode_says_so_on_every_page_and_sends_nothing(
    chromium: Browser, phones: Simulator, tmp_path: Path
) -> None:
    with product_on(tmp_path / "practice", phones, {"PRACTICE_MODE": "true"}) as product:
        context = new_context(chromium, product)
        owner = Person.sets_up(context.new_page(), OWNER)
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
        context.close()

    assert phones.texts(BOB) == []
