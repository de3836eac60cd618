"""How often a program may ask: so many times at once, and so many a minute in the long run."""

import math
from dataclasses import dataclass

from wasched.domain.errors import TooOftenError
from wasched.services.ports import Buckets


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
    """Counts the requests of each key, in buckets that all apis may share."""

    def __init__(self, per_minute: int, burst: int, buckets: Buckets) -> None:
        self._burst, self._each_s = burst, 60 / per_minute
        self._buckets = buckets

    def take(self, key_id: int) -> Allowance:
        """Count a request; TooOftenError if there is nothing left. May wait for a moment."""
        owed_s, over_s = self._buckets.take(f"key {key_id}", self._each_s, self._whole_s())
        if over_s > 0:
            raise TooOftenError(math.ceil(over_s))
        return self._allowance(owed_s)

    def nothing_left(self) -> Allowance:
        """What is said beside a refusal."""
        return self._allowance(self._whole_s())

    def _whole_s(self) -> float:
        return self._burst * self._each_s

    def _allowance(self, owed_s: float) -> Allowance:
        left = int(self._burst - owed_s / self._each_s + 1e-9)
        return Allowance(
            self._burst, math.ceil(self._whole_s()), max(0, left), math.ceil(owed_s - 1e-9)
        )
