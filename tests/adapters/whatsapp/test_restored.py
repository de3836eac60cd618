"""A session from a back-up: what was sent with it since must not swallow what is sent next."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import ADA, BOB, EVE, Watched, to
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp import session_store
from wasched.domain.content import Text
from wasched.domain.link import LinkState
from wasched.services.ports import Outgoing


@pytest.fixture
def group(whatsapp: Simulator) -> str:
    """A group with Bob and Eve."""
    return whatsapp.add_group(subject="Choir", members=[ADA, BOB, EVE])


def test_what_is_sent_after_a_restore_arrives(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine, session: Path, group: str
) -> None:
    say(linked, group, "Before")
    copy = copied(session, session.with_name("copy"))
    say(linked, group, "Since")
    linked.line.stop()
    session_store.forget_store(session)
    copied(copy, session)

    session_store.forget_ratchets(session)
    again = open_line()
    again.state(LinkState.CONNECTED)
    say(again, group, "After")

    for phone in (BOB, EVE):
        received = whatsapp.wait_inbox(phone=phone, count=6)
        assert [one["text"] for one in received] == [
            *("Before", "All: Before", "Since", "All: Since", "After", "All: After")
        ]


def say(watched: Watched, group: str, words: str) -> None:
    """Send words to Bob, to Eve and to the group of both."""
    for phone in (BOB, EVE):
        watched.line.send(to(phone, words))
    watched.line.send(Outgoing(group, Text(f"All: {words}"), secrets.token_bytes(32)))


def copied(source: Path, target: Path) -> Path:
    """A copy as a back-up makes it, while the source is in use."""
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(target)) as here:
        there.backup(here)
    return target
