"""How many live lines there may be at once and how fast strangers may open them.

A page works without its line as far as its form goes, so that nobody is kept from signing in. One
household has one address, and many phones: what is refused is what no household does.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from wasched.ui.live.visitors import Visitor

PER_PERSON = 100
"""Lines of one person at once, over all their browsers."""

PER_ADDRESS = 30
"""Lines at once of those at one address who are not signed in."""

STRANGERS = 200
"""Lines at once of everybody who is not signed in."""

_TRY_AGAIN_LATER = 1013  # the IANA's registry of WebSocket close codes


@dataclass(frozen=True)
class OpeningPace:
    """How many lines may be opened in a burst, and in each second after it."""

    burst: float
    each_s: float


ADDRESS, EVERYBODY = OpeningPace(100, 2), OpeningPace(400, 10)
_ADDRESSES_MAX = 10_000


class Paces:
    """How much of its burst each one has left (a token bucket)."""

    def __init__(self, pace: OpeningPace) -> None:
        self._pace = pace
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # burst left, and when

    def take(self, who: str, now: float) -> bool:
        """Take one, at an instant in seconds; False if there is none left."""
        left, at = self._left.pop(who, (self._pace.burst, now))
        left = min(self._pace.burst, left + (now - at) * self._pace.each_s)
        self._left[who] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > _ADDRESSES_MAX:
            self._left.popitem(last=False)  # whoever came longest ago has all of it again
        return left >= 1


class LineBounds:
    """Counts who has lines, and says whether there may be one more."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._open, self._strangers = clock, Counter[str](), 0
        self._address, self._everybody = Paces(ADDRESS), Paces(EVERYBODY)

    def admit(self, seen: Visitor) -> bool:
        """True, and counted, if this visitor may have one more line."""
        if not (self._may_stranger(seen) if seen.is_stranger else self._may_person(seen)):
            return False
        self._open[seen.who] += 1
        self._strangers += seen.is_stranger
        return True

    def leave(self, seen: Visitor) -> None:
        """Let go of a line that was admitted."""
        self._open[seen.who] -= 1
        if not self._open[seen.who]:
            del self._open[seen.who]
        self._strangers -= seen.is_stranger

    def _may_person(self, seen: Visitor) -> bool:
        return self._open[seen.who] < PER_PERSON

    def _may_stranger(self, seen: Visitor) -> bool:
        if self._open[seen.who] >= PER_ADDRESS or self._strangers >= STRANGERS:
            return False
        now = self._clock()
        return self._address.take(seen.who, now) and self._everybody.take("", now)


class BoundedLines:
    """Refuses a websocket that is one too many; `visitor` says who opens it."""

    def __init__(self, app: ASGIApp, visitor: Callable[[Scope], Awaitable[Visitor]]) -> None:
        self._app, self._visitor, self._bounds = app, visitor, LineBounds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything else on."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        seen = await self._visitor(scope)
        if not self._bounds.admit(seen):
            await send({"type": "websocket.close", "code": _TRY_AGAIN_LATER})
            return
        try:
            await self._app(scope, receive, send)
        finally:
            self._bounds.leave(seen)
