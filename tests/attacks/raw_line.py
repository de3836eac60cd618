"""A websocket spoken by hand, to say what no browser says (RFC 6455)."""

import asyncio
import base64
import os
import struct
from contextlib import suppress
from urllib.parse import urlsplit

TEXT, CONTINUED = 0x1, 0x0
_TAKES_S = 3.0
_PATH = "/_event/?EIO=4&transport=websocket"


class RawLine:
    """A line of one's own making; `answer` is what the door said.

    `address` is where its opener comes from, as a proxy would say; this machine, if it says none.
    """

    def __init__(self, url: str, cookie: str = "", path: str = _PATH, address: str = "") -> None:
        self._at, self._path, self._cookie, self._address = urlsplit(url), path, cookie, address
        self.answer = ""

    async def open(self) -> bool:
        """Shake hands; True if the door lets the line in."""
        host, port = self._at.hostname, self._at.port
        self._reader, self._writer = await asyncio.open_connection(host, port)
        head = [
            f"GET {self._path} HTTP/1.1",
            f"Host: {self._at.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            *([f"Cookie: {self._cookie}"] if self._cookie else []),
            *([f"X-Forwarded-For: {self._address}"] if self._address else []),
        ]
        self._writer.write("\r\n".join([*head, "", ""]).encode())
        self.answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        return " 101 " in self.answer

    async def frame(self, kind: int, body: bytes, *, is_last: bool) -> bool:
        """Send one frame, whose mask changes nothing; False once the line is gone."""
        first = kind | (0x80 if is_last else 0)
        self._writer.write(struct.pack("!BBQI", first, 0x80 | 127, len(body), 0) + body)
        with suppress(OSError):  # or a time out, where a line that is shut takes nothing more
            async with asyncio.timeout(_TAKES_S):
                await self._writer.drain()
            return not self._reader.at_eof() and not self._writer.is_closing()
        return False

    async def endless(
        self, megabytes: int, piece: bytes = b"x" * 250_000, pause_s: float = 0
    ) -> int:
        """Send a message in pieces that never ends; how many bytes went out of that many."""
        sent, kind = 0, TEXT
        while sent < megabytes * 10**6 and await self.frame(kind, piece, is_last=False):
            sent, kind = sent + len(piece), CONTINUED
            await asyncio.sleep(pause_s)
        return sent

    async def say(self, text: str) -> bool:
        """Send a whole message."""
        return await self.frame(TEXT, text.encode(), is_last=True)

    async def hear(self, seconds: float = 0.5) -> str:
        """What the other side says until it is silent for a while, with its frames' heads."""
        heard = b""
        with suppress(TimeoutError, OSError):
            while more := await asyncio.wait_for(self._reader.read(65_536), seconds):
                heard += more
        return heard.decode("latin-1")

    async def is_open(self, seconds: float = 30) -> bool:
        """False if the other side ends the line within this time."""
        if self._writer.is_closing():
            return False
        try:
            async with asyncio.timeout(seconds):
                while await self._reader.read(65_536):
                    pass
                return False
        except TimeoutError:
            return True
        except OSError:
            return False

    async def close(self) -> None:
        """Let the line go."""
        self._writer.transport.abort()
        with suppress(OSError):
            await self._writer.wait_closed()
