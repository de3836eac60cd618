"""Lines that are stopped when their test ends."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import postgresql
from tests.adapters.whatsapp.watched import ADA, BOB, EVE, NOBODY, Watched
from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.protocol.overlay import client_environment, overlay
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.domain.link import LinkState, QrShown

OpenLine = Callable[..., Watched]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Where a session is to be kept, in a folder with a space in its name."""
    return tmp_path / "the sessions" / "account-1.db"


@pytest.fixture
def sessions_database() -> Iterator[str]:
    """Where sessions are kept together, if WASCHED_TEST_SESSIONS says so; else nothing."""
    if os.environ.get("WASCHED_TEST_SESSIONS") != "postgresql":
        yield ""
        return
    url = postgresql.new_database()
    yield "postgresql://" + url.partition("://")[2]
    postgresql.drop(url)


@pytest.fixture
def open_line(session: Path, sessions_database: str) -> Iterator[OpenLine]:
    """Starts lines on the session, or on another one, and stops them at the end."""
    with ExitStack() as stack:

        def start(path: Path = session) -> Watched:
            watched = Watched(path, database=sessions_database)
            stack.callback(watched.line.stop)
            return watched

        yield start


@pytest.fixture
def whatsapp(whatsapp: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """The loopback server with Ada, Bob and Eve; lines opened after it lead there."""
    for name, value in whatsapp.environment(os.environ).items():
        monkeypatch.setenv(name, value)
    for phone, person in ((ADA, "Ada"), (BOB, "Bob"), (EVE, "Eve")):
        whatsapp.add_person(phone=phone, name=person)
    whatsapp.add_person(phone=NOBODY, registered=False)
    return whatsapp


@pytest.fixture
def linked(whatsapp: Simulator, open_line: OpenLine) -> Watched:
    """A line that Ada's phone has linked."""
    watched = open_line()
    whatsapp.scan(qr=watched.next(QrShown).code, phone=ADA)
    watched.state(LinkState.CONNECTED)
    return watched


@pytest.fixture
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real library, dialling a loopback port where nobody answers."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
        with overlay(KeyPair.generate().public, port) as folder:
            for name, value in client_environment(folder, os.environ).items():
                monkeypatch.setenv(name, value)
            yield
