"""Clients for the scenarios: each a process with the real neonize.

A scenario that disturbs the server or the link starts with the fixture `world`. Those that only
send and receive share one server and one linked client for each module: `town` and `resident`.
What neonize cannot show is asked by a `device`, a scripted client.

With `LINKED_BY=wasched` or `LINKED_BY=passkey` each client is linked by the product's own linker,
in the second case as an account that is asked for its passkey; neonize then goes on with the
session.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.simulator.own_linker import linking_by_us
from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.driven import DrivenClient
from tests.whatsapp_server.running import running_server

from .scripted import ScriptedClient

ALICE, BOB, CAROL, DAVE = (f"49151000000{number:02}" for number in range(1, 5))
NAMES = {ALICE: "Alice", BOB: "Bob", CAROL: "Carol"}

NewClient = Callable[..., DrivenClient]
NewDevice = Callable[[str], ScriptedClient]


@pytest.fixture(scope="session", autouse=True)
def linked_by() -> Iterator[None]:
    """Who links the clients: neonize itself, unless the environment says otherwise."""
    with ExitStack() as stack:
        if who := os.environ.get("LINKED_BY"):
            stack.enter_context(linking_by_us(is_gated=who == "passkey"))
        yield


@pytest.fixture
def world(whatsapp: Simulator) -> Simulator:
    """Alice, Bob and Carol are on WhatsApp."""
    for phone, name in NAMES.items():
        whatsapp.add_person(phone=phone, name=name)
    return whatsapp


@pytest.fixture
def client(world: Simulator, tmp_path: Path) -> Iterator[NewClient]:
    """Make a client: with a session file of its own, or with that of one before."""
    numbers = count(1)
    with ExitStack() as stack:

        def make(session: Path | None = None, **variables: str) -> DrivenClient:
            session = session or tmp_path / f"session-{next(numbers)}.db"
            made = stack.enter_context(DrivenClient(world, session, **variables))
            made.wait("Ready")
            return made

        yield make


@pytest.fixture
def alice(client: NewClient) -> DrivenClient:
    """A client that is linked to Alice's phone."""
    return client().link(ALICE)


@pytest.fixture
def device(world: Simulator) -> Iterator[NewDevice]:
    """Make a scripted client that is linked to somebody's phone."""
    with ExitStack() as stack:
        yield lambda phone: stack.enter_context(ScriptedClient(world)).link(phone)


@pytest.fixture(scope="module")
def town_server() -> Iterator[Simulator]:
    """A server of this module's own, where Alice, Bob and Carol live."""
    with running_server() as (_, addresses):
        simulator = Simulator(addresses.control_url, addresses.changes(), addresses.url)
        for phone, name in NAMES.items():
            simulator.add_person(phone=phone, name=name)
        yield simulator


@pytest.fixture(scope="module")
def resident(
    town_server: Simulator, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DrivenClient]:
    """A client that stays linked to Alice's phone for all scenarios of a module."""
    session = tmp_path_factory.mktemp("resident") / "session.db"
    with DrivenClient(town_server, session) as made:
        made.wait("Ready")
        yield made.link(ALICE)


@pytest.fixture
def town(town_server: Simulator) -> Iterator[Simulator]:
    """The module's server; a scenario fails on what went wrong while it ran."""
    before = len(town_server.unanswered()), len(town_server.problems())
    yield town_server
    unanswered = town_server.unanswered()[before[0] :]
    problems = town_server.problems()[before[1] :]
    assert not unanswered, f"iqs that the server has no answer to: {unanswered}"
    assert not problems, f"what should not have happened: {problems}"
