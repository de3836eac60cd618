"""What people said is told again until it is written down, and its words stand nowhere else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import ADA, BOB, Watched
from tests.whatsapp_server.client import Simulator
from wasched.adapters.whatsapp.heard_store import SUFFIX, HeardFile, HeardStore
from wasched.domain.link import IncomingDeleted, IncomingEdited, IncomingSeen, LinkState

NOW = datetime(2026, 3, 12, 16, 42, tzinfo=UTC)
SAID = IncomingSeen("A", "b@lid", "b@lid", "Some words", NOW, name="Bob")
EDITED = IncomingEdited("A", "b@lid", "b@lid", "Other words", NOW)
DELETED = IncomingDeleted("A", "b@lid", "b@lid", NOW)


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """Where a session would lie."""
    return tmp_path / "account-1.db"


def opened(session: Path, *, keeps_texts: bool = True) -> HeardStore:
    """What a process opens, the one before having been killed."""
    store = HeardStore(HeardFile(session))
    store.keeps_texts = keeps_texts
    return store


def test_what_nobody_wrote_down_is_told_again_in_its_order(session: Path) -> None:
    killed = opened(session)
    for one in (SAID, EDITED, DELETED):
        killed.keep(one)
    with session.with_suffix(SUFFIX).open("ab") as file:
        file.write(b'{"type":"Happened","eve')  # a kill in the middle of a line

    left = opened(session).read_left()

    assert [type(one) for one in left] == [IncomingSeen, IncomingEdited, IncomingDeleted]
    assert [one.number for one in left] == [1, 2, 3]


def test_nothing_stands_there_once_all_is_written(session: Path) -> None:
    store = opened(session)
    first, second = store.keep(SAID), store.keep(EDITED)
    store.forget(first.number)
    assert b"words" in session.with_suffix(SUFFIX).read_bytes()

    store.forget(second.number)

    assert session.with_suffix(SUFFIX).read_bytes() == b""


def test_where_replies_are_off_no_words_are_kept_but_those_of_our_own(session: Path) -> None:
    store = opened(session, keeps_texts=False)
    store.keywords = frozenset({"yes"})
    for text in ("Some words", "STOP!", "YES …"):
        store.keep(IncomingSeen("A", "b@lid", "b@lid", text, NOW, name="Bob"))
    store.keep(EDITED)

    body = session.with_suffix(SUFFIX).read_bytes()
    assert not any(one in body for one in (b"words", b"Bob", b"STOP!", b"YES"))
    left = opened(session).read_left()
    assert [one.text for one in left if isinstance(one, IncomingSeen)] == ["", "stop", "yes"]


def test_a_reply_that_a_killed_worker_had_not_written_is_told_by_the_next(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine
) -> None:
    linked.line.keep_texts(True)
    whatsapp.write(phone=BOB, to=ADA, text="I come")
    linked.next(IncomingSeen)
    linked.process().kill()
    linked.line.stop()

    again = open_line()

    seen = again.next(IncomingSeen)
    assert seen.text == "I come"
    again.state(LinkState.CONNECTED)
    again.line.note_written(seen.number)
