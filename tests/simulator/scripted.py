"""A client that sends what a test tells it to, stanza by stanza, and hides nothing it gets.

It shows what neonize cannot: what Baileys does otherwise, and what no honest client does. It
shakes hands with code of its own (`Initiator`) and shares the layers below with the server.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import ClientConnection, connect

from tests.whatsapp_server.client import Simulator
from tests.whatsapp_server.protocol.signal import Device
from wasched.adapters.whatsapp.protocol.binary_xml import Node, decode, encode
from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.framing import frame
from wasched.adapters.whatsapp.protocol.jid import LID, PN, SERVER, Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue
from wasched.adapters.whatsapp.protocol.noise import PROLOGUE
from wasched.adapters.whatsapp.protocol.protobufs import wa6
from wasched.adapters.whatsapp.protocol.tokens import load_tokens

from . import linking_device
from .protocol.noise_initiator import Cipher, Initiator

PATIENCE = 60.0  # seconds for the server to say something
_ROUTING = b"ED\x00\x01"
_MAX_SIZE = 1 << 25  # bytes of a websocket message


class ScriptedClient:
    """One device; everything the server says to it waits in `unread` until a test asks for it."""

    def __init__(self, whatsapp: Simulator) -> None:
        self.signal, self.noise = Device(), KeyPair.generate()
        self.adv_secret = os.urandom(32)
        self.phone, self.lid, self.number = "", "", 0
        self.identity_proof = b""  # ADVSignedDeviceIdentity
        self.unread: list[Node] = []
        self._whatsapp = whatsapp
        self._ids = (f"44717.20913-{number}" for number in count(1))
        self._stack = ExitStack()
        self._socket: ClientConnection | None = None
        self._open: Cipher | None = None
        self._seal: Cipher | None = None
        self._tokens = load_tokens()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def jid(self) -> Jid:
        """The device's address by phone number."""
        return Jid(self.phone, PN, self.number)

    @property
    def lid_jid(self) -> Jid:
        """The device's address by LID."""
        return Jid(self.lid, LID, self.number)

    def link(self, phone: str) -> Self:
        """Let somebody scan a code of this client, and log in."""
        self.shake_hands(self.pairing_payload())
        offer = self.wait("iq", lambda iq: iq.child("pair-device") is not None)
        self.answer(offer)
        ref = offer.children[0].children[0].bytes.decode()
        qr = linking_device.qr_text(ref, self.noise.public, self.signal, self.adv_secret)
        with ThreadPoolExecutor(1) as pool:
            scanned = pool.submit(self._whatsapp.scan, qr=qr, phone=phone)
            success = self.wait("iq", lambda iq: iq.child("pair-success") is not None)
            answer, self.identity_proof = linking_device.sign(success, self.signal, self.adv_secret)
            self.answer(success, answer)
            self.number = scanned.result(PATIENCE)
        self.phone = phone
        self.wait("stream:error")
        return self.log_in()

    def log_in(self, routing_info: bytes = b"", *, active: bool = True) -> Self:
        """Log in, and say that the device is active unless told not to."""
        self.unread.clear()
        self.shake_hands(self.login_payload(), routing_info)
        success = self.wait("success")
        own = success.jid("lid")
        assert own is not None
        self.lid = own.user
        if active:
            self.ask("passive", "set", Node("active"))
        return self

    def pairing_payload(self) -> wa6.ClientPayload:
        """What the client says of itself before it is linked."""
        return linking_device.payload(self.signal)

    def login_payload(self) -> wa6.ClientPayload:
        """What the client says of itself at a login."""
        return wa6.ClientPayload(username=int(self.phone), device=self.number)

    def shake_hands(self, payload: wa6.ClientPayload, routing_info: bytes = b"") -> None:
        """Connect and shake hands; the next stanza is the server's."""
        socket, initiator = self._dial(), Initiator()
        initiator.static = self.noise
        routing = _ROUTING + len(routing_info).to_bytes(3, "big") + routing_info
        head = (routing if routing_info else b"") + PROLOGUE
        socket.send(head + frame(initiator.hello()))
        initiator.read_answer(self._next_frame())
        socket.send(frame(initiator.finish(payload.SerializeToString())))
        self._open, self._seal = initiator.transport()

    def close(self) -> None:
        """Hang up."""
        self._stack.close()
        self._socket = None

    def open_with(self, head: bytes) -> None:
        """Connect and send these bytes in the place of a handshake."""
        self._dial().send(head)

    def send_raw(self, message: bytes) -> None:
        """Send bytes as they are."""
        assert self._socket
        self._socket.send(message)

    def send(self, node: Node) -> None:
        """Send a stanza."""
        assert self._socket and self._seal
        self._socket.send(frame(self._seal(encode(node, self._tokens))))

    def ask(self, xmlns: str, type: str, *children: Node, to: Jid = SERVER, **attrs: str) -> Node:
        """Send an iq; the server's answer."""
        id = next(self._ids)
        self.send(
            Node("iq", {"id": id, "xmlns": xmlns, "type": type, "to": to, **attrs}, [*children])
        )
        return self.wait("iq", id=id)

    def answer(self, iq: Node, *children: Node) -> None:
        """Answer an iq of the server."""
        attrs: dict[str, AttributeValue] = {"id": iq.get("id"), "type": "result", "to": SERVER}
        self.send(Node("iq", attrs, [*children] or None))

    def ack(self, node: Node, **attrs: str) -> None:
        """Say that a stanza arrived."""
        about: dict[str, AttributeValue] = {
            "class": node.tag,
            "id": node.get("id"),
            "to": node.jid("from"),
            "participant": node.jid("participant"),
        }
        about.update(attrs)
        self.send(Node("ack", about))

    def wait(self, tag: str, fits: Callable[[Node], bool] = lambda _: True, **attrs: str) -> Node:
        """The first stanza with this tag and these attributes that nobody has asked for yet."""
        position = 0
        while True:
            for node in self.unread[position:]:
                if _matches(node, tag, attrs) and fits(node):
                    self.unread.remove(node)
                    return node
            position = len(self.unread)
            self.unread.append(self._receive())

    def until_pong(self) -> list[Node]:
        """What the server has said so far: a ping goes out, and its answer comes after all that."""
        self.ask("w:p", "get", Node("ping"))
        return list(self.unread)

    def acknowledge_all(self) -> None:
        """Take everything the server has said so far, and acknowledge what wants it."""
        for node in self.until_pong():
            if node.tag in ("message", "notification", "receipt"):
                self.ack(node)
        self.unread.clear()
        self.until_pong()

    def _dial(self) -> ClientConnection:
        self.close()
        opening = connect(self._whatsapp.url, compression=None, max_size=_MAX_SIZE)
        self._socket = self._stack.enter_context(opening)
        return self._socket

    def _receive(self) -> Node:
        assert self._open
        return decode(self._open(self._next_frame()), self._tokens)

    def _next_frame(self) -> bytes:
        """The payload of the next frame: the server sends each in a message of its own."""
        assert self._socket
        message: Any = self._socket.recv(PATIENCE)
        assert isinstance(message, bytes)
        assert int.from_bytes(message[:3], "big") == len(message) - 3
        return message[3:]


def _matches(node: Node, tag: str, attrs: dict[str, str]) -> bool:
    return node.tag == tag and all(node.get(name) == value for name, value in attrs.items())
