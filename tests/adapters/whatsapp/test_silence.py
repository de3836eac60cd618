"""Messages that WhatsApp leaves without an answer, and those behind them."""

import secrets
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.adapters.whatsapp.watched import ADA, BOB, Watched, to
from tests.whatsapp_server.client import Simulator
from wasched.domain.errors import NotNow, SendError
from wasched.services.ports import SendReceipt, SendTrace

ALLOWED_S = 45.0
"""Where 6 to 15 seconds are promised; the library alone takes 75. Others work here, too."""


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """As many threads as messages are handed over at once."""
    with ThreadPoolExecutor(30) as threads:
        yield threads


def hand_over(watched: Watched, text: str) -> SendReceipt:
    """Send to Bob, again and again while the line is away for a moment."""
    while True:
        try:
            return watched.line.send(to(BOB, text))
        except NotNow:
            time.sleep(0.05)


def test_one_silent_answer_of_thirty_holds_up_nobody_for_long(
    whatsapp: Simulator, linked: Watched, pool: ThreadPoolExecutor, session: Path
) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="no_ack", after=3)
    texts = [f"Number {number}" for number in range(30)]
    began = time.monotonic()

    sent = [pool.submit(hand_over, linked, text) for text in texts]
    ids = {one.result().message_id for one in sent}

    assert time.monotonic() - began < ALLOWED_S
    whatsapp.wait_inbox(phone=BOB, count=30)
    assert sorted(whatsapp.texts(BOB)) == sorted(texts)
    counts = whatsapp.message_counts()
    assert set(counts) == ids
    assert sorted(counts.values()) == [1] * 29 + [2]  # handed over again, under the same id
    assert_held(session)


def assert_held(session: Path) -> None:
    """The library still holds its store: else the last other one to close it takes the log away."""
    with closing(sqlite3.connect(session)) as store:
        store.execute("SELECT count(*) FROM whatsmeow_message_secrets")
    assert session.with_suffix(".db-wal").exists()


@pytest.mark.torture
def test_who_gets_no_answer_on_any_connection_may_have_left_and_the_next_go(
    whatsapp: Simulator, linked: Watched, pool: ThreadPoolExecutor
) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="no_ack", times=2)
    secret, at = secrets.token_bytes(32), datetime.now(UTC)
    first: Future[SendReceipt] = pool.submit(linked.line.send, to(BOB, "No answer", secret))
    (received,) = whatsapp.wait_inbox(phone=BOB)
    began = time.monotonic()

    hand_over(linked, "Next")

    assert time.monotonic() - began < ALLOWED_S
    fault = first.exception()
    assert isinstance(fault, SendError)
    assert fault.left is None
    known = linked.line.evidence(secret, at)
    assert (known.trace, known.message_id) == (SendTrace.LEFT, received["id"])
    whatsapp.wait_inbox(phone=BOB, count=2)
    assert whatsapp.texts(BOB) == ["No answer", "Next"]


@pytest.mark.torture
def test_a_line_that_is_slow_for_real_is_not_broken_off(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="late_ack", times=3, seconds=4)
    for number in range(3):
        linked.line.send(to(BOB, f"Number {number}"))

    assert set(whatsapp.message_counts().values()) == {1}


@pytest.mark.torture
def test_a_line_that_is_slower_than_usual_is_given_more_time(
    whatsapp: Simulator, linked: Watched
) -> None:
    whatsapp.disturb_sends(phone=ADA, kind="late_ack", times=6, seconds=8)
    ids = [linked.line.send(to(BOB, f"Number {number}")).message_id for number in range(5)]

    counts = whatsapp.message_counts()
    assert [counts[one] for one in ids] == [2, 1, 1, 1, 1]
    assert len(whatsapp.texts(BOB)) == 5
