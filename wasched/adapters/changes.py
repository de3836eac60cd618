"""Word that something changed, from process to process on one machine or through Redis."""

import logging
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import redis

from wasched.adapters import heard_hints
from wasched.adapters.heard_hints import HeardHints

log = logging.getLogger(__name__)

_STEP_S = 0.1
_CHANNEL = "wasched:changes"

_LOST_S = 10.0
"""So long after its last word the connection to it is given up for a new one."""

_TOGETHER_S = 0.02
"""The commits of so long a time are one hint."""


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
    """Carries the hint by publish and subscribe; while Redis is away, looks every second.

    Two threads of its own talk to Redis, so neither a commit nor whoever waits for one ever does:
    a Redis that hangs makes hints late, and nothing else.
    """

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)
        self._heard = HeardHints(self._listen, redis.RedisError)
        self._unsaid = threading.Event()
        self._turn = threading.Lock()
        self._thread: threading.Thread | None = None

    def hint(self) -> None:
        """Let the others be told, soon; a lost hint is made good by the next look."""
        self._unsaid.set()
        if self._thread is None:
            self._have_publishing()

    def wait(self, seconds: float) -> bool:
        """Block until a hint came, or the time is over; without Redis, look after a second."""
        return self._heard.wait(seconds)

    def close(self) -> None:
        """End every wait."""
        self._heard.close()
        self._unsaid.set()

    def _have_publishing(self) -> None:
        with self._turn:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._publish, name="changes-out", daemon=True
                )
                self._thread.start()

    def _publish(self) -> None:
        """Tell the others, once for all that was committed since the last time."""
        closed = self._heard.closed
        while self._unsaid.wait() and not closed.is_set():
            self._unsaid.clear()
            try:
                self._redis.publish(_CHANNEL, b"1")
            except redis.RedisError:
                log.debug("Redis is away; pages follow a second later")
                closed.wait(heard_hints.LOOK_S)
            closed.wait(_TOGETHER_S)

    def _listen(self) -> None:
        with closing(self._redis.pubsub()) as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(_CHANNEL)
            self._follow(subscription)

    def _follow(self, subscription: Any) -> None:
        """Take in what comes; a Redis that says nothing is asked whether it is still there."""
        begun = time.monotonic()
        while not self._heard.closed.is_set():
            said = subscription.get_message(timeout=heard_hints.LOOK_S)
            if said is not None and said["type"] == "pong":
                self._heard.note_word()
            elif said is not None:  # a new subscription may have missed something
                self._heard.note_hint()
            elif time.monotonic() - max(self._heard.word_at, begun) > _LOST_S:
                raise redis.TimeoutError("Redis has fallen silent")
            else:
                subscription.ping()
