"""How much of its allowance each key has used: of this process, or of all that share a Redis.

A bucket that leaks (the generic cell rate algorithm, ITU-T I.371): of each key one number is kept,
the moment at which the key has its whole allowance again.
"""

import logging
import threading
import time
from collections.abc import Callable

import redis

log = logging.getLogger(__name__)

_PREFIX = "wasched:bucket:"
_PATIENCE_S = 0.1
"""A request waits no longer for Redis."""

_AWAY_S = 5.0
"""So long after a fault each process counts by itself, and nobody waits."""

# By the clock of Redis: those of several machines differ. Microseconds, which a double holds.
_TAKE = """
local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
local whole = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + ARGV[1]
local over = whole - now - ARGV[2]
if over > 0 then return {0, over} end
redis.call('SET', KEYS[1], string.format('%.0f', whole), 'PX', math.ceil((whole - now) / 1000))
return {whole - now, 0}
"""


class OwnBuckets:
    """Counts in this process alone."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._whole_at: dict[str, float] = {}

    def take(self, key: str, each_s: float, most_s: float) -> tuple[float, float]:
        """Count one; what the key owes then, or by how much that would be too much (seconds)."""
        with self._lock:
            now = self._clock()
            whole_at = max(self._whole_at.get(key, now), now) + each_s
            over_s = whole_at - now - most_s
            if over_s > 1e-9:
                return 0.0, over_s
            self._whole_at[key] = whole_at
            return whole_at - now, 0.0


class RedisBuckets:
    """Counts in Redis, for all processes that ask it; while it is away each counts by itself."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis = redis.Redis.from_url(
            url, socket_timeout=_PATIENCE_S, socket_connect_timeout=_PATIENCE_S
        )
        self._script = self._redis.register_script(_TAKE)
        self._clock, self._own = clock, OwnBuckets(clock)
        self._away_until = float("-inf")

    def take(self, key: str, each_s: float, most_s: float) -> tuple[float, float]:
        """Count one; what the key owes then, or by how much that would be too much (seconds)."""
        if self._clock() < self._away_until:
            return self._own.take(key, each_s, most_s)
        try:
            owed, over = self._script(
                keys=[f"{_PREFIX}{key}"], args=[round(each_s * 1e6), round(most_s * 1e6)]
            )
        except redis.RedisError:
            log.debug("Redis is away; each process counts the requests of keys by itself")
            self._away_until = self._clock() + _AWAY_S
            return self._own.take(key, each_s, most_s)
        return owed / 1e6, over / 1e6
