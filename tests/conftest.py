"""Fixtures that every test may use."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.product import Redis
    from wasched.services.effects import Effect

_FOLDER = tempfile.mkdtemp(prefix="wasched-tests-")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

# Tests must never touch a database that somebody uses; set before anything reads the settings.
os.environ["DB_PATH"] = os.path.join(_FOLDER, "app.db")  # noqa: PTH118

pytest_plugins = ["tests.whatsapp_server.fixtures"]


@pytest.fixture
def redis(tmp_path: Path) -> "Iterator[Redis]":
    """A real redis-server."""
    from tests.product import Redis  # which reads the settings

    server = Redis(tmp_path / "redis")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def followed() -> "Iterator[list[Effect]]":
    """What follows from whatever a test commits, as a process would carry it out."""
    from sqlalchemy import event
    from sqlmodel import Session

    from wasched.services.effects import take_effects

    found: list[Effect] = []

    def follow(session: Session) -> None:
        found.extend(take_effects(session))

    event.listen(Session, "after_commit", follow)
    yield found
    event.remove(Session, "after_commit", follow)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes a minute, so that nobody waits for it alone at the end.

    Each worker has some of it: `--dist worksteal` first gives each an equal share, in this order.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    slow = [one for one in items if one.get_closest_marker("slow")]
    quick = [one for one in items if not one.get_closest_marker("slow")]
    modules = list(dict.fromkeys(one.path for one in slow))
    ordered: list[pytest.Item] = []
    for number in range(workers):
        first = [one for one in slow if modules.index(one.path) % workers == number]
        share = (len(items) - len(ordered)) // (workers - number)
        take = max(share - len(first), 0)
        ordered += [*first, *quick[:take]]
        quick = quick[take:]
    items[:] = [*ordered, *quick]


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of the search for garbage, as the product does."""
    if "sqlalchemy" in sys.modules:
        from tests.statements import share_statements

        share_statements()
    if "wasched.adapters.passwords" in sys.modules:
        _hash_lightly()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _hash_lightly() -> None:
    """Have passwords hashed as ever, but in less time: a tenth of a second is on purpose."""
    from wasched.adapters import passwords

    passwords.argon2 = passwords.argon2.using(rounds=1, memory_cost=64)
