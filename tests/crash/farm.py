"""Several apis and workers on one PostgreSQL and one Redis, as on several machines."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.postgresql_server import PostgresqlServer, signal_all
from tests.product import START_S, Product, Redis, until

LEASE_S = 2
"""So short, that a test can pause a worker past its lease again and again."""

_SECRET = "one-secret-for-all-that-stand-beside-each-other"


class Part(Product):
    """One api or one worker, with a data folder that nobody else has."""

    @contextmanager
    def paused(self, name: str, *, links: bool = True) -> Iterator[None]:
        """Stop a part where it stands; without `links` those go on."""
        stopped = self.processes(name)
        if not links:
            others = {one.pid for one in self.link_children()}
            stopped = [one for one in stopped if one.pid not in others]
        signal_all(stopped, signal.SIGSTOP)
        try:
            yield
        finally:
            signal_all(stopped, signal.SIGCONT)


class Farm:
    """So many apis and workers."""

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        database: PostgresqlServer,
        redis: Redis,
        *,
        apis: int = 2,
        workers: int = 2,
    ) -> None:
        self.database, self.redis = database, redis
        shared = {
            **environ,
            **redis.environ,
            "DATABASE_URL": database.new_database("farm"),
            "SECRET_KEY": _SECRET,
            "LEASE_S": str(LEASE_S),
        }
        self.apis = [Part(folder / f"api-{number}", shared) for number in range(1, apis + 1)]
        self.workers = [
            Part(folder / f"worker-{number}", shared) for number in range(1, workers + 1)
        ]

    def start(self) -> None:
        """Start all of them, and wait until they are at work."""
        for one in self.workers:
            one.start_worker()
        for one in self.workers:
            until(lambda one=one: "Worker started" in one.log("worker"), "it works", START_S)
        for one in self.apis:
            one.start_api()

    def end(self) -> None:
        """Stop all of them."""
        for one in (*self.apis, *self.workers):
            one.end()

    def workers_with_links(self) -> list[Part]:
        """Those that hold an account now."""
        return [one for one in self.workers if one.link_children()]


@contextmanager
def farm(folder: Path, environ: Mapping[str, str], *stores: Any, **how: Any) -> Iterator[Farm]:
    """A farm, started, and stopped at the end of the block."""
    made = Farm(folder, environ, *stores, **how)
    try:
        made.start()
        yield made
    finally:
        made.end()
