"""Kills and pauses of everything while two workers and two apis send; replayed by its seed."""

import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random

from redis import RedisError

from tests.books import Books, now
from tests.crash.farm import LEASE_S, Farm, Part
from tests.crash.faults import frozen
from tests.postgresql_server import signal_all
from tests.product import until
from tests.whatsapp_server.client import Simulator
from wasched import tasks
from wasched.adapters.queue import make_queue
from wasched.domain.message import GONE_OUT, Status
from wasched.models import Message

_WAITING = {Status.SCHEDULED, Status.SENDING}
_LATE_S = 4 * 3600  # no message of a storm is ever too late
_AFTER = timedelta(seconds=2 * LEASE_S)  # until another has what it held, and has logged in


class SharedStorm:
    """A farm under fire: links accounts, schedules texts, strikes, mends, and counts."""

    def __init__(self, farm: Farm, phones: Simulator, seed: int, accounts: int) -> None:
        self.farm, self.phones, self.rng = farm, phones, Random(seed)
        self.books = Books(farm.workers[0])
        settings = farm.workers[0].settings
        self._queue = make_queue(settings.redis_url, settings.queue_path).storage
        self.texts: dict[int, str] = {}  # by schedule
        self.struck: list[tuple[str, datetime, datetime]] = []
        self.under_fire = 0
        self.accounts: dict[int, str] = {}
        for number in range(accounts):
            phone = f"491511{number:07}"
            phones.add_person(phone=phone, name=f"Choir {number}")
            self.accounts[self.books.link(phones, phone, gap_min_s=0.05, gap_max_s=0.15)] = phone
        self.strikes: dict[str, Callable[[], None]] = {
            "worker killed": self._kill_worker,
            "worker paused": self._pause_worker,
            "worker paused, links go on": lambda: self._pause_worker(links=False),
            "link killed": self._kill_link,
            "link paused": self._pause_link,
            "api killed": self._kill_api,
            "api paused": self._pause_api,
            "redis killed": self._kill_redis,
            "redis paused": self._pause_redis,
            "redis flushed": farm.redis.flush,
            "database killed": self._kill_database,
            "database paused": self._pause_database,
            "line cut": self._cut,
        }

    def rage(self, strikes: dict[str, int], texts: int) -> None:
        """Strike as often as asked, in random order, while so many texts are to go out."""
        order = [name for name, times in strikes.items() for _ in range(times)]
        self.rng.shuffle(order)
        for number, name in enumerate(order, 1):
            while len(self.texts) < texts * number // len(order):
                self._schedule(len(self.texts))
            self._wake()
            time.sleep(self.rng.uniform(0.05, 1.0))
            self.under_fire += any(one.status in _WAITING for one in self.books.messages())
            begin = now()
            self.strikes[name]()
            self.struck.append((name, begin, now()))

    def calm(self, patience_s: float) -> None:
        """Wait until every message has come to its end."""
        until(
            lambda: not any(one.status in _WAITING for one in self.books.messages()),
            f"all are finished; {self._standing()}",
            patience_s,
        )

    def check(self) -> str:
        """Every text arrived once, or it is explained why nobody knows; returns what to tell."""
        rows = self.books.messages()
        assert sorted(one.schedule_id for one in rows) == sorted(self.texts)
        unknown = [told for message in rows if (told := self._check_one(message))]
        held = [len(one.link_children()) for one in self.farm.workers]
        return (
            f"{len(self.struck)} strikes, {self.under_fire} of them while messages waited; "
            f"0 twice, 0 lost, ends: {dict(self._standing())}; link processes now: {held}"
            + "".join(f"\n  not known: {told}" for told in unknown)
        )

    def _check_one(self, message: Message) -> str:
        """What explains that it is not known what became of a message; nothing if that is known."""
        text = self.texts[message.schedule_id]
        inbox = self.phones.texts(phone=self.books.phone(message.recipient_id))
        told = f"{message.id}: {message.status} {message.reason!r}, arrived: {inbox}"
        if message.status != Status.UNKNOWN:
            assert message.status in GONE_OUT and inbox == [text], told
            return ""
        by = self._strikes_during_last_try(message)
        assert inbox in ([], [text]) and message.reason and by, told
        return f"{told}, while {', '.join(by)}"

    def _strikes_during_last_try(self, message: Message) -> list[str]:
        """What was struck while the last try was going on, or its account was being taken over."""
        last = self.books.last_attempt(message)
        ended = last.ended_at or now()
        return [
            name
            for name, begin, end in self.struck
            if last.started_at <= end + _AFTER and begin <= ended
        ]

    def _schedule(self, number: int) -> None:
        """Schedule a text for a moment from now, on one account after another."""
        phone, text = f"4915200{number:06}", f"Text {number}"
        self.phones.add_person(phone=phone, name=f"Singer {number}")
        at = now() + timedelta(seconds=self.rng.uniform(0.1, 1.5))
        account_id = list(self.accounts)[number % len(self.accounts)]
        made = self.books.schedule(account_id, f"+{phone}", text, at, late_s=_LATE_S)
        self.texts[made] = text

    def _wake(self) -> None:
        """Tell the workers of an account, as an api would: whichever reads it may not hold it."""
        account_id = self.rng.choice(list(self.accounts))
        with suppress(RedisError):
            self._queue.enqueue(tasks.queue.serialize_task(tasks.drain.s(account_id)))

    def _standing(self) -> Counter[str]:
        return Counter(str(message.status) for message in self.books.messages())

    def _past_the_lease(self) -> None:
        time.sleep(LEASE_S + self.rng.uniform(0.2, 2.0))

    def _worker(self) -> Part:
        """One that holds accounts, where there is such a one."""
        return self.rng.choice(self.farm.workers_with_links() or self.farm.workers)

    def _kill_worker(self) -> None:
        worker = self._worker()
        worker.kill_whole("worker")
        if self.rng.random() < 0.5:
            self._past_the_lease()  # the others have all of it meanwhile
        worker.start_worker()

    def _pause_worker(self, *, links: bool = True) -> None:
        with self._worker().paused("worker", links=links):
            self._past_the_lease()

    def _kill_link(self) -> None:
        for child in self._worker().link_children():
            child.kill()

    def _pause_link(self) -> None:
        children = self._worker().link_children()
        signal_all(children, signal.SIGSTOP)
        self._past_the_lease()
        signal_all(children, signal.SIGCONT)

    def _kill_api(self) -> None:
        api = self.rng.choice(self.farm.apis)
        api.kill_whole("api")
        api.start_api()

    def _pause_api(self) -> None:
        with self.rng.choice(self.farm.apis).paused("api"):
            self._past_the_lease()

    def _kill_redis(self) -> None:
        self.farm.redis.kill()
        self.farm.redis.start()

    def _pause_redis(self) -> None:
        with frozen(self.farm.redis):
            self._past_the_lease()

    def _kill_database(self) -> None:
        self.farm.database.kill()
        self.farm.database.start()

    def _pause_database(self) -> None:
        with self.farm.database.paused():
            self._past_the_lease()

    def _cut(self) -> None:
        self.phones.cut(phone=self.rng.choice(list(self.accounts.values())))
