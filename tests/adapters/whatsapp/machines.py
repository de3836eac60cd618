"""What a test of sessions in PostgreSQL begins with: a database, and machines that reach it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests import postgresql
from tests.adapters.whatsapp.watched import Watched
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.domain.link import LinkState, QrShown

OpenHere = Callable[..., Watched]


@pytest.fixture
def database() -> Iterator[str]:
    """An empty database, as libpq names it."""
    url = postgresql.new_database()
    yield "postgresql://" + url.partition("://")[2]
    postgresql.drop(url)


@pytest.fixture
def open_on(database: str, tmp_path: Path) -> Iterator[OpenHere]:
    """Starts the line of an account on a machine, which has a folder of its own."""
    with ExitStack() as stack:

        def start(
            machine: str, account: int = 1, processes: LinkProcesses | None = None
        ) -> Watched:
            watched = Watched(tmp_path / machine / f"linking-{account}.db", processes, database)
            stack.callback(watched.line.stop)
            return watched

        yield start


def link(whatsapp: Simulator, watched: Watched, phone: str) -> Watched:
    """Link a phone and wait until messages can be handed over."""
    whatsapp.scan(qr=watched.next(QrShown).code, phone=phone)
    watched.state(LinkState.CONNECTED)
    return watched


def rows(database: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(query).fetchall()  # type: ignore[call-overload, no-any-return]
