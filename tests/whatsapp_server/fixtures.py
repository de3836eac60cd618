"""The pytest fixture `whatsapp`: a world of one's own on a server shared by the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from wasched.adapters.whatsapp.protocol.tokens import LibraryLayoutError

from .client import Simulator


@pytest.fixture(scope="session")
def whatsapp_server() -> Iterator[Simulator]:
    """The server of this test run."""
    with ExitStack() as stack:
        try:
            # Not before: a neonize with another layout must fail tests, not pytest itself.
            from .running import running_server

            _, addresses = stack.enter_context(running_server())
        except LibraryLayoutError as fault:
            pytest.fail(str(fault), pytrace=False)
        yield Simulator(addresses.control_url, addresses.changes(), addresses.url)


@pytest.fixture
def whatsapp(whatsapp_server: Simulator) -> Iterator[Simulator]:
    """An empty world; the test fails if a client asks what the server has no answer to."""
    with empty_world(whatsapp_server) as world:
        yield world


@contextmanager
def empty_world(server: Simulator) -> Iterator[Simulator]:
    """The same for fixtures that several tests share."""
    server.reset()
    yield server
    unanswered, problems = server.unanswered(), server.problems()
    server.reset()
    assert not unanswered, f"iqs that the server has no answer to: {unanswered}"
    assert not problems, f"what should not have happened: {problems}"
