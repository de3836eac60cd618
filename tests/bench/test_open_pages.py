"""Many open pages over two apis: how long a click takes, and how much memory a tab."""

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, StorageState

from tests.bench.watched_socket import TIME_DRAWING, Watched, clicked, watched
from tests.books import Books, now
from tests.browser import full as full_server
from tests.browser.conftest import owner_of
from tests.owner import add_to_space
from tests.product import PATIENCE_S, Product
from tests.tabs import Tab
from tests.two_apis import TwoApis, two_apis
from wasched.api.cookies import SESSION
from wasched.models import Role
from wasched.services.identity import users

Result = TypeVar("Result")

PAGES = ("/", "/messages", "/calendar", "/templates", "/recipients", "/accounts", "/more")
AT_ONCE = 8
CLICKS_EACH_S = 10.0
"""Of everybody together: of a thousand who look at a page each clicks every 100 seconds."""


class OpenTab(Tab):
    """A tab that stays open: it hears what it is told also while nobody waits for it."""

    _hearing: asyncio.Task[None] | None = None
    is_going = False

    async def come(self) -> None:
        """Open the line, wait until the page has loaded, and go on listening."""
        await super().come()
        self._heard = asyncio.Condition()
        self._hearing = asyncio.create_task(self._listen())

    async def close(self) -> None:
        """Close the line; AssertionError if it had ended before."""
        assert self._hearing is not None and not self._hearing.done()
        self._hearing.cancel()
        await super().close()

    async def follow(self, path: str) -> float:
        """Follow a link; how long it takes until all of its page is there, in milliseconds."""
        self.is_going, begun = True, time.perf_counter()
        await self.go(path)
        self.is_going = False
        return 1000 * (time.perf_counter() - begun)

    async def _listen(self) -> None:
        while True:
            await self._hear()
            async with self._heard:
                self._heard.notify_all()

    async def _until(self, holds: Callable[[], object]) -> None:
        if self._hearing is None:
            await super()._until(holds)
            return
        async with asyncio.timeout(PATIENCE_S), self._heard:
            while not holds():
                await self._heard.wait()


class Crowd:
    """People of one space, each with tabs at both apis; they live on a thread of their own."""

    def __init__(self, apis: TwoApis, people: int) -> None:
        books = Books(apis.first)
        with books.scope() as session:
            self._cookies = []
            for number in range(people):
                made = add_to_space(session, books.owner, f"Singer {number}", Role.EDITOR, now())
                token = users.open_session(session, made.id, "127.0.0.1", "bench", now())
                self._cookies.append(f"{SESSION}={token}")
        books.close()
        self._urls = [one.url for one in apis.apis]
        self._random, self.tabs = Random(1), list[OpenTab]()

    async def open(self, count: int) -> None:
        """Open so many more tabs, spread over people, pages and both apis."""
        waiting = [self._new_tab(len(self.tabs) + number) for number in range(count)]
        self.tabs += waiting

        async def come_in_turn() -> None:
            while waiting:
                await waiting.pop().come()

        await asyncio.gather(*(come_in_turn() for _ in range(AT_ONCE)))

    async def click(self, times: int) -> list[float]:
        """Follow links in any of them, at a steady pace; how long each took, in milliseconds."""
        clicks = []
        for _ in range(times):
            resting = [tab for tab in self.tabs if not tab.is_going]
            tab, path = self._random.choice(resting), self._random.choice(PAGES)
            clicks.append(asyncio.create_task(tab.follow(path)))
            await asyncio.sleep(self._random.expovariate(CLICKS_EACH_S))
        return await asyncio.gather(*clicks)

    async def close(self) -> None:
        """Close all of them."""
        for tab in self.tabs:
            await tab.close()

    def _new_tab(self, number: int) -> OpenTab:
        cookie = self._cookies[number // 2 % len(self._cookies)]
        return OpenTab(self._urls[number % 2], cookie, PAGES[number // 2 % len(PAGES)])


@pytest.fixture
def apis(tmp_path: Path) -> Iterator[TwoApis]:
    """Two apis without a worker: nothing changes what is there."""
    with two_apis(tmp_path, os.environ, has_worker=False) as running:
        yield running


def test_open_pages_over_two_apis(apis: TwoApis, chromium: Browser, full: bool) -> None:
    warm, count, people, clicks, real = (60, 1_000, 20, 1_500, 10) if full else (2, 6, 2, 3, 1)
    cookies = owner_of(apis.first)
    full_server.fill(apis.first.settings)
    crowd = Crowd(apis, people)
    with _loop_beside() as beside, ExitStack() as stack:
        beside(crowd.open(warm)).result()
        before = [_pss(one) for one in apis.apis]
        beside(crowd.open(count - warm)).result()
        print()
        for one, was in zip(apis.apis, before, strict=True):
            more, each = _pss(one) - was, (count - warm) / 2
            print(f"an api has {was:.0f} MB, with {each:.0f} more pages open {more:.0f} MB more:")
            print(f"{more / each:.3f} MB a tab")
        clicking = beside(crowd.click(clicks))
        drawn = []
        for number in range(real):
            line = stack.enter_context(watched(apis.apis[number % 2].port))
            page = _page(chromium, line, cookies)
            stack.callback(page.context.close)
            drawn += _clicks(page, line, full)
        _print_times(f"a click, of {count:,} open pages", clicking.result())
        _print_times(f"the same in {real} of Chromium, until it is drawn", drawn)
        print("at the end", *(f"{_pss(one):.0f} MB" for one in apis.apis))
        beside(crowd.close()).result()


def _page(chromium: Browser, line: Watched, cookies: StorageState) -> Page:
    address = f"http://localhost:{line.port}"
    context = chromium.new_context(base_url=address, storage_state=cookies, locale="en-GB")
    context.add_init_script(TIME_DRAWING)
    return context.new_page()


def _clicks(page: Page, line: Watched, many: bool) -> list[float]:
    """How long a link of the navigation takes in a browser, in milliseconds."""
    return [clicked(line, page, "/messages", _to_calendar)[1] for _ in range(5 if many else 1)]


def _to_calendar(page: Page) -> None:
    page.get_by_role("link", name="Calendar").first.click()


@contextmanager
def _loop_beside() -> Iterator[Callable[[Coroutine[Any, Any, Result]], Future[Result]]]:
    """What has coroutines done on a thread: Playwright keeps a loop of its own in this one."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield lambda deed: asyncio.run_coroutine_threadsafe(deed, loop)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()


def _print_times(what: str, took: list[float]) -> None:
    took.sort()
    p95 = took[int(0.95 * len(took))]
    print(f"{what}: p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms, {took[-1]:.0f} at most")


def _pss(api: Product) -> float:
    """What an api holds of the machine's memory, in megabytes."""
    size: int = sum(one.memory_full_info().pss for one in api.processes("api"))
    return size / 2**20
