"""The keys that start a Signal session: kept for linked devices, handed out once each."""

from __future__ import annotations

import hashlib

from wasched.adapters.whatsapp.protocol.jid import Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .background import Background
from .connection import Connection
from .delivery import Delivery
from .faults import Faults
from .protocol.signal import PreKeyBundle
from .stanzas import (
    IqError,
    bundle_children,
    notification,
    read_key,
    read_number,
    read_signed_key,
)
from .world import PHONE, LinkedDevice, Person, World

LOW = 5  # a device with fewer is asked for more
CLAIMED = 1  # told to a device that has none


class PreKeys:
    """Answers <iq xmlns="encrypt">.

    `claimed` is what a device that has no prekeys is told it has. The truth is 0, and makes
    both whatsmeow and Baileys upload 812; told 1, they upload 50 and 5 at once.
    """

    def __init__(
        self,
        world: World,
        faults: Faults,
        delivery: Delivery,
        background: Background,
        claimed: int = CLAIMED,
    ) -> None:
        self.claimed = claimed
        self._world, self._faults = world, faults
        self._delivery, self._background = delivery, background

    async def count(self, connection: Connection, _iq: Node) -> list[Node]:
        """Say how many prekeys are left."""
        left = len(_device(connection).prekeys) or self.claimed
        return [Node("count", {"value": str(left)})]

    async def upload(self, connection: Connection, iq: Node) -> None:
        """Take new prekeys, and the signed one."""
        device, keys = _device(connection), iq.child("list")
        device.prekeys.extend(read_key(key) for key in (keys.children if keys else []))
        if signed := iq.child("skey"):
            device.signed_prekey = read_signed_key(signed)
        device.registration_id = read_number(iq, "registration") or device.registration_id

    async def rotate(self, connection: Connection, iq: Node) -> None:
        """Take a new signed prekey."""
        if signed := iq.child("rotate", "skey"):
            _device(connection).signed_prekey = read_signed_key(signed)

    async def digest(self, connection: Connection, _iq: Node) -> list[Node]:
        """Describe what is kept; Baileys compares it after each login and else uploads again."""
        device = _device(connection)
        if not device.prekeys:
            raise IqError(404, "item-not-found")
        _, public, signature = device.signed_prekey
        publics = [key for _, key in device.prekeys]
        hash = hashlib.sha1(b"".join([device.identity, public, signature, *publics])).digest()
        ids = [Node("id", {}, id.to_bytes(3, "big")) for id, _ in device.prekeys]
        kept = bundle_children(_bundle_without_prekey(device))
        return [Node("digest", {}, [*kept, Node("list", {}, ids), Node("hash", {}, hash)])]

    async def fetch(self, _connection: Connection, iq: Node) -> list[Node]:
        """Hand out bundles; an <error> only for a device that does not exist."""
        if self._faults.refuses_prekeys():
            raise IqError(503, "service-unavailable")
        asked = iq.child("key")
        users = [self._user(user.jid("jid")) for user in (asked.children if asked else [])]
        return [Node("list", {}, users)]

    def bundle(self, person: Person, number: int) -> PreKeyBundle:
        """A bundle of one device; without a one-time prekey when none is left.

        Raises WorldError for a device that is not linked.
        """
        if number == PHONE:
            return person.device.bundle()
        device = person.linked[number]
        kept = _bundle_without_prekey(device)
        if not device.prekeys:
            return kept
        id, public = device.prekeys.popleft()
        if len(device.prekeys) == LOW - 1:
            self._background.start(self._ask_for_more(person, device))
        return PreKeyBundle(
            kept.registration_id,
            kept.identity,
            kept.signed_prekey_id,
            kept.signed_prekey,
            kept.signature,
            id,
            public,
        )

    def _user(self, jid: Jid | None) -> Node:
        person = self._world.find(jid)
        known = person is not None and person.is_registered
        if jid is None or person is None or not known or jid.device not in person.devices():
            error = Node("error", {"code": "404", "text": "item-not-found"})
            return Node("user", {"jid": jid}, [error])
        return Node("user", {"jid": jid}, bundle_children(self.bundle(person, jid.device)))

    async def _ask_for_more(self, person: Person, device: LinkedDevice) -> None:
        count = Node("count", {"value": str(len(device.prekeys))})
        await self._delivery.to_device(person, device.number, notification("encrypt", [count]))


def _bundle_without_prekey(device: LinkedDevice) -> PreKeyBundle:
    id, public, signature = device.signed_prekey
    return PreKeyBundle(device.registration_id, device.identity, id, public, signature)


def _device(connection: Connection) -> LinkedDevice:
    assert connection.device, "only a device that has logged in is asked"
    return connection.device
