"""A line between a browser and the product that is slow, or cut as in a tunnel and mended again."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_CHUNK = 65_536


class Line:
    """A port of its own that leads to the product's; what goes over it is late by `delay_s`."""

    def __init__(self, port: int, delay_s: float) -> None:
        self._port, self._delay_s, self._is_cut = port, delay_s, False
        self._open: set[asyncio.StreamWriter] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._loop, self._ended = asyncio.new_event_loop(), asyncio.Event()
        self.url = f"http://localhost:{self._listener.getsockname()[1]}"

    def run(self) -> None:
        """Carry what comes until `end`, on a thread of its own."""
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    def end(self) -> None:
        """Carry nothing more."""
        self._loop.call_soon_threadsafe(self._ended.set)

    def cut(self) -> None:
        """Break off whatever is open, and refuse what comes."""
        self._is_cut = True
        self._loop.call_soon_threadsafe(self._break_off)

    def mend(self) -> None:
        """Let everything through again."""
        self._is_cut = False

    async def _serve(self) -> None:
        async with await asyncio.start_server(self._connect, sock=self._listener):
            await self._ended.wait()

    def _break_off(self) -> None:
        for one in self._open:
            one.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        inside, to_inside = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, to_inside}
        await asyncio.gather(self._carry(reader, to_inside), self._carry(inside, writer))
        self._open -= {writer, to_inside}

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(_CHUNK):
                self._loop.call_later(self._delay_s, writer.write, chunk)
        self._loop.call_later(self._delay_s, writer.close)


@contextmanager
def line_to(port: int, delay_s: float = 0) -> Iterator[Line]:
    """A line to the product on a port of this machine."""
    line = Line(port, delay_s)
    thread = threading.Thread(target=line.run, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        line.end()
        thread.join(10)
