"""Faults below a product whose processes live on; each lasts as long as its block.

Beside these: `ServerClock.moved`, `SmallDisk.filled`, and `Redis.kill` and `Redis.flush`.
"""

import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import redis

from tests.product import Redis
from tests.slow_proxy import SlowProxy
from tests.whatsapp_server.client import Simulator

PAGE = 4096
"""Bytes of a page, which is SQLite's default."""

_PATIENCE_S, _SHORTEN_S = 60.0, 2.0


@contextmanager
def locked(path: Path, how: str = "EXCLUSIVE") -> Iterator[None]:
    """Hold the write lock of an SQLite file, as another program with a long transaction does.

    A file with a log (WAL) can still be read; `how` is EXCLUSIVE or IMMEDIATE, which elsewhere
    makes a difference to readers.
    """
    with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        try:
            yield
        finally:
            other.execute("ROLLBACK")


def shorten_log(path: Path) -> None:
    """Let SQLite's log begin anew, so that the next commit needs new room on the disk.

    It stays as it is where somebody reads it all the while.
    """
    with closing(sqlite3.connect(path, timeout=_SHORTEN_S)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def frozen(server: Redis) -> Iterator[None]:
    """Stop redis-server where it stands: it takes connections and says nothing."""
    with redis.Redis(port=server.port) as connection:
        pid: int = connection.info()["process_id"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def slowed(proxy: SlowProxy) -> Iterator[None]:
    """Keep each word to and from redis-server waiting."""
    proxy.slow()
    try:
        yield
    finally:
        proxy.quick()


@contextmanager
def out_of_memory(server: Redis) -> Iterator[None]:
    """Leave redis-server no room: it answers, and refuses whatever would be kept."""
    with redis.Redis(port=server.port) as connection:
        connection.set("ballast", bytes(1 << 20))
        connection.config_set("maxmemory-policy", "noeviction")
        connection.config_set("maxmemory", "1mb")
        try:
            yield
        finally:
            connection.config_set("maxmemory", "0")
            connection.delete("ballast")


@contextmanager
def again_and_again(strike: Callable[[], None], every_s: float) -> Iterator[None]:
    """Strike at once and then every so many seconds."""
    is_over = threading.Event()

    def strike_on() -> None:
        while not is_over.is_set():
            strike()
            is_over.wait(every_s)

    thread = threading.Thread(target=strike_on, name="again-and-again", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def answers_never(phones: Simulator, phone: str, times: int = 1) -> None:
    """Let an account's next messages arrive, and WhatsApp never say so."""
    phones.disturb_sends(phone=phone, kind="no_ack", times=times)


def receipts_before_answers(phones: Simulator, phone: str, times: int, late_s: float) -> None:
    """Let WhatsApp answer an account's next messages so late that receipts come first."""
    phones.disturb_sends(phone=phone, kind="late_ack", times=times, seconds=late_s)


def overwrite_pages(path: Path, count: int, rng: Random) -> None:
    """Write noise over so many pages of a file, chosen at random, but not over its first.

    Nothing may have the file open: what SQLite knows of its pages by heart would hide it.
    """
    pages = range(1, path.stat().st_size // PAGE)
    _overwrite(path, rng.sample(pages, min(count, len(pages))), rng)


def overwrite_head(path: Path, rng: Random) -> None:
    """Write noise over the first page of a file, which then is no database any more."""
    _overwrite(path, [0], rng)


def _overwrite(path: Path, pages: list[int], rng: Random) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE)
            file.write(rng.randbytes(PAGE))
