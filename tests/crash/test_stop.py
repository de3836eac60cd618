"""Stop everything on a real server: nothing leaves after it, and each message goes once at last."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.books import Books, now
from tests.product import Product, running, until
from tests.whatsapp_server.client import Simulator
from wasched.services.messages import stopping
from wasched.services.messages.stopping import Meanwhile

ADA = "4915100000001"
PHONES = [f"4915200{number:06}" for number in range(60)]


@pytest.fixture
def product(tmp_path: Path, whatsapp: Simulator) -> Iterator[Product]:
    """A whole server without Redis."""
    with running(tmp_path / "product", whatsapp.environment(os.environ)) as made:
        yield made


def arrived(whatsapp: Simulator) -> list[str]:
    """Every text on every phone."""
    return [text for phone in PHONES for text in whatsapp.texts(phone=phone)]


def stop(books: Books) -> None:
    with books.scope() as session:
        stopping.stop_sending(session, books.owner, None, now())


def go_on(books: Books, choice: Meanwhile) -> None:
    with books.scope() as session:
        stopping.go_on(session, books.owner, None, choice, now(), now())


@pytest.mark.torture
@pytest.mark.timeout(600)
def test_a_batch_is_stopped_in_the_middle_through_kills_and_an_outage(
    product: Product, whatsapp: Simulator
) -> None:
    whatsapp.add_person(phone=ADA, name="Ada")
    books = Books(product)
    account_id = books.link(whatsapp, ADA, gap_min_s=0, gap_max_s=0)
    at = now() + timedelta(seconds=3)
    for number, phone in enumerate(PHONES):
        whatsapp.add_person(phone=phone, name=f"Singer {number}")
        books.schedule(account_id, f"+{phone}", f"Text {number}", at, late_s=3600)
    until(lambda: bool(arrived(whatsapp)), "the first has arrived", 60)

    stop(books)
    time.sleep(1)
    begun = sorted(arrived(whatsapp))
    whatsapp.go_down(seconds=3)
    product.kill("worker")
    product.start_worker()
    time.sleep(10)

    assert 0 < len(begun) < len(PHONES)
    assert sorted(arrived(whatsapp)) == begun
    go_on(books, Meanwhile.SEND)
    until(lambda: len(arrived(whatsapp)) == len(PHONES), "all have arrived", 120)
    assert sorted(arrived(whatsapp)) == sorted(f"Text {number}" for number in range(len(PHONES)))
    books.close()
