"""Kills and cuts at random moments while messages go out; replayed by its seed."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from redis import RedisError
from sqlmodel import Session

from tests.books import Books, now
from tests.product import Product, Redis, until
from tests.whatsapp_server.client import Simulator
from wasched import tasks
from wasched.adapters.queue import make_queue
from wasched.domain.content import Text
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import schedules
from wasched.services.caller import Caller

ADA = "4915100000001"
ARRIVED = {Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED}
WAITING = {Status.SCHEDULED, Status.SENDING}
_LATE_S = 4 * 3600  # no message of a storm is ever too late


class Storm:
    """A product under fire: schedules texts, strikes, mends what it struck, and counts."""

    def __init__(self, product: Product, redis: Redis, phones: Simulator, seed: int) -> None:
        self.product, self.redis, self.phones, self.rng = product, redis, phones, Random(seed)
        phones.add_person(phone=ADA, name="Ada")
        self.books = Books(product)
        settings = product.settings
        self._queue = make_queue(settings.redis_url, settings.queue_path).storage
        self.texts: dict[int, list[str]] = {}  # all that a schedule ever said
        self.deeds: dict[int, set[str]] = defaultdict(set)
        self.struck: list[tuple[datetime, datetime]] = []
        self.under_fire = 0
        self.account_id = self.books.link(phones, ADA, gap_min_s=0.05, gap_max_s=0.15)
        self.strikes: dict[str, Callable[[], None]] = {
            "link child": self._kill_child,
            "worker": self._kill_worker,
            "api": self._kill_api,
            "redis": self._kill_redis,
            "flush": redis.flush,
            "line": lambda: self.phones.cut(phone=ADA),
        }

    def rage(self, strikes: dict[str, int], texts: int, meddle: bool = False) -> None:
        """Strike as often as asked, in random order, while so many texts are to go out.

        With `meddle` a person changes their mind about one of them before each strike.
        """
        order = [name for name, times in strikes.items() for _ in range(times)]
        self.rng.shuffle(order)
        for number, name in enumerate(order, 1):
            while len(self.texts) < texts * number // len(order):
                self._schedule(len(self.texts))
            self._wake()
            time.sleep(self.rng.uniform(0.05, 1.5))
            if meddle:
                self._meddle()
            self.under_fire += any(one.status in WAITING for one in self.books.messages())
            begin = now()
            self.strikes[name]()
            self.struck.append((begin, now()))

    def calm(self, patience_s: float) -> None:
        """Go on with what was paused, and wait until every message has come to its end."""
        for schedule_id in [one for one, deeds in self.deeds.items() if "pause_schedule" in deeds]:
            self._decide(schedules.resume_schedule, schedule_id)
        until(
            lambda: not any(message.status in WAITING for message in self.books.messages()),
            f"all are finished; {self._standing()}",
            patience_s,
        )

    def check(self) -> str:
        """Every text arrived exactly once, or its end is explained; returns what to tell."""
        rows = self.books.messages()
        assert {one.schedule_id for one in rows} == set(self.texts)
        assert len(rows) == len(self.texts)
        for message in rows:
            self._check_one(message)
        assert "put back" not in self.product.log("worker")  # a kill makes no copy of what is ours
        deeds = Counter(deed for deeds in self.deeds.values() for deed in deeds)
        return (
            f"{len(self.struck)} strikes, {self.under_fire} of them while messages waited; "
            f"changes of mind: {dict(deeds)}; ends: {dict(self._standing())}"
        )

    def _check_one(self, message: Message) -> None:
        deeds = self.deeds[message.schedule_id]
        inbox = self.phones.texts(phone=self.books.phone(message.recipient_id))
        told = f"{message.id}: {message.status} {message.reason!r} {deeds}, arrived: {inbox}"
        if message.status in ARRIVED:
            assert inbox == [message.sent_text], told
        elif message.status == Status.UNKNOWN:
            assert len(inbox) <= 1, told
            assert message.reason and self._was_struck(message), told
        else:
            assert inbox == [], told
            assert message.status == Status.CANCELLED and "cancel_schedule" in deeds, told
        assert set(inbox) <= set(self.texts[message.schedule_id]), told

    def _was_struck(self, message: Message) -> bool:
        """True if the last try of a message was going on when something was struck."""
        last = self.books.last_attempt(message)
        ended = last.ended_at or now()
        return any(last.started_at <= end and begin <= ended for begin, end in self.struck)

    def _schedule(self, number: int) -> None:
        """Schedule a text for a moment from now, with words and a reader of its own."""
        phone, text = _phone(number), f"Text {number}"
        self.phones.add_person(phone=phone, name=f"Singer {number}")
        at = now() + timedelta(seconds=self.rng.uniform(0.1, 1.5))
        made = self.books.schedule(self.account_id, f"+{phone}", text, at, late_s=_LATE_S)
        self.texts[made] = [text]

    def _wake(self) -> None:
        """Tell the worker, as the api would; Redis may be away."""
        with suppress(RedisError):
            self._queue.enqueue(tasks.queue.serialize_task(tasks.drain.s(self.account_id)))

    def _meddle(self) -> None:
        """Change one's mind about a schedule: cancel, pause or edit it, whatever it is doing."""
        schedule_id = self.rng.choice(sorted(self.texts))
        deed = self.rng.choice((self._edit, schedules.cancel_schedule, schedules.pause_schedule))
        self._decide(deed, schedule_id)

    def _edit(
        self, session: Session, user: Caller, schedule_id: int, at: datetime
    ) -> schedules.ActionResult:
        request = schedules.request_of(session, user, schedule_id)
        words = f"Other words {len(self.texts[schedule_id])} of {schedule_id}"
        self.texts[schedule_id].append(words)
        changed = replace(request, contents=(Text(words),))
        return schedules.edit_schedule(session, user, schedule_id, changed, at)

    def _decide(self, deed: Callable[..., schedules.ActionResult], schedule_id: int) -> None:
        """Do it, and note it unless the schedule has moved on."""
        with suppress(InputError):
            with self.books.scope() as session:
                deed(session, self.books.owner, schedule_id, now())
            self.deeds[schedule_id].add(deed.__name__.strip("_"))

    def _standing(self) -> Counter[str]:
        return Counter(message.status for message in self.books.messages())

    def _kill_child(self) -> None:
        for child in self.product.link_children():
            child.kill()

    def _kill_worker(self) -> None:
        self.product.kill("worker")
        self.product.start_worker()

    def _kill_api(self) -> None:
        self.product.kill_whole("api")
        self.product.start_api()

    def _kill_redis(self) -> None:
        self.redis.kill()
        self.redis.start()


def _phone(number: int) -> str:
    return f"4915200{number:06}"
