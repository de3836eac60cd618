"""Pairing codes: a client shows eight characters, and a person types them on the phone.

The stages and their stanzas are those of whatsmeow's pair-code.go.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field

from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .connection import PATIENCE, Connection
from .protocol.pairing import CodePairing, PairingError
from .stanzas import IqError, notification
from .world import Person

_PRIMARY_KEY = "link_code_pairing_wrapped_primary_ephemeral_pub"
_COMPANION_KEY = "link_code_pairing_wrapped_companion_ephemeral_pub"
_REF = "link_code_pairing_ref"


@dataclass(eq=False)
class _Hello:
    connection: Connection
    phone: str
    wrapped_companion: bytes
    ref: bytes = field(default_factory=lambda: secrets.token_hex(16).encode())
    finish: asyncio.Future[Node] | None = None


class PairingCodes:
    """The clients that show a code, and the phones that are told it."""

    def __init__(self) -> None:
        self._hellos: list[_Hello] = []

    async def stage(self, connection: Connection, iq: Node) -> list[Node] | None:
        """Answer <link_code_companion_reg>, of which there are two stages."""
        request = iq.child("link_code_companion_reg")
        assert request
        if request.get("stage") == "companion_hello":
            return self._hello(connection, request)
        for hello in self._hellos:
            if hello.connection is connection and hello.finish and not hello.finish.done():
                hello.finish.set_result(request)
                return None
        raise IqError(400, "bad-request")

    async def enter(self, person: Person, code: str) -> tuple[Connection, bytes, bytes]:
        """Type a code: the client's connection, its identity, and the ADV secret agreed on.

        Raises PairingError when no client waits for this number or the code is wrong.
        """
        waiting = [one for one in self._hellos if one.phone == person.phone]
        if not waiting:
            raise PairingError(f"no device asked for a pairing code for {person.phone}")
        hello = waiting[-1]
        pairing = CodePairing(person.device.identity, code, hello.wrapped_companion)
        hello.finish = asyncio.get_running_loop().create_future()
        await hello.connection.send(_primary_hello(person, hello, pairing))
        finish = await asyncio.wait_for(hello.finish, PATIENCE)
        identity = finish.child("companion_identity_public")
        bundle = finish.child("link_code_pairing_wrapped_key_bundle")
        if identity is None or bundle is None:
            raise PairingError("the device's last stage lacks its keys")
        return hello.connection, identity.bytes, pairing.adv_secret(bundle.bytes, identity.bytes)

    async def retire(self, person: Person) -> None:
        """Tell the client that shows the newest code for this number to show another one."""
        waiting = [one for one in self._hellos if one.phone == person.phone]
        if not waiting:
            raise PairingError(f"no device asked for a pairing code for {person.phone}")
        ref = Node(_REF, {}, waiting[-1].ref)
        word = Node("link_code_companion_reg", {"stage": "refresh_code"}, [ref])
        await waiting[-1].connection.send(notification("link_code_companion_reg", [word]))

    def left(self, connection: Connection) -> None:
        """A client is gone."""
        self._hellos = [one for one in self._hellos if one.connection is not connection]

    def _hello(self, connection: Connection, request: Node) -> list[Node]:
        jid, wrapped = request.jid("jid"), request.child(_COMPANION_KEY)
        if not isinstance(jid, Jid) or wrapped is None:
            raise IqError(400, "bad-request")
        hello = _Hello(connection, jid.user, wrapped.bytes)
        self._hellos.append(hello)
        ref = Node(_REF, {}, hello.ref)
        return [Node("link_code_companion_reg", {"stage": "companion_hello"}, [ref])]


def _primary_hello(person: Person, hello: _Hello, pairing: CodePairing) -> Node:
    children = [
        Node(_PRIMARY_KEY, {}, pairing.wrapped_primary),
        Node("primary_identity_pub", {}, person.device.identity.public),
        Node(_REF, {}, hello.ref),
    ]
    word = Node("link_code_companion_reg", {"stage": "primary_hello"}, children)
    return notification("link_code_companion_reg", [word])
