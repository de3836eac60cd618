"""What one worker passes on to the others, through Redis: a task that came to the wrong one."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import redis

log = logging.getLogger(__name__)

_CHANNEL = "wasched:workers"
_AGAIN_S, _LOOK_S = 1.0, 1.0


class WorkerCalls:
    """Calls that all workers hear; one that is lost is made good by whoever looks by itself."""

    def __init__(self, url: str) -> None:
        self._redis = redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)

    def call(self, name: str, number: int) -> None:
        """Have all workers hear a task's name and its id; raises RedisError."""
        self._redis.publish(_CHANNEL, f"{name} {number}")

    def listen(self, heed: Callable[[str, int], None]) -> None:
        """Have each call heeded from now on, on a thread of its own; it must not wait."""
        threading.Thread(
            target=self._listen, args=(heed,), name="worker-calls", daemon=True
        ).start()

    def _listen(self, heed: Callable[[str, int], None]) -> None:
        while True:
            try:
                with closing(self._redis.pubsub()) as subscription:  # type: ignore[no-untyped-call]
                    subscription.subscribe(_CHANNEL)
                    self._follow(subscription, heed)
            except redis.RedisError as fault:
                log.debug("Redis is away: %s", fault)
                threading.Event().wait(_AGAIN_S)

    def _follow(self, subscription: Any, heed: Callable[[str, int], None]) -> None:
        silent = 0
        while True:
            said = subscription.get_message(timeout=_LOOK_S)
            if said is None:
                silent += 1
                if silent > 10:
                    raise redis.TimeoutError("Redis has fallen silent")
                subscription.ping()
                continue
            silent = 0
            if said["type"] == "message":
                self._heed(said["data"], heed)

    def _heed(self, data: bytes, heed: Callable[[str, int], None]) -> None:
        name, _, number = data.decode("ascii", "replace").partition(" ")
        try:
            heed(name, int(number))
        except Exception:  # of a newer version, perhaps; the next look finds what it was about
            log.exception("A call of another worker failed")
