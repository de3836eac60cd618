"""Which part of the server answers which <iq> of a client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from wasched.adapters.whatsapp.protocol.node import Node

from .connection import Connection
from .faults import Faults
from .seen import Seen
from .stanzas import IqError, iq_error, iq_result

Handler = Callable[[Connection, Node], Awaitable["list[Node] | None"]]
Key = tuple[str, str, str]  # xmlns, type ("" for any), first child ("" for any)

_PING = "w:p"
_BEFORE_LOGIN = (_PING, "md")  # what a device may ask that is not linked yet


class Iqs:
    """The table of questions and their handlers."""

    def __init__(self, seen: Seen, faults: Faults) -> None:
        self._seen, self._faults = seen, faults
        self._handlers: dict[Key, Handler] = {}

    def on(self, xmlns: str, type: str, child: str, handler: Handler) -> None:
        """Let a handler answer: its list is the result's content, IqError a refusal."""
        self._handlers[xmlns, type, child] = handler

    async def take(self, connection: Connection, iq: Node) -> None:
        """Answer an iq; one that has no handler is noted, which fails the test that caused it.

        What an iq asks for is done before it is answered: Baileys closes without waiting for
        the answer when it logs out.
        """
        if iq.get("type") in ("result", "error"):
            connection.answered(iq)
            return
        if iq.get("xmlns") == _PING and _account(connection) in self._faults.muted:
            return
        await connection.send(await self._answer(connection, iq))

    async def _answer(self, connection: Connection, iq: Node) -> Node:
        if connection.person is None and iq.get("xmlns") not in _BEFORE_LOGIN:
            return iq_error(iq, IqError(401, "not-authorized"))
        handler = self._handler(iq)
        if handler is None:
            self._seen.unanswered.append(str(iq))
            return iq_error(iq, IqError(501, "feature-not-implemented"))
        try:
            return iq_result(iq, await handler(connection, iq))
        except IqError as refusal:
            return iq_error(iq, refusal)

    def _handler(self, iq: Node) -> Handler | None:
        xmlns, type = iq.get("xmlns"), iq.get("type")
        child = iq.children[0].tag if iq.children else ""
        keys: list[Key] = [(xmlns, type, child), (xmlns, type, ""), (xmlns, "", "")]
        return next((self._handlers[key] for key in keys if key in self._handlers), None)


def _account(connection: Connection) -> str:
    return connection.person.phone if connection.person else ""
