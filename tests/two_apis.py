"""Two apis and a worker as on several machines: one PostgreSQL, one Redis, a folder for each."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests import postgresql
from tests.product import Product, Redis
from tests.sticky_proxy import StickyProxy


class TwoApis:
    """`first` has the worker as well; browsers come to both by `proxy`."""

    def __init__(self, first: Product, second: Product, redis: Redis) -> None:
        self.first, self.second, self.redis = first, second, redis
        self.proxy = StickyProxy([first.port, second.port])

    @property
    def apis(self) -> tuple[Product, Product]:
        """Both, in the order that the proxy knows them."""
        return self.first, self.second


@contextmanager
def two_apis(
    folder: Path, environ: Mapping[str, str] | None = None, *, has_worker: bool = True
) -> Iterator[TwoApis]:
    """Both apis, started, with what they share; stopped at the end of the block."""
    redis, url = Redis(folder / "redis"), postgresql.new_database()
    redis.start()
    shared = {
        **(environ or os.environ),
        **redis.environ,
        "DATABASE_URL": url,
        "MEDIA_PATH": str(folder / "media"),
    }
    first, second = (Product(folder / name, shared) for name in ("first", "second"))
    running = TwoApis(first, second, redis)
    try:
        for one in running.apis:
            one.start_api()
        if has_worker:
            first.start_worker()
        running.proxy.start()
        yield running
    finally:
        running.proxy.close()
        for one in running.apis:
            one.end()
        redis.kill()
        postgresql.drop(url)
