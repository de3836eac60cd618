"""What can be asked of a running server from outside: people, groups, links.

Every public method of a class here is one command of the control API; arguments and results are
plain JSON values.
"""

from __future__ import annotations

import asyncio
import base64
from typing import Any

from wasched.adapters.whatsapp.protocol.jid import LID, PN

from .faults import stream_error
from .passkeys import PasskeyTimes
from .protocol.pairing import PairingFlaw
from .protocol.protobufs import e2e
from .qr_picture import read_picture
from .received import text_of
from .server import WhatsAppServer
from .stanzas import new_id
from .world import Channel, Group, Person, ReceiptPolicy, WorldError, lid_for


class PeopleCommands:
    """People and groups."""

    def __init__(self, server: WhatsAppServer) -> None:
        self._server, self._world = server, server.world

    async def add_person(
        self,
        phone: str,
        name: str = "",
        lid: str = "",
        registered: bool = True,
        passkey: bool = False,
        delivered: float | None = 0.15,
        read: float | None = None,
        played: float | None = None,
    ) -> dict[str, Any]:
        """Add somebody; delivered, read and played are seconds after which receipts come."""
        phone = phone.lstrip("+")
        policy = ReceiptPolicy(delivered, read, played)
        person = Person(phone, lid or lid_for(phone), name, registered, passkey, receipts=policy)
        return described(self._world.add(person))

    async def set_person(self, phone: str, **changes: Any) -> dict[str, Any]:
        """Change `registered`, `passkey`, `delivered`, `read` or `played` of somebody.

        `other_forms` are numbers that are found to be theirs, as with Brazil's ninth digit.
        """
        person = self._world.person(phone)
        for name, value in changes.items():
            match name:
                case "registered":
                    person.is_registered = value
                case "passkey":
                    person.has_passkey = value
                case "other_forms":
                    person.other_forms = tuple(value)
                case "delivered" | "read" | "played":
                    setattr(person.receipts, name, value)
                case _:
                    raise WorldError(f"a person has no {name}")
        return described(person)

    async def person(self, phone: str) -> dict[str, Any]:
        """Who has a number, and with which linked devices."""
        return described(self._world.person(phone))

    async def add_group(
        self,
        subject: str,
        members: list[str],
        id: str = "",
        owner: str = "",
        admins: list[str] | None = None,
        addressing: str = "lid",
        announce_only: bool = False,
    ) -> str:
        """Add a group; its address. The owner is the first member unless named."""
        owner = owner or members[0]
        server = LID if addressing == "lid" else PN
        id = id or f"1203630{int(new_id(), 16):011d}"
        group = Group(id, subject, owner, list(members), {owner, *(admins or [])}, server)
        group.is_announce_only = announce_only
        return str(self._world.add_group(group).jid)

    async def add_member(self, group: str, phone: str) -> None:
        """Let somebody join a group."""
        await self._server.groups.add(self._world.group(group), self._world.person(phone))

    async def remove_member(self, group: str, phone: str) -> None:
        """Let somebody leave a group."""
        await self._server.groups.remove(self._world.group(group), self._world.person(phone))

    async def announce_only(self, group: str, on: bool = True) -> None:
        """Let only admins write to a group, or everybody."""
        await self._server.groups.announce_only(self._world.group(group), on)

    async def invite_code(self, group: str) -> str:
        """The code at the end of a group's invite link, once an admin has asked for it."""
        return self._world.group(group).invite

    async def add_channel(self, name: str, roles: dict[str, str]) -> str:
        """Add a channel; its address. Roles are owner, admin or subscriber, by phone number."""
        channel = Channel(f"1203639{int(new_id(), 16):011d}", name, dict(roles))
        self._world.channels[channel.id] = channel
        return str(channel.jid)

    async def channel_posts(self, channel: str) -> list[dict[str, Any]]:
        """What was posted to a channel, oldest first, and how many have viewed it."""
        return [
            {
                "id": one.id,
                "text": text_of(e2e.Message.FromString(one.plaintext)),
                "views": len(one.viewers),
            }
            for one in self._world.channel(channel).posts
        ]

    async def name_contacts(self, phone: str, names: dict[str, str]) -> None:
        """Write names (by number) into somebody's address book."""
        await self._server.syncing.name_contacts(self._world.person(phone), names)

    async def rename(self, phone: str, name: str) -> None:
        """Change the name somebody shows to others."""
        await self._server.syncing.rename(self._world.person(phone), name)


class LinkCommands:
    """Linking, unlinking and the life of connections."""

    def __init__(self, server: WhatsAppServer) -> None:
        self._server, self._world = server, server.world

    async def root_key(self) -> str:
        """The key that signs for this server, in hex."""
        return self._server.root.public.hex()

    async def scan(self, qr: str, phone: str, flaw: str = "") -> int:
        """Let somebody's phone scan a QR code; the new device's number.

        `flaw` is "WRONG_HMAC" or "WRONG_ACCOUNT_SIGNATURE".
        """
        chosen = PairingFlaw[flaw] if flaw else None
        return await self._server.linking.scan(qr, self._world.person(phone), chosen)

    async def scan_picture(self, body: str, phone: str) -> int:
        """Let somebody's phone scan the QR code in a picture (base64); the new device's number."""
        qr = await asyncio.to_thread(read_picture, base64.b64decode(body))
        return await self._server.linking.scan(qr, self._world.person(phone))

    async def enter_code(self, phone: str, code: str) -> int:
        """Let somebody type a pairing code; the new device's number."""
        return await self._server.linking.enter_code(self._world.person(phone), code)

    async def retire_code(self, phone: str) -> None:
        """Let the pairing code that is shown for a number be replaced by another one."""
        await self._server.linking.codes.retire(self._world.person(phone))

    async def passkey_ceremony(self, phone: str) -> dict[str, Any]:
        """How far somebody's last passkey ceremony has come, as their phone shows it."""
        return self._server.linking.passkeys.state(self._world.person(phone))

    async def sign_with_passkey(
        self, phone: str, options: dict[str, Any], **wrongly: Any
    ) -> dict[str, Any]:
        """Let somebody show their passkey in a browser: the assertion, as JSON.

        `wrongly` is origin, rp_id, kind or flags of another ceremony than the right one.
        """
        return self._world.person(phone).passkeys[0].sign(options, **wrongly)

    async def passkey_for_browser(self, phone: str) -> dict[str, Any]:
        """Somebody's passkey, to be put into the virtual authenticator of a browser."""
        return self._world.person(phone).passkeys[0].for_browser()

    async def passkey_times(self, **behaviour: Any) -> None:
        """Let later ceremonies go as the fields of PasskeyTimes say."""
        self._server.linking.passkeys.times = PasskeyTimes(**behaviour)

    async def qr_codes(self, count: int = 6, fast: float | list[float] | None = None) -> None:
        """Give later connections so many codes; `fast`: one by one, so many seconds each."""
        self._server.linking.times.count, self._server.linking.times.fast = count, fast

    async def expire_codes(self) -> None:
        """Let the time of all codes shown now be over."""
        await self._server.linking.expire()

    async def unlink(self, phone: str, device: int | None = None) -> None:
        """Remove a linked device on the phone, or all of them."""
        person = self._world.person(phone)
        for number in sorted(person.linked) if device is None else [device]:
            connection = self._server.logins.connection_of(phone, number)
            await self._server.linking.unlink(person, number, connection)

    async def cut(self, phone: str) -> int:
        """Break the TCP connections of an account; how many there were."""
        connections = self._server.logins.connections_of(phone)
        for connection in connections:
            connection.cut()
        return len(connections)

    async def end_stream(self, phone: str, code: int | None = None, conflict: str = "") -> int:
        """End the connections of an account by a stream error; how many there were."""
        connections = self._server.logins.connections_of(phone)
        for connection in connections:
            await connection.end(stream_error(code, conflict))
        return len(connections)

    async def online(self, phone: str) -> list[int]:
        """The numbers of the devices that are logged in and active."""
        linked = self._world.person(phone).linked.values()
        return [device.number for device in linked if device.connection]


def described(person: Person) -> dict[str, Any]:
    return {
        "phone": person.phone,
        "lid": f"{person.lid}@{LID}",
        "name": person.name,
        "registered": person.is_registered,
        "devices": sorted(person.linked),
    }
