"""What can be wrong with a Redis that runs: it hangs, or has no room."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from tests.product import Redis


@contextmanager
def hanging(server: Redis) -> Iterator[None]:
    """Stop redis-server where it stands: it takes connections, and answers nothing."""
    with redis.Redis(port=server.port) as connection:
        pid: int = connection.info("server")["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def without_room(server: Redis) -> Iterator[None]:
    """Leave redis-server no memory: it answers, and keeps nothing new."""
    with redis.Redis(port=server.port) as connection:
        connection.config_set("maxmemory", "1")
        yield
        connection.config_set("maxmemory", "0")
