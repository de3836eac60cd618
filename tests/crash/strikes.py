"""The faults that a living product is struck with, by name, and what each may explain."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from tests.books import Books, now
from tests.crash import faults
from tests.crash.clock import ServerClock
from tests.crash.small_disk import SmallDisk
from tests.product import Product, Redis, until
from tests.slow_proxy import SlowProxy
from tests.whatsapp_server.client import Simulator
from wasched.domain.link import LinkState

Block = AbstractContextManager[object]

_FLUSH_S, _KILL_S, _LATE_ANSWER_S = 0.3, 2.0, 4.0
_SEEN_S = 5.0

UNPROVABLE = frozenset({"link's store locked", "link's disk full", "disk full"})
"""Faults that may keep from the store that a message left, and the id that its receipts name."""

DOUBTFUL = UNPROVABLE | {"answers never", "database locked", "line back while locked"}
"""Faults after which nobody may know whether a message left, before its reader's phone says so."""

JUMPS = {
    "clock an hour ahead": timedelta(hours=1),
    "clock an hour back": -timedelta(hours=1),
    "clock 60 days ahead": timedelta(days=60),
    "clock 60 days back": -timedelta(days=60),
}


@dataclass(frozen=True)
class Struck:
    """A fault that was there from `begin` to `end`, for some accounts (by id) or for all."""

    name: str
    begin: datetime
    end: datetime
    account_id: int | None

    @property
    def aftermath(self) -> timedelta:
        """For how long there is something to catch up with after it."""
        return timedelta(seconds=3) + (self.end - self.begin) / 2

    def touches(self, account_id: int, since: datetime, until: datetime) -> bool:
        """True if it was there for the account at some time between two instants."""
        mine = self.account_id in (None, account_id)
        return mine and self.begin <= until and since <= self.end


@dataclass
class Ground:
    """What a product stands on, all of it in a test's hands. Accounts are by id: their phones."""

    product: Product
    books: Books
    redis: Redis
    proxy: SlowProxy
    phones: Simulator
    clock: ServerClock
    data_disk: SmallDisk
    links_disk: SmallDisk
    accounts: dict[int, str]


class Strikes:
    """Every fault by its name, ready to begin; `one_account` are those that leave the others be."""

    one_account = frozenset({"link's store locked", "answers never", "receipts before answers"})

    def __init__(self, ground: Ground, rng: Random) -> None:
        self._ground, self._rng = ground, rng
        redis = ground.redis
        self._blocks: dict[str, Callable[[int], Block]] = {
            "database locked": lambda _: faults.locked(self._database),
            "line back while locked": self._locked_while_line_is_back,
            "link's store locked": self._store_locked,
            "disk full": lambda _: self._disks_full(),
            "link's disk full": lambda _: self._links_disk_full(),
            "redis frozen": lambda _: faults.frozen(redis),
            "redis slow": lambda _: faults.slowed(ground.proxy),
            "redis full": lambda _: faults.out_of_memory(redis),
            "redis flushed": lambda _: faults.again_and_again(redis.flush, _FLUSH_S),
            "redis killed": lambda _: faults.again_and_again(self._kill_redis, _KILL_S),
            "receipts before answers": self._receipts_before_answers,
            "answers never": self._answers_never,
        } | {name: partial(self._moved, ahead) for name, ahead in JUMPS.items()}

    @property
    def names(self) -> list[str]:
        """All of them."""
        return list(self._blocks)

    @contextmanager
    def strike(self, name: str, log: list[Struck]) -> Iterator[None]:
        """Let a fault be there as long as the block lasts, and write down when it was."""
        account_id = self._rng.choice(sorted(self._ground.accounts))
        begin = now()
        with self._blocks[name](account_id):
            yield
        mine = account_id if name in self.one_account else None
        log.append(Struck(name, begin, now(), mine))

    @property
    def _database(self) -> Path:
        return self._ground.product.settings.db_path

    @contextmanager
    def _locked_while_line_is_back(self, account_id: int) -> Iterator[None]:
        """Cut a line; lock the database as soon as that is written, before it is back."""
        ground = self._ground
        ground.phones.disturb_connecting(how="cut")  # the library tries again two seconds later
        ground.phones.cut(phone=ground.accounts[account_id])
        seen = lambda: ground.books.account(account_id).state != LinkState.CONNECTED  # noqa: E731
        with suppress(AssertionError):  # on a busy machine it may be back before anybody looks
            until(seen, "the line is seen to be down", _SEEN_S)
        with faults.locked(self._database):
            yield

    @contextmanager
    def _store_locked(self, account_id: int) -> Iterator[None]:
        """Lock a link's store, and cut its line before each of the first answers in that time.

        Strangers get nothing then, for a new session is kept before it is used. Who is known does,
        and after one cut the library still hands the same frame over again by itself.
        """
        ground = self._ground
        store = ground.product.settings.session_path / f"account-{account_id}.db"
        with faults.locked(store, "IMMEDIATE"):
            phone = ground.accounts[account_id]
            ground.phones.disturb_sends(phone=phone, kind="cut_before_ack", times=3)
            yield

    @contextmanager
    def _disks_full(self) -> Iterator[None]:
        """Fill the data folder's disk, and that of the links in it."""
        faults.shorten_log(self._database)
        with self._links_disk_full(), self._ground.data_disk.filled():
            yield

    @contextmanager
    def _links_disk_full(self) -> Iterator[None]:
        """Fill the links' disk, and leave their stores no room that they had taken before."""
        for store in self._ground.product.settings.session_path.glob("account-*.db"):
            faults.shorten_log(store)
        with self._ground.links_disk.filled():
            yield

    def _kill_redis(self) -> None:
        self._ground.redis.kill()
        self._ground.redis.start()

    def _moved(self, ahead: timedelta, _account_id: int) -> Block:
        return self._ground.clock.moved(ahead)

    def _receipts_before_answers(self, account_id: int) -> Block:
        phone = self._ground.accounts[account_id]
        faults.receipts_before_answers(self._ground.phones, phone, 2, _LATE_ANSWER_S)
        return nullcontext()

    def _answers_never(self, account_id: int) -> Block:
        faults.answers_never(self._ground.phones, self._ground.accounts[account_id])
        return nullcontext()


def wait_out(seconds: float, then: Callable[[], None]) -> None:
    """Let so many seconds pass, and do something a third of the way."""
    time.sleep(seconds / 3)
    then()
    time.sleep(seconds * 2 / 3)
