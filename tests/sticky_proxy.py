"""A proxy before several apis, as operate.md wants one: a cookie says which of them a browser has.

HTTP/1.1 on loopback, one request a connection; a websocket stays one connection to the end. Who has
no cookie, or one of an api that does not answer, gets the next that does.
"""

import asyncio
import itertools
from collections.abc import Sequence
from contextlib import suppress
from threading import Thread

_COOKIE = b"proxy_api"
_HEAD_MAX = 2**18


class StickyProxy:
    """Passes on what comes to its port to apis on these ports, known by their place here."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = list(ports)
        self._turns = itertools.cycle(range(len(ports)))
        self._led: int | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self.asked: list[tuple[str, int]] = []  # each path, and which api answered
        self.port = 0

    @property
    def url(self) -> str:
        """Where browsers come to."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Begin to take connections."""
        # Playwright's own loop runs in the thread of a test.
        Thread(target=self._loop.run_forever, name="sticky-proxy", daemon=True).start()
        starting = asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_HEAD_MAX)
        server = asyncio.run_coroutine_threadsafe(starting, self._loop).result()
        self.port = server.sockets[0].getsockname()[1]

    def lead(self, place: int | None) -> None:
        """Have all that comes from now on go to one api, whatever its cookie says; None ends it."""
        self._led = place

    def cut(self) -> None:
        """Break every connection that is open now, as a proxy does that starts anew."""
        self._loop.call_soon_threadsafe(lambda: [one.close() for one in list(self._lines)])

    def close(self) -> None:
        """Take nothing more."""
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def last_api(self, path: str) -> int:
        """Which api answered the last request for a path."""
        return next(place for asked, place in reversed(self.asked) if asked == path)

    async def _serve(self, client: asyncio.StreamReader, answers: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = await client.readuntil(b"\r\n\r\n")
            wished = _place_in(head)
            place, source, sink = await self._reach(wished)
            self.asked.append((head.split(b" ", 2)[1].partition(b"?")[0].decode(), place))
            self._lines |= {answers, sink}
            sink.write(_forwarded(head))
            told = _telling(source, answers, None if place == wished else place)
            await asyncio.gather(_copy(client, sink), told)
            self._lines -= {answers, sink}
        answers.close()

    async def _reach(
        self, wished: int | None
    ) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
        """The api that is wished for or comes next, of those that answer; OSError if none does."""
        first = next(self._turns) if wished is None else wished
        first = first if self._led is None else self._led
        for place in (first, *range(len(self._ports))):
            with suppress(OSError):
                return place, *await asyncio.open_connection("127.0.0.1", self._ports[place])
        raise ConnectionRefusedError


def _place_in(head: bytes) -> int | None:
    _, _, said = head.partition(_COOKIE + b"=")
    return int(said[:1]) if said[:1].isdigit() else None


def _forwarded(head: bytes) -> bytes:
    """The head as an api gets it: for whom it is asked, and the last of its connection."""
    first, _, rest = head.partition(b"\r\n")
    more = b"X-Forwarded-For: 127.0.0.9\r\nX-Forwarded-Proto: http\r\n"
    if b"\nupgrade: websocket" not in head.lower():
        lines = [one for one in rest.split(b"\r\n") if not one.lower().startswith(b"connection:")]
        more, rest = more + b"Connection: close\r\n", b"\r\n".join(lines)
    return first + b"\r\n" + more + rest


async def _telling(
    source: asyncio.StreamReader, answers: asyncio.StreamWriter, place: int | None
) -> None:
    """Pass an answer on; `place` is the api that the browser is told to come back to."""
    head = await source.readuntil(b"\r\n\r\n")
    if place is not None:
        first, _, rest = head.partition(b"\r\n")
        cookie = b"Set-Cookie: %s=%d; Path=/; HttpOnly" % (_COOKIE, place)
        head = first + b"\r\n" + cookie + b"\r\n" + rest
    answers.write(head)
    await _copy(source, answers)


async def _copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while chunk := await source.read(2**16):
            sink.write(chunk)
            await sink.drain()
    sink.close()
