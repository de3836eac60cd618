"""Two workers on one PostgreSQL, which share the accounts of a product and are struck in turn."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select
from sqlmodel import col

from tests import postgresql
from tests.books import Books, now
from tests.product import Product, Redis, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.link import LinkState
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Account, Heartbeat, Lease, Message

NAMES = ("one", "two")
_LATE_S = 4 * 3600


class TwoWorkers:
    """The workers, by name, each with a session folder of its own as on a machine of its own."""

    def __init__(self, folder: Path, redis: Redis, phones: Simulator) -> None:
        own = {"DATABASE_URL": postgresql.new_database(), "LEASE_S": "2"}
        environ = phones.environment(os.environ) | redis.environ | own
        self.product = Product(folder / "product", environ)
        self.phones = phones
        self.start("one")
        until(lambda: "Worker started" in self.product.log("one"), "the first has started")
        self.books = Books(self.product)
        self.accounts: list[int] = []
        self._texts = self._under_fire = 0

    def start(self, name: str) -> None:
        """Start one of the two, as it first was or again."""
        folder = str(self.product.folder / f"session-{name}")
        self.product.start_worker(name, SESSION_PATH=folder)

    def link(self, count: int) -> None:
        """Link so many accounts, by whichever worker has them."""
        for number in range(count):
            self.phones.add_person(phone=_account_phone(number), name=f"Phone {number}")
            pace = {"gap_min_s": 0.02, "gap_max_s": 0.06}
            self.accounts.append(self.books.link(self.phones, _account_phone(number), **pace))

    def share(self) -> None:
        """Wait until both work, and each holds its share, linked."""
        until(lambda: sorted(self.counts()) == self._even(), "both hold as much")
        until(self._all_connected, "all are connected")

    def counts(self) -> list[int]:
        """How many accounts each of the workers that are not buried holds."""
        held = list(self.holders().values())
        return [held.count(name) for name in self._living()]

    def holders(self) -> dict[int, str]:
        """Who holds each account, by the worker's lasting name."""
        with self.books.scope(write=False) as session:
            rows = session.execute(select(Lease.account_id, Lease.holder)).all()
        return {row.account_id: row.holder for row in rows}

    def lasting_name(self, name: str) -> str:
        """The lasting name of one of the two."""
        lock = self.product.folder / f"session-{name}" / "worker.lock"
        return lock.read_text() if lock.exists() else ""

    def schedule(self, texts: int, over_s: float) -> None:
        """Have each account send so many texts, each to somebody of its own, spread over a time."""
        begin = now() + timedelta(seconds=0.5)
        for account in self.accounts:
            for number in range(texts):
                self._texts += 1
                phone = f"4915{self._texts:08}"
                self.phones.add_person(phone=phone, name=f"Reader {self._texts}")
                at = begin + timedelta(seconds=over_s * number / texts)
                self.books.schedule(account, f"+{phone}", f"Text {self._texts}", at, late_s=_LATE_S)

    def strike_in_the_middle(self, strike: Callable[[], object], rng: Random) -> None:
        """Strike while messages go out."""
        until(lambda: self._count_waiting() < self._texts, "something has gone")
        time.sleep(rng.uniform(0, 0.8))
        self._under_fire += self._count_waiting() > 0
        strike()

    def wait_until_taken_over(self, name: str) -> None:
        """Wait until one of the two holds nothing, and the other all."""
        lost = self.lasting_name(name)
        until(lambda: lost not in self.holders().values(), f"{name} holds nothing any more")

    def calm(self) -> None:
        """Wait until every message has come to its end."""
        until(lambda: not self._count_waiting(), "all are finished", 240)

    def check(self) -> str:
        """Every text arrived once, or what became of it is not known and said; a report."""
        rows, unknown = self.books.messages(), 0
        assert len(rows) == self._texts
        for message in rows:
            inbox = self.phones.texts(phone=self.books.phone(message.recipient_id))
            told = f"{message.id}: {message.status} {message.reason!r}, arrived: {inbox}"
            if message.status == Status.UNKNOWN:
                assert len(inbox) <= 1 and message.reason, told
                unknown += 1
            else:
                assert message.status in GONE_OUT and inbox == [message.sent_text], told
        return (
            f"{len(rows)} messages, 0 lost, 0 twice, {unknown} not known; struck "
            f"{self._under_fire} times while some waited"
        )

    def log(self) -> str:
        """What both have said."""
        return "".join(self.product.log(name) for name in NAMES)

    def end(self) -> None:
        """Stop both."""
        self.books.close()
        self.product.end()

    def _living(self) -> list[str]:
        with self.books.scope(write=False) as session:
            return list(session.scalars(select(Heartbeat.worker)))

    def _even(self) -> list[int]:
        half, more = divmod(len(self.accounts), 2)
        return [half, half + more]

    def _all_connected(self) -> bool:
        with self.books.scope(write=False) as session:
            states = session.scalars(select(Account.state)).all()
        return set(states) == {LinkState.CONNECTED}

    def _count_waiting(self) -> int:
        waiting = (Status.SCHEDULED, Status.SENDING)
        with self.books.scope(write=False) as session:
            found = session.scalars(select(Message.id).where(col(Message.status).in_(waiting)))
            return len(found.all())


def _account_phone(number: int) -> str:
    return f"491511{number:07}"
