"""Nothing is lost, doubled or left lying, whatever fails below a worker that lives on."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest

from tests.books import Books
from tests.crash.clock import ServerClock
from tests.crash.ledger import Ledger
from tests.crash.living_storm import LivingStorm, Round
from tests.crash.small_disk import NOT_HERE, SmallDisk
from tests.crash.strikes import Ground
from tests.product import Product, Redis
from tests.slow_proxy import SlowProxy
from tests.whatsapp_server.client import Simulator

PHONES = ("4915100000001", "4915100000002", "4915100000003")
_DISKS = ("disk full", "link's disk full")

_TEXTS = int(os.environ.get("TEXTS") or 3000)
"""So many go out, about, in the whole of a large storm."""

_CALM = Round((), 1, 24)
"""Before the first fault: somebody has to have got something to answer STOP."""

# Nothing is judged for being late right after a fault of another kind, so what must make nothing
# late comes first. A writer waits ten seconds for its turn and ten for the database: only then
# have all of them failed.
LOCKS = (
    Round(("redis slow", "answers never", "receipts before answers"), 14, 60),
    Round(("line back while locked", "redis flushed"), 22, 60),
)

OTHERS = (
    Round(("link's store locked", "redis frozen"), 14, 60),
    Round(("disk full", "redis full"), 3, 24),
    Round(("link's disk full", "redis killed"), 2, 24),
    Round(("clock an hour ahead",), 1, 24),
    Round(("clock an hour back",), 1, 24),
    Round(("clock 60 days ahead",), 1, 24),
    Round(("clock 60 days back",), 1, 24),
)

LARGE = {
    "database locked": (5, 13, 30, 90),
    "line back while locked": (20, 60),
    "link's store locked": (5, 13, 30, 90),
    "disk full": (30, 30),
    "link's disk full": (30, 30),
    "redis frozen": (30, 60),
    "redis slow": (30, 60),
    "redis full": (30,),
    "redis flushed": (20,),
    "redis killed": (30,),
    "clock an hour ahead": (20,),
    "clock an hour back": (20,),
    "clock 60 days ahead": (20,),
    "clock 60 days back": (20,),
    "receipts before answers": (15, 15),
    "answers never": (20, 20),
}
"""For how many seconds each fault is there, each time."""

ALONE = {
    "database locked": 25,
    "line back while locked": 25,
    "link's store locked": 14,
    "disk full": 10,
    "link's disk full": 10,
    "redis frozen": 15,
    "redis slow": 15,
    "redis full": 10,
    "redis flushed": 5,
    "redis killed": 10,
    "clock an hour ahead": 5,
    "clock an hour back": 5,
    "clock 60 days ahead": 5,
    "clock 60 days back": 5,
    "receipts before answers": 5,
    "answers never": 5,
}
"""For how many seconds each fault is there when nothing else is wrong."""


@pytest.fixture
def storm(
    tmp_path: Path, whatsapp: Simulator, request: pytest.FixtureRequest
) -> Iterator[LivingStorm]:
    """The product with three linked accounts, on disks, a clock and a Redis that can fail."""
    seed = int(os.environ.get("SEED") or getattr(request, "param", 0) or Random().getrandbits(32))
    print(f"\nreplay with SEED={seed}")
    with ExitStack() as stack:
        yield LivingStorm(_ground(tmp_path, whatsapp, stack), seed)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("rounds", [LOCKS, OTHERS], ids=["locks", "others"])
def test_each_fault_once_below_a_living_worker(
    storm: LivingStorm, rounds: tuple[Round, ...]
) -> None:
    first, *others = rounds
    storm.rng.shuffle(others)

    _go_through(storm, [_CALM, first, *others, _CALM])


@pytest.mark.torture
@pytest.mark.timeout(600)
@pytest.mark.parametrize("fault", ALONE)
def test_one_fault_alone_below_a_living_worker(storm: LivingStorm, fault: str) -> None:
    _go_through(storm, [_CALM, Round((fault,), ALONE[fault], 60), _CALM])


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("storm", [1, 2], indirect=True)
def test_every_fault_again_and_again_below_a_living_worker(storm: LivingStorm) -> None:
    whole_s = sum(map(sum, LARGE.values()))
    rounds = [
        Round((name,), seconds, max(24, round(_TEXTS * seconds / whole_s)))
        for name, some in LARGE.items()
        for seconds in some
    ]
    storm.rng.shuffle(rounds)

    _go_through(storm, [_CALM, *rounds])


def _go_through(storm: LivingStorm, rounds: list[Round]) -> None:
    """Strike, let it become calm, and compare every text with what it should have become."""
    if not storm.ground.data_disk.is_mounted:
        print(NOT_HERE)
        rounds = [one for one in rounds if not set(one.faults) & set(_DISKS)]
    storm.rage(rounds)
    calm_s = storm.calm()
    stuck = storm.stuck()
    home = storm.witness.browser.read_home()
    ledger = Ledger(storm)
    wrong = ledger.complaints()
    if stuck and "Sending works" in home:
        wrong["Home says that sending works while it does not"] = len(stuck)
    print(ledger.summary(), f"calm after {calm_s:.1f} s", *storm.named, sep="\n  ")
    lines = [f"{times} times: {what}" for what, times in wrong.most_common()]
    lines += [str(one) for one in storm.named if one.is_missing]
    assert not lines, "\n".join(lines)


def _ground(folder: Path, phones: Simulator, stack: ExitStack) -> Ground:
    """Start everything that the product stands on, and the product."""
    redis = Redis(folder / "redis")
    redis.start()
    stack.callback(redis.kill)
    proxy = SlowProxy(redis.port)
    proxy.start()
    stack.callback(proxy.close)
    clock = ServerClock(folder / "clock")
    environ = phones.environment(os.environ) | {
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": str(proxy.port),
    }
    product = Product(folder / "product", clock.environment(environ))
    data = product.folder / "data"
    disks = SmallDisk(data, 128), SmallDisk(data / "session", 64)
    for disk in disks:
        disk.mount()
        stack.callback(disk.unmount)
    stack.callback(product.end)
    product.start()
    books = Books(product)
    stack.callback(books.close)
    for number, phone in enumerate(PHONES):
        phones.add_person(phone=phone, name=f"Choir {number}")
    accounts = {books.link(phones, phone): phone for phone in PHONES}
    return Ground(product, books, redis, proxy, phones, clock, *disks, accounts)
