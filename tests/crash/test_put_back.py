"""Folders that somebody copied and put back by hand, with the real library on the other side."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.books import Books
from tests.product import Product, until
from tests.reasons import words
from tests.whatsapp_server.client import Simulator
from wasched import db
from wasched.domain.message import Status

ADA, *OTHERS = (f"491510000000{number}" for number in range(1, 5))
ARRIVED = {Status.SENT, Status.DELIVERED, Status.READ}


@pytest.fixture
def product(tmp_path: Path, whatsapp: Simulator) -> Iterator[Product]:
    """The product, with its worker alone, which is all that sends."""
    for phone in (ADA, *OTHERS):
        whatsapp.add_person(phone=phone)
    made = Product(tmp_path / "product", whatsapp.environment(os.environ))
    engine = db.make_engine(made.settings.database_url)
    made.start_worker()
    until(lambda: made.settings.db_path.exists() and db.is_current(engine), "there is a database")
    engine.dispose()
    yield made
    made.end()


@contextmanager
def opened(product: Product) -> Iterator[Books]:
    """The database, let go of at the end, so that it can be replaced."""
    books = Books(product)
    yield books
    books.close()


@pytest.mark.slow
def test_what_is_sent_after_a_copy_was_put_back_arrives_and_nothing_twice(
    product: Product, whatsapp: Simulator, tmp_path: Path
) -> None:
    data, copy = product.folder / "data", tmp_path / "copy"
    with opened(product) as books:
        account_id = books.link(whatsapp, ADA)
        send(books, account_id, "Before")
        product.stop("worker")
        books.schedule(account_id, f"+{OTHERS[0]}", "Held by the copy")
    shutil.copytree(data, copy)
    product.start_worker()
    with opened(product) as books:
        send(books, account_id, "Since")
        until(lambda: sent(books) == 7, "what was due has gone out")
    product.stop("worker")

    shutil.rmtree(data)
    shutil.copytree(copy, data)
    product.start_worker()

    with opened(product) as books:
        until(lambda: waiting(books), "a person is asked")
        assert waiting(books)[0].startswith("The server was restored from a copy of ")
        send(books, account_id, "After")
        for phone in OTHERS:
            held = ["Held by the copy"] if phone == OTHERS[0] else []
            said = ["Before", *held, "Since", "After"]
            found = whatsapp.wait_inbox(phone=phone, count=len(said))
            assert sorted(one["text"] for one in found) == sorted(said)
        assert len(waiting(books)) == 1
    assert "account 1 was put back" in product.log("worker")


def send(books: Books, account_id: int, text: str) -> None:
    """Send a text to everybody, and wait until WhatsApp has taken it."""
    before = sent(books)
    for phone in OTHERS:
        books.schedule(account_id, f"+{phone}", text)
    until(lambda: sent(books) >= before + len(OTHERS), f"{text} has gone out")


def sent(books: Books) -> int:
    return sum(one.status in ARRIVED for one in books.messages())


def waiting(books: Books) -> list[str]:
    return [words(one.reason) for one in books.messages() if one.status == Status.MISSED]
