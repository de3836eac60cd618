"""A click as the wire sees it, and as the person does.

The page's own scripts see a delta only once they have drawn the one before, so they cannot tell
what the server takes from what the browser takes. A line of our own between the two can.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from playwright.sync_api import Page

from tests.product import until

TIME_DRAWING = """
window.clicked = window.drawn = 0;
for (const kind of ["click", "keydown"])
  addEventListener(kind, (event) => { window.clicked = event.timeStamp; }, { capture: true });
const Plain = window.WebSocket;
window.WebSocket = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => requestAnimationFrame(() => setTimeout(() => {
      window.drawn = performance.now();
    })));
  }
};
"""
"""Notes when the last delta was drawn; to be run before the page's own scripts."""

_QUIET_S = 0.5
_BEAT = 12
"""Bytes; what is no longer than this only says that the other side is there."""


@dataclass
class Watched:
    """What went through the websockets of a port: the way, and when (monotonic seconds)."""

    port: int = 0
    frames: list[tuple[str, float]] = field(default_factory=list)

    def is_quiet(self) -> bool:
        """True if the last delta came some time ago."""
        way, at = self.frames[-1] if self.frames else ("out", 0.0)
        return way == "in" and time.monotonic() - at > _QUIET_S

    def waited_ms(self) -> float:
        """How long the page waited: from an event to the last delta before the next event."""
        waited = 0.0
        asked = answered = None
        for way, at in self.frames:
            if way == "in":
                answered = at
            elif answered is None:
                asked = asked or at
            else:
                waited += answered - (asked or answered)
                asked, answered = at, None
        return 1000 * (waited + (answered or 0) - (asked or 0))


@contextmanager
def watched(port: int) -> Iterator[Watched]:
    """A port of loopback that leads to another, and notes what goes through its websockets."""
    seen, loop = Watched(), asyncio.new_event_loop()

    async def pass_on(page: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        deltas, events = await asyncio.open_connection("127.0.0.1", port)
        asked = await page.read(2**16)
        events.write(asked)
        notes = seen.frames if b"upgrade: websocket" in asked.lower() else []
        await asyncio.gather(_copy(page, events, "out", notes), _copy(deltas, answers, "in", notes))

    # Playwright's own loop runs in this thread already.
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    starting = asyncio.start_server(pass_on, "127.0.0.1", 0)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result()
    seen.port = server.sockets[0].getsockname()[1]
    try:
        yield seen
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def clicked(
    seen: Watched, page: Page, path: str, click: Callable[[Page], None]
) -> tuple[float, float]:
    """Milliseconds that a click on a page waits for the server, and until all of it is drawn."""
    seen.frames.clear()
    page.goto(path)
    until(seen.is_quiet, "the page has loaded")
    seen.frames.clear()
    click(page)
    until(seen.is_quiet, "the click is answered")
    return seen.waited_ms(), page.evaluate("window.drawn - window.clicked")


async def _copy(
    source: asyncio.StreamReader,
    sink: asyncio.StreamWriter,
    way: str,
    notes: list[tuple[str, float]],
) -> None:
    while chunk := await source.read(2**16):
        if len(chunk) > _BEAT:
            notes.append((way, time.monotonic()))
        sink.write(chunk)
        await sink.drain()
    sink.close()
