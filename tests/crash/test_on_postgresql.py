"""A PostgreSQL that is killed, or away for long, costs a living product nothing but time."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.books import Books, now
from tests.ports import free_port
from tests.postgresql import Server, is_wanted
from tests.product import Product, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.message import Status

ADA, BOB = "4915100000001", "4915100000002"
PARTS = ("api", "worker")
ARRIVED = {Status.SENT, Status.DELIVERED, Status.READ}


@pytest.fixture
def server() -> Iterator[Server]:
    """A PostgreSQL of this test's own, which keeps what it says it has kept."""
    made = Server(free_port())
    made.start()
    yield made
    made.end()


@pytest.fixture
def product(tmp_path: Path, whatsapp: Simulator, server: Server) -> Iterator[Product]:
    """A worker on that server, without any Redis; its api can be started."""
    url = server.make_database()
    made = Product(tmp_path / "product", whatsapp.environment(os.environ) | {"DATABASE_URL": url})
    made.start_worker()
    until(lambda: "Worker started" in made.log("worker"), "the worker has started")
    yield made
    made.end()


def test_what_is_due_while_postgresql_is_killed_again_and_again_arrives_once(
    product: Product, server: Server, whatsapp: Simulator
) -> None:
    for phone, name in ((ADA, "Ada"), (BOB, "Bob")):
        whatsapp.add_person(phone=phone, name=name)
    books = Books(product)
    account_id = books.link(whatsapp, ADA, gap_min_s=0.05, gap_max_s=0.1)
    texts = [f"Text {number}" for number in range(12)]
    for number, text in enumerate(texts):
        at = now() + timedelta(seconds=0.5 + number / 4)
        books.schedule(account_id, f"+{BOB}", text, at)

    for _ in range(3):
        whatsapp.wait_inbox(phone=BOB, count=len(whatsapp.texts(BOB)) + 1, timeout=60)
        server.kill_and_start()
    until(lambda: {one.status for one in books.messages()} <= ARRIVED, "all have arrived")

    assert sorted(whatsapp.texts(BOB)) == sorted(texts)
    assert "Traceback" not in product.log("worker")
    books.close()


@pytest.mark.skipif(not is_wanted(), reason="it takes long; `make test-postgresql` runs it")
def test_a_postgresql_that_is_away_for_long_is_named_and_all_goes_on_once_it_is_back(
    product: Product, server: Server, whatsapp: Simulator
) -> None:
    for phone, name in ((ADA, "Ada"), (BOB, "Bob")):
        whatsapp.add_person(phone=phone, name=name)
    product.start_api()
    books = Books(product)
    account_id = books.link(whatsapp, ADA)
    books.schedule(account_id, f"+{BOB}", "While it was away", now() + timedelta(seconds=2))

    server.stop()
    until(
        lambda: all("The database server does not answer" in product.log(part) for part in PARTS),
        "both say it",
    )
    server.start()
    whatsapp.wait_inbox(phone=BOB, count=1, timeout=90)
    until(lambda: {one.status for one in books.messages()} <= ARRIVED, "it has arrived")

    assert whatsapp.texts(BOB) == ["While it was away"]
    assert "Traceback" not in product.log("worker") + product.log("api")
    books.close()
