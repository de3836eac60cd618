"""Kills and cuts at random moments while messages go out; replayed by its seed."""

import time
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.books import Books
from tests.product import Product, Redis, until
from tests.whatsapp_server.client import Simulator
from wasched.domain.message import Status

ADA = "4915100000001"
FINISHED = {Status.SENT, Status.DELIVERED, Status.READ, Status.PLAYED, Status.UNKNOWN}


class Storm:
    """A product under fire: schedules texts, strikes, mends what it struck, and counts."""

    def __init__(self, product: Product, redis: Redis, phones: Simulator, seed: int) -> None:
        self.product, self.redis, self.phones, self.rng = product, redis, phones, Random(seed)
        phones.add_person(phone=ADA, name="Ada")
        self.books = Books(product)
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
        for number in range(count):
            phone = _phone(number)
            self.phones.add_person(phone=phone, name=f"Singer {number}")
            self.books.schedule(self.account_id, f"+{phone}", f"Text {number}")

    def rage(self, strikes: dict[str, int]) -> None:
        """Strike as often as asked, in random order, with random pauses between."""
        order = [name for name, times in strikes.items() for _ in range(times)]
        self.rng.shuffle(order)
        for name in order:
            time.sleep(self.rng.uniform(0.05, 1.5))
            self.strikes[name]()

    def calm(self, patience_s: float) -> None:
        """Wait until every message has come to its end."""
        waiting = lambda: [m for m in self.books.messages() if m.status not in FINISHED]  # noqa: E731
        until(lambda: not waiting(), f"all are finished; {self._standing()}", patience_s)

    def check(self) -> Counter[str]:
        """Every text arrived exactly once, or stands as unknown with a reason; returns statuses."""
        for number, message in enumerate(self.books.messages()):
            arrived = self.phones.texts(_phone(number)).count(f"Text {number}")
            if message.status == Status.UNKNOWN:
                assert arrived <= 1, f"text {number} arrived {arrived} times"
                assert message.reason, f"text {number} is unknown and nobody knows why"
            else:
                assert arrived == 1, f"text {number} is {message.status}, arrived {arrived} times"
        return self._standing()

    def _standing(self) -> Counter[str]:
        return Counter(message.status for message in self.books.messages())

    def _kill_child(self) -> None:
        for child in self.product.link_children():
            child.kill()

    def _kill_worker(self) -> None:
        self.product.kill("worker")
        self.product.start_worker()

    def _kill_api(self) -> None:
        self.product.kill("api")
        self.product.start_api()

    def _kill_redis(self) -> None:
        self.redis.kill()
        self.redis.start()


def _phone(number: int) -> str:
    return f"4915200{number:06}"
