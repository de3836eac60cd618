"""One websocket of a client: the handshake, then stanzas both ways."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from websockets.asyncio.server import ServerConnection

from wasched.adapters.whatsapp.protocol.binary_xml import Node, decode, encode
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.framing import frame
from wasched.adapters.whatsapp.protocol.protobufs import wa6
from wasched.adapters.whatsapp.protocol.tokens import TokenTable

from .protocol.certificates import CertificateFlaw, certificate_chain
from .protocol.framing import FrameReader
from .protocol.noise import Responder, Transport
from .seen import Seen

if TYPE_CHECKING:
    from .world import LinkedDevice, Person

PATIENCE = 60.0  # seconds for a client to answer a request of the server
_LINGER = 1.0  # seconds for a client to heed the last words


class Connection:
    """A client's connection; `person` and `device` are known once it has logged in."""

    def __init__(
        self, websocket: ServerConnection, number: int, seen: Seen, tokens: TokenTable
    ) -> None:
        self.number = number
        self.person: Person | None = None
        self.device: LinkedDevice | None = None
        self.client_static = b""
        self.payload = wa6.ClientPayload()
        self._websocket, self._seen, self._tokens = websocket, seen, tokens
        self._reader = FrameReader()
        self._frames: deque[bytes] = deque()
        self._transport: Transport | None = None
        self._sending = asyncio.Lock()
        self._requests: dict[str, asyncio.Future[Node]] = {}

    @property
    def routing_info(self) -> bytes | None:
        """The routing info that the client named before the handshake."""
        return self._reader.routing_info

    async def shake_hands(
        self, root: KeyPair, static: KeyPair, flaw: CertificateFlaw | None = None
    ) -> None:
        """Answer the Noise handshake and read who the client says it is."""
        chain = certificate_chain(root, static.public, now=datetime.now(UTC), flaw=flaw)
        responder = Responder(static, chain)
        answer = responder.answer(await self._next_frame())
        await self._websocket.send(frame(answer))
        established = responder.finish(await self._next_frame())
        self._transport = established.transport
        self.client_static = established.client_static
        self.payload = wa6.ClientPayload.FromString(established.payload)

    async def receive(self) -> Node:
        """The client's next stanza."""
        sealed = await self._next_frame()
        node = decode(self._established().open(sealed), self._tokens)
        self._note(node, is_incoming=True)
        return node

    async def send(self, node: Node) -> None:
        """Send a stanza; ConnectionClosed when the client has gone."""
        async with self._sending:  # frames are numbered, so none may overtake another
            self._note(node, is_incoming=False)
            sealed = self._established().seal(encode(node, self._tokens))
            await self._websocket.send(frame(sealed))

    async def request(self, iq: Node) -> Node:
        """Send an iq and wait for the client's answer; TimeoutError when there is none."""
        answer = asyncio.get_running_loop().create_future()
        self._requests[iq.get("id")] = answer
        await self.send(iq)
        return await asyncio.wait_for(answer, PATIENCE)

    def answered(self, iq: Node) -> None:
        """Hand the client's answer to whoever asked."""
        waiting = self._requests.pop(iq.get("id"), None)
        if waiting and not waiting.done():
            waiting.set_result(iq)

    def cut(self) -> None:
        """Break the TCP connection, without a word of websocket."""
        self._websocket.transport.abort()

    async def end(self, *last_words: Node) -> None:
        """Say something and close, when the client has or after a moment.

        whatsmeow may forget a stanza that it has not begun to handle when the connection ends.
        """
        for node in last_words:
            await self.send(node)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._websocket.wait_closed(), _LINGER if last_words else 0)
        await self._websocket.close()

    async def wait_closed(self) -> None:
        """Wait until the client has hung up."""
        await self._websocket.wait_closed()

    def _established(self) -> Transport:
        if self._transport is None:
            raise RuntimeError("there is no stanza before the handshake")
        return self._transport

    async def _next_frame(self) -> bytes:
        while not self._frames:
            message = await self._websocket.recv(decode=False)
            self._frames.extend(self._reader.feed(message))
        return self._frames.popleft()

    def _note(self, node: Node, *, is_incoming: bool) -> None:
        self._seen.note(
            node,
            connection=self.number,
            account=self.person.phone if self.person else "",
            device=self.device.number if self.device else 0,
            is_incoming=is_incoming,
        )
