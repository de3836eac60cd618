"""Memory that strangers and members try to take by live lines, and what is left of it after."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.attacks.conftest import Target, served
from tests.attacks.raw_line import RawLine
from tests.tabs import Tab
from wasched.ui.compose.content_state import ContentState
from wasched.ui.templates.state import TemplatesState

pytestmark = pytest.mark.asyncio

API_MB = 300  # of memory in Compose
SETTLED_S = 10
LEFT_MB = 10


@dataclass
class Meter:
    """The most memory the api had, and how long clicks of a member took, in seconds."""

    most_mb: float = 0
    clicks: list[float] = field(default_factory=list)

    def p95_ms(self) -> float:
        """So long, at most, took 95 of 100 clicks."""
        return 1000 * sorted(self.clicks)[int(len(self.clicks) * 0.95)] if self.clicks else 0


@asynccontextmanager
async def measured(target: Target) -> AsyncIterator[Meter]:
    """Look at memory, and let a member click, meanwhile."""
    meter, tab = Meter(), Tab(target.url, target.member, "/templates")
    await tab.come()
    tasks = [asyncio.create_task(_weigh(target, meter)), asyncio.create_task(_click(tab, meter))]
    yield meter
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    await tab.close()


async def test_messages_that_never_end_are_not_gathered(target: Target) -> None:
    await endless(target, lines=4, megabytes=1)  # what is loaded with the first of all stays
    async with measured(target) as meter:
        before = target.memory_mb()
        # No faster than a line is that comes from elsewhere, however busy this machine is.
        sent = await endless(target, lines=4, megabytes=50, pause_s=0.02)

    assert max(sent) < 50 * 10**6
    assert meter.most_mb - before < 80  # 200 when all is gathered


async def test_mentions_are_not_sent_again_and_again(target: Target) -> None:
    assert await mentions(target, 300) < 10**6  # 1.5 MB when each brings all that came before


@pytest.mark.torture
@pytest.mark.timeout(600)
@pytest.mark.parametrize("flood", ["endless", "tabs", "words", "mentions"])
async def test_a_flood_leaves_the_memory_as_it_was(tmp_path: Path, flood: str) -> None:
    floods: dict[str, Callable[[Target], Awaitable[object]]] = {
        "endless": lambda target: endless(target, lines=20, megabytes=64),
        "tabs": lambda target: come_and_go(target, 1500, seconds=18),
        "words": lambda target: words(target, 150),
        "mentions": lambda target: mentions(target, 3000),
    }
    with served(tmp_path) as target:
        await come_and_go(target, 20, seconds=2)  # what is loaded by the first of all stays,
        await mentions(target, 3)  # and what Compose reads phrases with
        await endless(target, lines=4, megabytes=20)
        async with measured(target) as meter:
            before = target.memory_mb()
            await floods[flood](target)
            await asyncio.sleep(SETTLED_S)
            after = target.memory_mb()
        print(
            f"{flood}: {before:.0f} MB before, {meter.most_mb:.0f} at most, {after:.0f} after;",
            end=" ",
        )
        print(f"clicks p95 {meter.p95_ms():.0f} ms of {len(meter.clicks)}")

    assert meter.most_mb < API_MB
    assert after - before < LEFT_MB


async def endless(target: Target, lines: int, megabytes: int, pause_s: float = 0) -> list[int]:
    """Lines that each send one message which does not end; how many bytes went out on each.

    Each rests for `pause_s` seconds after every quarter of a megabyte.
    """
    opened = [RawLine(target.url) for _ in range(lines)]
    let_in = [one for one in opened if await one.open()]
    sent = await asyncio.gather(*(one.endless(megabytes, pause_s=pause_s) for one in let_in))
    await asyncio.gather(*(one.close() for one in let_in))
    return sent


async def come_and_go(target: Target, tabs: int, seconds: float) -> None:
    """Tabs of strangers that are opened and closed at the entrance."""
    begun = time.monotonic()
    for number in range(tabs):
        with suppress(InvalidStatus, ConnectionClosed):
            tab = Tab(target.url, "", "/sign-in")
            await tab.come()
            await tab.close()
        await asyncio.sleep(max(0, begun + seconds * number / tabs - time.monotonic()))


async def words(target: Target, tabs: int) -> None:
    """Tabs of strangers, each of which says much to a page of members."""
    opened = []
    for _ in range(tabs):
        with suppress(InvalidStatus, ConnectionClosed):
            tab = Tab(target.url, "", "/sign-in")
            await tab.come()
            opened.append(tab)
            given = {"index": 0, "words": "x" * 900_000}
            await tab.press(ContentState, "say", lambda _shown, t=tab: t.events, **given)
    for tab in opened:
        await tab.close()


async def mentions(target: Target, number: int) -> int:
    """A member's tab that mentions so many; how many bytes it was answered with."""
    tab = _Counting(target.url, target.member, "/new")
    await tab.come()
    tab.heard = 0
    for one in range(number):
        who = f"Person {one}"
        await tab.press(
            ContentState,
            "mention",
            lambda shown, w=who: any(m["name"] == w for m in shown["written"]["mentions"]),
            name=who,
            jid=f"{one}@lid",
        )
    await tab.close()
    return tab.heard


class _Counting(Tab):
    heard = 0

    async def _next_frame(self) -> str:
        frame = await super()._next_frame()
        self.heard += len(frame)
        return frame


async def _weigh(target: Target, meter: Meter) -> None:
    while True:
        meter.most_mb = max(meter.most_mb, target.memory_mb())
        await asyncio.sleep(0.05)


async def _click(tab: Tab, meter: Meter) -> None:
    number = 0
    while True:
        number, begun = number + 1, time.monotonic()
        said = f"words {number}"
        await tab.press(
            TemplatesState, "find", lambda shown, w=said: shown["search"] == w, words=said
        )
        meter.clicks.append(time.monotonic() - begun)
        await asyncio.sleep(0.1)
