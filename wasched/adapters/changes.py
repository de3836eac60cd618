"""Word that something changed, from process to process on one machine or through Redis."""

import logging
import sqlite3
import threading
import time
from pathlib import Path

import redis

log = logging.getLogger(__name__)

_STEP_S = 0.1
_CHANNEL = "wasched:changes"


class SqliteChanges:
    """Notices commits of other connections by SQLite's own counter, PRAGMA data_version.

    Every thread that waits has a connection of its own. Costs a few microseconds a look.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._closed = threading.Event()

    def hint(self) -> None:
        """Nothing to do: the commit itself is the hint."""

    def wait(self, seconds: float) -> bool:
        """Block until another connection has committed, or the time is over.

        A database that cannot be asked is looked at a second later in any case: whoever waits
        finds out what is wrong with it.
        """
        try:
            return self._watch(seconds)
        except sqlite3.Error:
            self._local.connection = None
            self._closed.wait(min(1.0, seconds))
            return True

    def close(self) -> None:
        """End every wait."""
        self._closed.set()

    def _watch(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not self._closed.is_set():
            if self._moved():
                return True
            left = end - time.monotonic()
            if left <= 0:
                return False
            self._closed.wait(min(_STEP_S, left))
        return False

    def _moved(self) -> bool:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._local.connection = sqlite3.connect(self._path)
            self._local.seen = None
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        moved: bool = version != self._local.seen
        self._local.seen = version
        return moved


class RedisChanges:
    """Carries the hint by publish and subscribe; while Redis is away, looks every second."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
        self._local = threading.local()
        self._closed = threading.Event()

    def hint(self) -> None:
        """Tell whoever waits; a lost hint is made good by the next look."""
        try:
            self._redis.publish(_CHANNEL, b"1")
        except redis.RedisError:
            log.debug("Redis is away; pages follow a second later")

    def wait(self, seconds: float) -> bool:
        """Block until a hint came, or the time is over; then look in any case."""
        try:
            return self._listen(seconds)
        except redis.RedisError:
            self._local.subscription = None
            self._closed.wait(min(1.0, seconds))
            return True

    def close(self) -> None:
        """End every wait."""
        self._closed.set()
        self._redis.close()

    def _listen(self, seconds: float) -> bool:
        subscription = getattr(self._local, "subscription", None)
        if subscription is None:
            subscription = self._redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
            subscription.subscribe(_CHANNEL)
            self._local.subscription = subscription
        end = time.monotonic() + seconds
        while not self._closed.is_set():
            left = end - time.monotonic()
            if left <= 0:
                return False
            if subscription.get_message(timeout=min(left, 1.0)) is not None:
                while subscription.get_message(timeout=0) is not None:
                    pass  # one look answers all hints that are already there
                return True
        return False
