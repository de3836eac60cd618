"""A running server with a linked phone goes to PostgreSQL, and comes back from there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import postgresql
from tests.books import Books
from tests.operator.server import Server
from tests.product import until
from tests.whatsapp_server.client import Simulator

pytestmark = [pytest.mark.smoke, pytest.mark.timeout(900)]

ADA, BOB = "4915100000001", "4915100000002"


@pytest.fixture
def phones(whatsapp: Simulator) -> Simulator:
    """Ada's phone, to be linked, and Bob's."""
    whatsapp.add_person(phone=ADA, name="Ada")
    whatsapp.add_person(phone=BOB, name="Bob")
    return whatsapp


@pytest.fixture
def url() -> Iterator[str]:
    """An empty PostgreSQL."""
    made = postgresql.new_database()
    yield made.replace("postgresql+psycopg", "postgresql")
    postgresql.drop(made)


@contextmanager
def running(server: Server) -> Iterator[Books]:
    """The server while it runs, and its books."""
    with server.runs():
        books = Books(server)  # type: ignore[arg-type] # it asks for its settings alone
        try:
            yield books
        finally:
            books.close()


def test_a_phone_that_is_linked_goes_to_postgresql_and_back(
    phones: Simulator, url: str, tmp_path: Path
) -> None:
    environ = phones.environment(os.environ)
    old = Server(tmp_path / "server", environ)
    with running(old) as books:
        account = books.link(phones, ADA)
        books.schedule(account, f"+{BOB}", "From the file")
        phones.wait_inbox(phone=BOB, count=1)
        refused = old.types("migrate-database", DATABASE_URL=url)
    assert (refused.returncode, b"Another worker uses" in refused.stderr) == (2, True)

    moved = old.types("migrate-database", DATABASE_URL=url)

    assert moved.returncode == 0, moved.stderr
    assert b"The link of account 1 is moved." in moved.stdout
    new = Server(tmp_path / "server", {**environ, "DATABASE_URL": url})
    with running(new) as books:
        until(lambda: books.account(account).state == "connected", "the link came along")
        books.schedule(account, f"+{BOB}", "From the server")
        phones.wait_inbox(phone=BOB, count=2)
        made = new.types("backup", "wasched.tar.gz")
        still = new.types("restore", "--replace", "wasched.tar.gz")
    assert made.returncode == 0, made.stderr
    assert (still.returncode, b"Wait for" in still.stderr) == (2, True)

    for target in ({}, {"DATABASE_URL": url}):
        back = Server(tmp_path / "server", {**environ, **target})
        done = back.types("restore", "--replace", "wasched.tar.gz")
        assert done.returncode == 0, done.stderr
        with running(back) as books:
            until(lambda books=books: books.account(account).state == "connected", "it is back")
            books.schedule(account, f"+{BOB}", f"Back {len(target)}")
            phones.wait_inbox(phone=BOB, count=3 + len(target))

    texts = ["From the file", "From the server", "Back 0", "Back 1"]
    assert phones.texts(BOB) == texts
