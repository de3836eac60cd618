"""What the api asks of the store of attached files, on threads of its own: clicks have others.

The store may be elsewhere and answer late, or not at all.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from fastapi.responses import FileResponse
from starlette.types import Receive, Scope, Send

Result = TypeVar("Result")

_AT_ONCE = 8


async def ask_store(work: Callable[[], Result]) -> Result:
    """What a piece of work comes to that reads or writes attached files."""
    return await asyncio.get_running_loop().run_in_executor(_threads(), work)


class HeldFile:
    """A file of the store that is at hand until it is let go."""

    def __init__(self, file: AbstractContextManager[Path]) -> None:
        self._held = ExitStack()
        self.path = self._held.enter_context(file)

    def let_go(self) -> None:
        """The store may make room of it again."""
        self._held.close()


class StoredFileResponse(FileResponse):
    """A file of the store, or the parts of it that were asked for (RFC 9110, 14)."""

    def __init__(self, held: HeldFile, **more: Any) -> None:
        super().__init__(held.path, **more)
        self._file = held

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; it is let go however that ends."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.let_go()


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="media")
