"""Long work of the api: on threads of its own, in turn, and no longer than somebody waits for it.

The threads do nothing but wait for processes and for other servers; clicks have others.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from fastapi import Request

from wasched.domain.errors import EndReason, WorkEndedError

Result = TypeVar("Result")

_LOOK_S = 0.5


class LongWork:
    """So many at once in all, and for each person one after another."""

    def __init__(self, name: str, at_once: int) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._room = asyncio.Semaphore(at_once)
        self._own: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._newest: dict[int, asyncio.Task[Any]] = {}

    async def run(
        self, whose: int, work: Callable[[], Result], stop: Callable[[], None] | None = None
    ) -> Result:
        """Do a person's work once it is their turn.

        If the caller is cancelled, `stop` is called, and nobody has their turn before it ended.
        """
        lock = self._own.setdefault(whose, asyncio.Lock())
        async with lock, self._room:
            done = asyncio.get_running_loop().run_in_executor(self._threads, work)
            try:
                return await asyncio.shield(done)
            except asyncio.CancelledError:
                if stop is not None:
                    stop()
                await asyncio.wait({done})
                done.exception()  # heard, and of no interest any more
                raise

    async def run_newest(
        self, whose: int, work: Callable[[], Result], stop: Callable[[], None] | None = None
    ) -> Result:
        """The same in the place of what the person asked for before: WorkEndedError there."""
        if older := self._newest.get(whose):
            older.cancel()
        task = asyncio.create_task(self.run(whose, work, stop))
        self._newest[whose] = task
        try:
            return await task
        except asyncio.CancelledError:
            caller = asyncio.current_task()
            if caller is None or caller.cancelling():
                raise
            raise WorkEndedError(EndReason.STOPPED) from None
        finally:
            if self._newest.get(whose) is task:
                del self._newest[whose]


@asynccontextmanager
async def ended_with(request: Request, stop: Callable[[], None]) -> AsyncIterator[None]:
    """Call `stop` as soon as nobody waits for the answer to a request any more."""

    async def watch() -> None:
        while not await request.is_disconnected():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(_LOOK_S)
        stop()

    task = asyncio.create_task(watch())
    try:
        yield
    finally:
        task.cancel()
