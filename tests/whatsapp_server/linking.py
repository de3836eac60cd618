"""Linking a device to an account: by QR code, by pairing code, and the ways it fails."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

from wasched.adapters.whatsapp.protocol.jid import LID, PN
from wasched.adapters.whatsapp.protocol.node import Node

from .background import Background
from .connection import Connection
from .directory import Directory
from .faults import stream_error
from .pairing_codes import PairingCodes
from .passkeys import Passkeys
from .protocol.pairing import (
    PairingError,
    PairingFlaw,
    device_signature_is_valid,
    new_ref,
    parse_qr,
    sign_device,
)
from .seen import Seen
from .stanzas import iq_set
from .world import LinkedDevice, Person, World


class LinkingError(Exception):
    """A device was not linked."""


@dataclass
class QrTimes:
    """How many codes a connection gets, and how long each is good.

    As WhatsApp does it, all come at once and the client shows them in turn, the first for a
    minute and the others for 20 s. `fast` gives them one by one, each good for that many
    seconds (a list: one for each); then the connection is closed, too.
    """

    count: int = 6
    fast: float | list[float] | None = None

    def seconds(self, position: int) -> float:
        """How long the code at this position is good."""
        if isinstance(self.fast, list):
            return self.fast[position]
        if self.fast is not None:
            return self.fast
        return 60.0 if position == 0 and self.count == 6 else 20.0


@dataclass(eq=False)
class _Offer:
    """A connection that wants to be linked, and the codes it may show."""

    connection: Connection
    good: set[str] = field(default_factory=set)
    void: set[str] = field(default_factory=set)


class Linking:
    """The server's and the phones' part in linking."""

    def __init__(
        self, world: World, seen: Seen, directory: Directory, background: Background
    ) -> None:
        self.times = QrTimes()
        self.codes = PairingCodes()
        self._world, self._seen, self._directory = world, seen, directory
        self._background = background
        self._offers: dict[Connection, _Offer] = {}
        self.passkeys = Passkeys(seen, background, self._link_after_passkey)

    def offer(self, connection: Connection) -> None:
        """Give a new client codes to show."""
        offer = self._offers[connection] = _Offer(connection)
        times = QrTimes(self.times.count, self.times.fast)
        self._background.start(self._show_codes(offer, times))

    def left(self, connection: Connection) -> None:
        """A client is gone, and its codes with it."""
        self._offers.pop(connection, None)
        self.codes.left(connection)
        self.passkeys.left(connection)

    async def expire(self) -> None:
        """Let all codes shown now run out, as if their time were over."""
        for offer in list(self._offers.values()):
            await offer.connection.end()

    async def scan(self, qr: str, person: Person, flaw: PairingFlaw | None = None) -> int:
        """Let a person's phone scan a code; the new device's number.

        Raises LinkingError when the code is void or the client refuses, PairingError when it is
        no code.
        """
        code = parse_qr(qr)
        offer = self._offer_with(code.ref)
        await self._ask_for_passkey(person, offer.connection, code.adv_secret)
        return await self._link(offer.connection, person, code.identity, code.adv_secret, flaw)

    async def enter_code(self, person: Person, code: str) -> int:
        """Let a person type a pairing code; the new device's number.

        Raises LinkingError when the code is wrong; the right one may follow.
        """
        try:
            connection, identity, secret = await self.codes.enter(person, code)
        except PairingError as fault:
            raise LinkingError(str(fault)) from fault
        await self._ask_for_passkey(person, connection, secret)
        return await self._link(connection, person, identity, secret, None)

    async def unlink(
        self, person: Person, number: int, connection: Connection | None = None
    ) -> None:
        """Remove a device; it is told so if it is connected, and refused at its next login."""
        person.linked.pop(number, None)
        await self._directory.announce(person, number, "remove")
        if connection:
            await connection.end(stream_error(401, "device_removed"))

    async def _ask_for_passkey(
        self, person: Person, connection: Connection, adv_secret: bytes
    ) -> None:
        """Stop here for an account that has to show a passkey first; the ceremony goes on."""
        if person.has_passkey:
            await self.passkeys.ask(connection, person, adv_secret)
            raise LinkingError("this account wants a passkey first")

    async def _link_after_passkey(
        self, connection: Connection, person: Person, identity: bytes, adv_secret: bytes
    ) -> int:
        return await self._link(connection, person, identity, adv_secret, None)

    async def _show_codes(self, offer: _Offer, times: QrTimes) -> None:
        refs = [new_ref() for _ in range(times.count)]
        if times.fast is None:
            await self._give(offer, refs)
        for position, ref in enumerate(refs):
            if times.fast is not None:
                await self._give(offer, [ref])
            await asyncio.sleep(times.seconds(position))
            offer.good.discard(ref)
            offer.void.add(ref)
        if offer.connection in self._offers and not self.passkeys.keeps_open(offer.connection):
            await offer.connection.end()

    async def _give(self, offer: _Offer, refs: list[str]) -> None:
        offer.good.update(refs)
        children = [Node("ref", {}, ref.encode()) for ref in refs]
        await offer.connection.send(iq_set("md", Node("pair-device", {}, children)))

    def _offer_with(self, ref: str) -> _Offer:
        for offer in self._offers.values():
            if ref in offer.void:
                break
            if ref in offer.good:
                return offer
        raise LinkingError("this QR code is no longer valid")

    async def _link(
        self,
        connection: Connection,
        person: Person,
        identity: bytes,
        adv_secret: bytes,
        flaw: PairingFlaw | None,
    ) -> int:
        account, number = person.device.identity, person.next_device()
        now = datetime.now(UTC)
        proof = sign_device(account, identity, adv_secret, key_index=number, now=now, flaw=flaw)
        answer = await connection.request(_pair_success(person, number, proof))
        if answer.get("type") != "result":
            error = answer.child("error")
            raise LinkingError(error.get("text") if error else str(answer))
        signed = answer.child("pair-device-sign", "device-identity")
        if signed is None or not device_signature_is_valid(account.public, identity, signed.bytes):
            self._seen.problems.append("pair-device-sign: the device's signature does not verify")
        person.linked[number] = _device(connection, number, identity)
        self._offers.pop(connection, None)
        await self._directory.announce(person, number, "add")
        await connection.send(stream_error(515))
        self._background.start(connection.end(), delay=1.0)  # the client hangs up by itself
        return number


def _pair_success(person: Person, number: int, proof: bytes) -> Node:
    jids = {"jid": person.jid(PN, number), "lid": person.jid(LID, number)}
    children = [
        Node("device-identity", {}, proof),
        Node("device", {**jids}),
        Node("platform", {"name": "android"}),
    ]
    return iq_set("md", Node("pair-success", {}, children))


def _device(connection: Connection, number: int, identity: bytes) -> LinkedDevice:
    pairing = connection.payload.devicePairingData
    signed = (int.from_bytes(pairing.eSkeyID, "big"), pairing.eSkeyVal, pairing.eSkeySig)
    registration = int.from_bytes(pairing.eRegid, "big")
    return LinkedDevice(number, connection.client_static, identity, registration, signed)
