"""Groups: what members may know about them (<iq xmlns="w:g2">), and word of changes."""

from __future__ import annotations

import secrets

from wasched.adapters.whatsapp.protocol.jid import LID, PN
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node

from .connection import Connection
from .delivery import Delivery
from .stanzas import IqError, notification
from .world import Group, Person, World

_CREATED = "1700000000"


class Groups:
    """Answers questions about groups and changes them."""

    def __init__(self, world: World, delivery: Delivery) -> None:
        self._world, self._delivery = world, delivery

    async def participating(self, connection: Connection, _iq: Node) -> list[Node]:
        """List the groups the account is in, members included."""
        assert connection.person
        phone = connection.person.phone
        mine = [self._group(one) for one in self._world.groups.values() if phone in one.members]
        return [Node("groups", {}, mine)]

    async def query(self, connection: Connection, iq: Node) -> list[Node]:
        """Describe one group: 404 when there is none, 403 to whoever is no member."""
        assert connection.person
        to = iq.jid("to")
        group = self._world.groups.get(to.user) if to else None
        if group is None:
            raise IqError(404, "item-not-found")
        if connection.person.phone not in group.members:
            raise IqError(403, "forbidden")
        return [self._group(group)]

    async def invite(self, connection: Connection, iq: Node) -> list[Node]:
        """The code of a group's invite link, for its admins: 401 to other members."""
        assert connection.person
        await self.query(connection, iq)
        to = iq.jid("to")
        assert to
        group = self._world.groups[to.user]
        if connection.person.phone not in group.admins:
            raise IqError(401, "not-authorized")
        if not group.invite or iq.get("type") == "set":
            group.invite = secrets.token_urlsafe(16)
        return [Node("invite", {"code": group.invite})]

    async def add(self, group: Group, person: Person) -> None:
        """Let somebody join."""
        group.members.append(person.phone)
        await self._tell(group, "add", person)

    async def remove(self, group: Group, person: Person) -> None:
        """Let somebody leave; they are told, too."""
        await self._tell(group, "remove", person)
        group.members.remove(person.phone)
        group.admins.discard(person.phone)

    async def announce_only(self, group: Group, on: bool) -> None:
        """Let only admins write, or everybody."""
        group.is_announce_only = on
        await self._tell(group, "announcement" if on else "not_announcement", None)

    async def _tell(self, group: Group, change: str, person: Person | None) -> None:
        """Send <notification type="w:gp2"> (whatsmeow's parseGroupChange) to all members."""
        before, group.version = group.version, group.version + 1
        versions = {"prev_v_id": str(before), "v_id": str(group.version)}
        children = [self._participant(group, person)] if person else None
        owner = self._world.person(group.owner)
        word = notification(
            "w:gp2",
            [Node(change, {**versions}, children)],
            group.jid,
            participant=owner.jid(group.server),
            addressing_mode=group.addressing_mode,
        )
        for member in list(self._world.members(group)):
            await self._delivery.to_linked(member, word)

    def _group(self, group: Group) -> Node:
        owner = self._world.person(group.owner)
        attrs: dict[str, AttributeValue] = {
            "id": group.id,
            "subject": group.subject,
            "creation": _CREATED,
            "creator": owner.jid(group.server),
            "s_t": _CREATED,
            "s_o": owner.jid(group.server),
            "addressing_mode": group.addressing_mode,
            "p_v_id": str(group.version),
            "a_v_id": "1",
            "size": str(len(group.members)),
        }
        children = [self._participant(group, one) for one in self._world.members(group)]
        if group.is_announce_only:
            children.append(Node("announcement"))
        return Node("group", attrs, children)

    def _participant(self, group: Group, person: Person) -> Node:
        attrs: dict[str, AttributeValue] = {"jid": person.jid(group.server)}
        if group.server == LID:
            attrs["phone_number"] = person.jid(PN)
        else:
            attrs["lid"] = person.jid(LID)
        if person.phone == group.owner:
            attrs["type"] = "superadmin"
        elif person.phone in group.admins:
            attrs["type"] = "admin"
        return Node("participant", attrs)
