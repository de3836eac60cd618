"""Word that something changed, from process to process on one machine or through Redis."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import redis

log = logging.getLogger(__name__)

_STEP_S = 0.1
_CHANNEL = "wasched:changes"

_LOOK_S = 1.0
"""How often whoever waits looks by itself while Redis is away, and how often Redis is asked."""

_SILENT_S = 2.5
"""Redis counts as away when it has said nothing for so long, although it was asked."""

_LOST_S = 10.0
"""So long after its last word the connection to it is given up for a new one."""

_TOGETHER_S = 0.02
"""The commits of so long a time are one hint."""

_NEVER = float("-inf")


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
        self._local = threading.local()
        self._closed = threading.Event()
        self._unsaid = threading.Event()
        self._moved = threading.Condition()
        self._heard = 0  # how many hints have come
        self._word_at = _NEVER  # of the monotonic clock: when Redis last said anything
        self._threads: dict[str, threading.Thread] = {}

    def hint(self) -> None:
        """Let the others be told, soon; a lost hint is made good by the next look."""
        self._unsaid.set()
        self._have_running("changes-out", self._publish)

    def wait(self, seconds: float) -> bool:
        """Block until a hint came, or the time is over; without Redis, look after a second."""
        self._have_running("changes-in", self._listen)
        end = time.monotonic() + seconds
        with self._moved:
            while not self._closed.is_set():
                if self._heard != getattr(self._local, "heard", None):
                    self._local.heard = self._heard
                    return True
                left = end - time.monotonic()
                if left <= 0:
                    return False
                if not self._moved.wait(min(left, _LOOK_S)) and self._is_away():
                    return True
        return False

    def close(self) -> None:
        """End every wait."""
        self._closed.set()
        self._unsaid.set()
        with self._moved:
            self._moved.notify_all()

    def _is_away(self) -> bool:
        return time.monotonic() - self._word_at > _SILENT_S

    def _have_running(self, name: str, work: Callable[[], None]) -> None:
        if name in self._threads:
            return
        with self._moved:
            if name not in self._threads:
                self._threads[name] = threading.Thread(target=work, name=name, daemon=True)
                self._threads[name].start()

    def _publish(self) -> None:
        """Tell the others, once for all that was committed since the last time."""
        while self._unsaid.wait() and not self._closed.is_set():
            self._unsaid.clear()
            try:
                self._redis.publish(_CHANNEL, b"1")
            except redis.RedisError:
                log.debug("Redis is away; pages follow a second later")
                self._closed.wait(_LOOK_S)
            self._closed.wait(_TOGETHER_S)

    def _listen(self) -> None:
        """Follow the channel, by a new connection whenever the last one broke."""
        while not self._closed.is_set():
            try:
                with closing(self._redis.pubsub()) as subscription:  # type: ignore[no-untyped-call]
                    subscription.subscribe(_CHANNEL)
                    self._follow(subscription)
            except redis.RedisError:
                self._word_at = _NEVER
                self._closed.wait(_LOOK_S)

    def _follow(self, subscription: Any) -> None:
        """Take in what comes; a Redis that says nothing is asked whether it is still there."""
        begun = time.monotonic()
        while not self._closed.is_set():
            said = subscription.get_message(timeout=_LOOK_S)
            if said is not None:
                self._word_at = time.monotonic()
                if said["type"] != "pong":  # a new subscription may have missed something
                    self._note_hint()
            elif time.monotonic() - max(self._word_at, begun) > _LOST_S:
                raise redis.TimeoutError("Redis has fallen silent")
            else:
                subscription.ping()

    def _note_hint(self) -> None:
        with self._moved:
            self._heard += 1
            self._moved.notify_all()
