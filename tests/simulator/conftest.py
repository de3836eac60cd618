"""Clients for the scenarios: each a process with the real neonize."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.driven import DrivenClient

ALICE, BOB, CAROL, DAVE = (f"49151000000{number:02}" for number in range(1, 5))

NewClient = Callable[..., DrivenClient]


@pytest.fixture
def world(whatsapp: Simulator) -> Simulator:
    """Alice, Bob and Carol are on WhatsApp."""
    for phone, name in ((ALICE, "Alice"), (BOB, "Bob"), (CAROL, "Carol")):
        whatsapp.add_person(phone=phone, name=name)
    return whatsapp


@pytest.fixture
def client(world: Simulator, tmp_path: Path) -> Iterator[NewClient]:
    """Make a client: with a session file of its own, or with that of one before."""
    numbers = count(1)
    with ExitStack() as stack:

        def make(session: Path | None = None, **variables: str) -> DrivenClient:
            session = session or tmp_path / f"session-{next(numbers)}.db"
            made = DrivenClient(world, session, **variables)
            made.wait("Ready")
            return stack.enter_context(made)

        yield make


@pytest.fixture
def alice(client: NewClient) -> DrivenClient:
    """A client that is linked to Alice's phone."""
    return client().link(ALICE)
