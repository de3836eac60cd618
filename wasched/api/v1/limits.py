"""How often a program may ask: so many times at once, and so many a minute in the long run."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from wasched.domain.errors import TooOftenError


@dataclass(frozen=True)
class Allowance:
    """What is left for a key: so many requests of `most`, which are all there in `reset_s`."""

    most: int
    window_s: int
    left: int
    reset_s: int

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers-10 writes it."""
        return {
            "RateLimit-Policy": f'"key";q={self.most};w={self.window_s}',
            "RateLimit": f'"key";r={self.left};t={self.reset_s}',
        }


class Limits:
    """Counts the requests of each key in this process, which is the only one that answers them.

    A bucket that leaks (the generic cell rate algorithm, ITU-T I.371): of each key it keeps one
    number, the moment at which the key has its whole allowance again.
    """

    def __init__(
        self, per_minute: int, burst: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._each_s = burst, 60 / per_minute
        self._clock, self._lock = clock, threading.Lock()
        self._whole_at: dict[int, float] = {}

    def take(self, key_id: int) -> Allowance:
        """Count a request; TooOftenError if there is nothing left."""
        with self._lock:
            now = self._clock()
            whole_at = max(self._whole_at.get(key_id, now), now) + self._each_s
            over_s = whole_at - now - self._burst * self._each_s
            if over_s <= 1e-9:
                self._whole_at[key_id] = whole_at
                return self._allowance(whole_at - now)
        raise TooOftenError(math.ceil(over_s))

    def nothing_left(self) -> Allowance:
        """What is said beside a refusal."""
        return self._allowance(self._burst * self._each_s)

    def _allowance(self, owed_s: float) -> Allowance:
        left = int(self._burst - owed_s / self._each_s + 1e-9)
        window_s = math.ceil(self._burst * self._each_s)
        return Allowance(self._burst, window_s, max(0, left), math.ceil(owed_s))
