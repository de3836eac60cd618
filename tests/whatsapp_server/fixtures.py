"""The pytest fixture `whatsapp`: a world of one's own on a server shared by the whole run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .client import Simulator
from .running import running_server


@pytest.fixture(scope="session")
def whatsapp_server() -> Iterator[Simulator]:
    """The server of this test run."""
    with running_server() as (_, addresses):
        yield Simulator(addresses.control_url, addresses.changes(), addresses.url)


@pytest.fixture
def whatsapp(whatsapp_server: Simulator) -> Iterator[Simulator]:
    """An empty world; the test fails if a client asks what the server has no answer to."""
    whatsapp_server.reset()
    yield whatsapp_server
    unanswered, problems = whatsapp_server.unanswered(), whatsapp_server.problems()
    whatsapp_server.reset()
    assert not unanswered, f"iqs that the server has no answer to: {unanswered}"
    assert not problems, f"what should not have happened: {problems}"
