"""Kills and cuts at random moments while messages go out; replayed by its seed."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from random import Random

from sqlmodel import Session

from tests.books import Books, now
from tests.product import Product, Redis, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.content import Text
from wasched.domain.errors import DraftError
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import schedules
from wasched.services.views import SignedIn

ADA = "4915100000001"
ARRIVED = {Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED}
WAITING = {Status.SCHEDULED, Status.SENDING}


class Storm:
    """A product under fire: schedules texts, strikes, mends what it struck, and counts."""

    def __init__(self, product: Product, redis: Redis, phones: Simulator, seed: int) -> None:
        self.product, self.redis, self.phones, self.rng = product, redis, phones, Random(seed)
        phones.add_person(phone=ADA, name="Ada")
        self.books = Books(product)
        self.count = 0
        self.meddled: set[int] = set()
        self.paused: set[int] = set()
        self.account_id = self.books.link(phones, ADA, gap_min_s=0.05, gap_max_s=0.15)
        self.strikes: dict[str, Callable[[], None]] = {
            "link child": self._kill_child,
            "worker": self._kill_worker,
            "api": self._kill_api,
            "redis": self._kill_redis,
            "line": lambda: self.phones.cut(phone=ADA),
        }

    def schedule(self, count: int) -> None:
        """Schedule so many texts, each with words and a recipient of its own."""
        self.count = count
        for number in range(count):
            phone = _phone(number)
            self.phones.add_person(phone=phone, name=f"Singer {number}")
            self.books.schedule(self.account_id, f"+{phone}", f"Text {number}")

    def rage(self, strikes: dict[str, int], meddle: bool = False) -> None:
        """Strike as often as asked, in random order, while a person may change their mind."""
        order = [name for name, times in strikes.items() for _ in range(times)]
        self.rng.shuffle(order)
        for name in order:
            time.sleep(self.rng.uniform(0.05, 1.5))
            if meddle:
                self._meddle()
            self.strikes[name]()

    def calm(self, patience_s: float) -> None:
        """Go on with what was paused, and wait until every message has come to its end."""
        for schedule_id in self.paused:
            self._decide(schedules.resume, schedule_id)
        until(
            lambda: not any(message.status in WAITING for message in self.books.messages()),
            f"all are finished; {self._standing()}",
            patience_s,
        )

    def check(self) -> Counter[str]:
        """Every text arrived exactly once, or its end is explained; returns the statuses."""
        rows = defaultdict(list)
        for message in self.books.messages():
            rows[message.recipient_id].append(message)
        assert len(rows) == self.count
        for recipient_id, messages in rows.items():
            self._check_one(self.books.phone(recipient_id), messages)
        return self._standing()

    def _check_one(self, phone: str, messages: list[Message]) -> None:
        arrived = len(self.phones.inbox(phone=phone))
        sent = sum(message.status in ARRIVED for message in messages)
        unknown = [message for message in messages if message.status == Status.UNKNOWN]
        told = f"{phone}: {arrived} arrived, {[(m.status, m.reason) for m in messages]}"
        assert arrived <= 1, told
        assert sent <= arrived <= sent + len(unknown), told
        assert all(message.reason for message in unknown), told
        meddled = {message.schedule_id for message in messages} & self.meddled
        assert sent or unknown or meddled, told

    def _meddle(self) -> None:
        """Change one's mind about a schedule: cancel, pause or edit it, whatever it is doing."""
        message = self.rng.choice(self.books.messages())
        deed = self.rng.choice((self._edit, schedules.cancel, schedules.pause))
        self.meddled.add(message.schedule_id)
        if deed is schedules.pause:
            self.paused.add(message.schedule_id)
        self._decide(deed, message.schedule_id)

    def _edit(
        self, session: Session, user: SignedIn, schedule_id: int, at: datetime
    ) -> schedules.Steered:
        draft = schedules.draft_of(session, user, schedule_id)
        changed = replace(draft, contents=(Text("Other words"),))
        steered = schedules.edit(session, user, schedule_id, changed, at)
        self.meddled.add(steered.schedule_id)
        return steered

    def _decide(self, deed: Callable[..., schedules.Steered], schedule_id: int) -> None:
        with suppress(DraftError), self.books.scope() as session:
            deed(session, self.books.owner, schedule_id, now())

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
