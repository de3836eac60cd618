"""Messages that clients send: passed on, acknowledged, and struck by faults."""

from __future__ import annotations

import asyncio

from wasched.adapters.whatsapp.protocol.jid import BROADCAST, NEWSLETTER
from wasched.adapters.whatsapp.protocol.node import Node

from .background import Background
from .channels import Channels
from .connection import Connection
from .faults import Faults, PlannedSendFault, SendFault
from .routing import Routed, Router, is_for_one_device
from .seen import Seen
from .stanzas import IqError, ack

_HEED = 0.3
"""Seconds for a client to read an ack: whatsmeow forgets what it has not begun to handle when the
connection ends."""


class Messages:
    """Takes <message> stanzas from linked devices."""

    def __init__(
        self,
        router: Router,
        channels: Channels,
        seen: Seen,
        faults: Faults,
        background: Background,
    ) -> None:
        self._router, self._channels, self._seen, self._faults = router, channels, seen, faults
        self._background = background

    async def take(self, connection: Connection, message: Node) -> None:
        """Pass a message on and acknowledge it, unless a fault says otherwise."""
        assert connection.person
        fault = PlannedSendFault(SendFault.NONE)
        if not is_for_one_device(message):
            fault = self._faults.next_send(connection.person.phone)
        if fault.kind is SendFault.CUT_BEFORE_FRAME:
            connection.cut()
            return
        answer = await self._answer(connection, message, fault)
        match fault.kind:
            case SendFault.CUT_BEFORE_ACK:
                connection.cut()
            case SendFault.NO_ACK:
                pass
            case SendFault.LATE_ACK:
                self._background.start(connection.send(answer), fault.seconds)
            case SendFault.CUT_AFTER_ACK:
                await connection.send(answer)
                await asyncio.sleep(_HEED)
                connection.cut()
            case _:
                await connection.send(answer)

    async def _answer(self, connection: Connection, message: Node, fault: PlannedSendFault) -> Node:
        """Pass the message on, and word the ack.

        An id that came before is acknowledged again and passed on no more: whatsmeow repeats
        the same frame when the connection broke before its ack.
        """
        assert connection.person and connection.device
        arrivals = self._seen.count_message(message.get("id"))
        if fault.kind is SendFault.REFUSED:
            return ack(message, error=str(fault.code))
        is_change = bool(message.get("edit"))  # of a post, which keeps its id
        if arrivals > 1 and not is_for_one_device(message) and not is_change:
            return ack(message)
        try:
            if _is_post(message):
                number = await self._channels.post(connection.person, message)
                return ack(message, server_id=str(number))
            routed = await self._router.route(connection.person, connection.device.number, message)
        except IqError as refusal:
            return ack(message, error=str(refusal.code))
        return ack(message, phash=self._better_hash(message, routed))

    def _better_hash(self, message: Node, routed: Routed | None) -> str | None:
        """The hash of all devices in the chat, if the sender did not write to all of them.

        A direct message carries no phash, so there the server counts the copies; whatsmeow
        compares and asks for the devices anew.
        """
        if routed is None or routed.chat.server == BROADCAST:
            return None  # who sees a status is for its sender to say
        hash = self._router.participant_hash(routed)
        claimed = message.get("phash")
        is_right = claimed == hash if claimed else routed.is_complete
        return None if is_right else hash


def _is_post(message: Node) -> bool:
    to = message.jid("to")
    return to is not None and to.server == NEWSLETTER
