"""Work that goes on beside the stanzas: receipts that come later, answers that are late."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from websockets.exceptions import ConnectionClosed

from .seen import Seen

log = logging.getLogger(__name__)


class Background:
    """Tasks of one server; one that fails is noted as a problem."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], delay: float = 0.0) -> None:
        """Do something after some seconds."""
        task = asyncio.get_running_loop().create_task(self._run(work, delay))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def cancel(self) -> None:
        """End everything that is still going on."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self, work: Coroutine[Any, Any, None], delay: float) -> None:
        try:
            with suppress(ConnectionClosed):  # nobody is there any more to hear it
                await asyncio.sleep(delay)
                await work
        except Exception as fault:
            log.exception("work in the background failed")
            self._seen.problems.append(f"{type(fault).__name__}: {fault}")
        finally:
            work.close()
