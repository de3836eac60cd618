"""The worker as it really runs, in practice mode, while its Redis is of no use."""

import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.books import Books, now
from tests.crash.faults import frozen, out_of_memory
from tests.product import Product, Redis, until
from tests.slow_proxy import SlowProxy
from wasched.domain.content import Text
from wasched.domain.link import LinkState
from wasched.models import Account
from wasched.services.accounts import accounts
from wasched.services.schedules import create
from wasched.services.schedules.create import ScheduleRequest

LATE = timedelta(seconds=10)  # at most, on a machine that is busy


class Practice:
    """A worker that practises, by way of a proxy to Redis, and an account without a pace."""

    def __init__(self, folder: Path) -> None:
        self.redis = Redis(folder / "redis")
        self.redis.start()
        self.proxy = SlowProxy(self.redis.port)
        self.proxy.start()
        led = {"REDIS_HOST": "127.0.0.1", "REDIS_PORT": str(self.proxy.port)}
        self.worker = Product(folder, {**os.environ, **led, "PRACTICE_MODE": "true"})
        self.worker.start_worker()
        until(lambda: "Worker started" in self.log, "the worker has started")
        self.books = Books(self.worker)
        with self.books.scope() as session:
            self._account_id = accounts.add_account(session, self.books.owner, "Choir phone", now())
            account = session.get_one(Account, self._account_id)
            account.gap_min_s = account.gap_max_s = 0
            account.daily_cap = account.stranger_cap = 10**6
        until(lambda: self._account().state == LinkState.CONNECTED, "the account is connected")

    @property
    def log(self) -> str:
        """What the worker has written so far."""
        return self.worker.log("worker")

    def schedule(self, in_s: float, rrule: str = "") -> None:
        """Have a text go out in so many seconds, without telling the worker."""
        at, to = now() + timedelta(seconds=in_s), f"+49152{len(self.books.messages()):08}"
        request = ScheduleRequest(
            self._account_id, (to,), (Text("Hi"),), at.date(), at.time(), "UTC", rrule=rrule
        )
        with self.books.scope() as session:
            create.create_schedule(session, self.books.owner, request, now())

    def lateness(self) -> list[timedelta | None]:
        """How late each message went that is due by now; None for one that did not."""
        return [
            one.sent_at - one.due_at if one.sent_at else None
            for one in self.books.messages()
            if one.due_at <= now()
        ]

    def end(self) -> None:
        """Stop all of it."""
        self.books.close()
        self.worker.end()
        self.proxy.close()
        self.redis.kill()

    def _account(self) -> Account:
        return self.books.account(self._account_id)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    """The worker, at work."""
    made = Practice(tmp_path)
    yield made
    made.end()


def test_messages_and_what_comes_after_them_do_not_wait_for_a_redis_that_hangs(
    practice: Practice,
) -> None:
    with frozen(practice.redis):
        practice.schedule(0.5)
        practice.schedule(1, "FREQ=DAILY")

        until(lambda: len(practice.books.messages()) == 3, "tomorrow's is laid out", 20)
        until(lambda: None not in practice.lateness(), "both have gone", 20)

    assert max(practice.lateness()) < LATE


@contextmanager
def slow(practice: Practice) -> Iterator[None]:
    """Keep each word to and from Redis for two seconds."""
    practice.proxy.slow()
    yield
    practice.proxy.quick()


@contextmanager
def gone(practice: Practice) -> Iterator[None]:
    """Kill Redis, and start it again."""
    practice.redis.kill()
    yield
    practice.redis.start()


TROUBLE = {
    "hangs": lambda practice: frozen(practice.redis),
    "slow": slow,
    "full": lambda practice: out_of_memory(practice.redis),
    "gone": gone,
}


@pytest.mark.torture
@pytest.mark.parametrize("kind", TROUBLE)
def test_whatever_is_wrong_with_redis_messages_go_on_time(practice: Practice, kind: str) -> None:
    trouble: AbstractContextManager[None] = TROUBLE[kind](practice)
    with trouble:
        for _ in range(100):
            practice.schedule(1)
            time.sleep(0.3)
        until(lambda: len(practice.lateness()) == 100, "all are due")
        until(lambda: None not in practice.lateness(), "all have gone", 30)
    until(lambda: "The queue answers again" in practice.log, "the log says that it is over", 30)

    assert max(practice.lateness()) < LATE
    assert practice.log.count("What is due is sent without it.") in (1, 2), (
        "first silent, then slow"
    )


@pytest.mark.torture
def test_a_worker_stops_although_its_redis_hangs(practice: Practice) -> None:
    with frozen(practice.redis):
        begin = time.monotonic()
        assert practice.worker.stop("worker") == 0

        assert time.monotonic() - begin < 20, "the launcher waits no longer"
