"""One connection: websocket, frames, Noise and binary XML; questions and their answers."""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Callable
from contextlib import ExitStack
from itertools import count

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.linking.handshake import Initiator
from wasched.adapters.whatsapp.linking.whatsapp import Server
from wasched.adapters.whatsapp.protocol.binary_xml import DecodeError, decode, encode
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.framing import LENGTH_SIZE, frame
from wasched.adapters.whatsapp.protocol.jid import SERVER
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node
from wasched.adapters.whatsapp.protocol.noise import PROLOGUE, NoiseError
from wasched.adapters.whatsapp.protocol.tokens import load_tokens
from wasched.domain.reasons import Code, Reason

_HANDSHAKE_S = 20.0
_ORIGIN = Origin("https://web.whatsapp.com")
_LARGEST = 1 << 24  # bytes of one websocket message
_FAULTS = (OSError, ConnectionClosed, InvalidHandshake, InvalidURI, NoiseError, EOFError)

Take = Callable[[Node], None]


class Closed:
    """The connection is gone."""


class Stream:
    """Reads on a thread of its own and puts what it read into `inbox`; writes on any thread."""

    def __init__(self, server: Server, noise: KeyPair, payload: bytes) -> None:
        """Dial and shake hands; raises LinkEndedError."""
        self._tokens = load_tokens()
        self._writing = threading.Lock()
        prefix = f"{secrets.randbelow(99999)}.{secrets.randbelow(99999)}"
        self._ids = (f"{prefix}-{number}" for number in count(1))
        self._waiting: dict[str, Take] = {}
        self._buffer = b""
        self._stack = ExitStack()
        try:
            dialling = connect(
                server.url,
                compression=None,
                origin=_ORIGIN,
                user_agent_header=None,
                max_size=_LARGEST,
                open_timeout=_HANDSHAKE_S,
                ping_interval=None,
                close_timeout=1,
            )
            self._socket: ClientConnection = self._stack.enter_context(dialling)
        except _FAULTS as fault:
            raise LinkEndedError(Reason(Code.LINK_NO_SERVER)) from fault
        self._shake_hands(Initiator(noise, server.root_key), payload)

    def begin(self, inbox: queue.SimpleQueue[object]) -> None:
        """Start to read."""
        threading.Thread(target=self._pump, args=(inbox,), name="stream", daemon=True).start()

    def send(self, node: Node) -> None:
        """Send a stanza; LinkEndedError when the connection is gone."""
        with self._writing:
            sealed = self._write.encrypt(encode(node, self._tokens))
            try:
                self._socket.send(frame(sealed))
            except (ConnectionClosed, OSError) as fault:
                raise LinkEndedError(Reason(Code.LINK_NO_SERVER)) from fault

    def ask(self, kind: str, child: Node | None, then: Take, xmlns: str = "md") -> None:
        """Send an iq; its answer goes to `then` on the thread that hands stanzas to `heed_answer`.

        Nobody waits for an answer here: what has to come in time is for the caller's timers.
        """
        id = next(self._ids)
        self._waiting[id] = then
        attrs: dict[str, AttributeValue] = {"id": id, "xmlns": xmlns, "type": kind, "to": SERVER}
        self.send(Node("iq", attrs, [child] if child else None))

    def heed_answer(self, iq: Node) -> bool:
        """Hand an answer to whoever asked; False if it is none."""
        if iq.get("type") not in ("result", "error"):
            return False
        then = self._waiting.pop(iq.get("id"), None)
        if then is not None:
            then(iq)
        return then is not None

    def reply(self, iq: Node, *children: Node, error: tuple[int, str] | None = None) -> None:
        """Answer an iq of the server."""
        content = list(children)
        if error:
            content = [Node("error", {"code": str(error[0]), "text": error[1]})]
        attrs: dict[str, AttributeValue] = {
            "to": SERVER,
            "type": "error" if error else "result",
            "id": iq.get("id"),
        }
        self.send(Node("iq", attrs, content or None))

    def acknowledge(self, node: Node) -> None:
        """Say that a notification arrived."""
        attrs: dict[str, AttributeValue] = {
            "class": node.tag,
            "id": node.get("id"),
            "to": node.jid("from"),
        }
        if kind := node.get("type"):
            attrs["type"] = kind
        self.send(Node("ack", attrs))

    def close(self) -> None:
        """Hang up."""
        self._stack.close()

    def _shake_hands(self, initiator: Initiator, payload: bytes) -> None:
        try:
            self._socket.send(PROLOGUE + frame(initiator.hello()))
            finish = initiator.finish(self._frame(_HANDSHAKE_S), payload)
            self._socket.send(frame(finish))
            self._write, self._read = initiator.ciphers()
        except LinkEndedError:
            self.close()
            raise
        except _FAULTS as fault:
            self.close()
            raise LinkEndedError(Reason(Code.LINK_NO_SERVER)) from fault

    def _pump(self, inbox: queue.SimpleQueue[object]) -> None:
        try:
            while True:
                inbox.put(decode(self._read.decrypt(self._frame(None)), self._tokens))
        except (*_FAULTS, DecodeError):
            inbox.put(Closed())

    def _frame(self, patience_s: float | None) -> bytes:
        while True:
            if len(self._buffer) >= LENGTH_SIZE:
                end = LENGTH_SIZE + int.from_bytes(self._buffer[:LENGTH_SIZE], "big")
                if len(self._buffer) >= end:
                    payload, self._buffer = self._buffer[LENGTH_SIZE:end], self._buffer[end:]
                    return payload
            received = self._socket.recv(patience_s)
            if isinstance(received, str):
                raise EOFError
            self._buffer += received
