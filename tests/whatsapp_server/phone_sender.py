"""What a simulated phone writes: to people, to groups and to its own linked devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from wasched.adapters.whatsapp.protocol.jid import BROADCAST, GROUP, LID, PN, Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node

from .delivery import Delivery
from .prekeys import PreKeys
from .protocol.protobufs import e2e
from .received import MEDIA, Received, field_of
from .retries import MAX_RETRIES, offered_bundle, retry_count
from .routing import Router
from .seen import Seen
from .stanzas import new_message_id, now
from .world import PHONE, Group, Person, World


@dataclass(frozen=True)
class _Sent:
    chat: Jid
    message: e2e.Message


class PhoneSender:
    """Encrypts for every device in a chat, as a phone does."""

    def __init__(
        self, world: World, seen: Seen, router: Router, prekeys: PreKeys, delivery: Delivery
    ) -> None:
        self._world, self._seen, self._router = world, seen, router
        self._prekeys, self._delivery = prekeys, delivery
        self._sent: dict[tuple[str, str], _Sent] = {}
        self._has_sender_key: set[tuple[str, str, str, int]] = set()

    def clear(self) -> None:
        """Forget what was sent, and who has which sender key."""
        self._sent.clear()
        self._has_sender_key.clear()

    async def send(
        self,
        person: Person,
        to: Jid,
        message: e2e.Message,
        id: str = "",
        edit: str = "",
        mode: str = "",
    ) -> str:
        """Write to a person or a group; the message's id. Raises WorldError, IqError.

        `mode` is how the writer is named in a group ("lid" or "pn"), if not as it is used there.
        """
        id = id or new_message_id()
        self._sent[person.phone, id] = _Sent(to, message)
        if to.server == GROUP:
            children = self._for_group(person, self._world.group(to.user), message)
        elif to.server == BROADCAST:
            children = self._for_status(person, to, message)
        else:
            children = self._for_person(person, to, message)
        attrs: dict[str, AttributeValue] = {"id": id, "to": to, "type": _type(message)}
        attrs["edit"], attrs["addressing_mode"] = edit, mode
        await self._router.route(person, PHONE, Node("message", attrs, children))
        person.written.append(self._written(person, to, message, id))
        return id

    async def to_own_device(self, person: Person, number: int, message: e2e.Message) -> None:
        """Send a peer message, such as the app state key, to a linked device."""
        enc = self._encrypt(person, person, number, message)
        attrs: dict[str, AttributeValue] = {
            "from": person.jid(LID),
            "id": new_message_id(),
            "type": "text",
            "category": "peer",
            "t": now(),
        }
        await self._delivery.to_device(person, number, Node("message", attrs, [enc]))

    async def answer_retry(self, person: Person, receipt: Node) -> None:
        """Send a message again, to the device that could not read it and with a new session."""
        asker = receipt.jid("participant") or receipt.jid("from")
        reader, sent = self._world.find(asker), self._sent.get((person.phone, receipt.get("id")))
        count = retry_count(receipt)
        if asker is None or reader is None or sent is None or count > MAX_RETRIES:
            self._seen.problems.append(f"no answer to the retry receipt {receipt}")
            return
        peer = str(reader.jid(LID, asker.device))
        bundle = offered_bundle(receipt) or self._prekeys.bundle(reader, asker.device)
        person.device.start_session(peer, bundle)
        message = sent.message
        is_shared = sent.chat.server in (GROUP, BROADCAST)
        if is_shared:
            message = self._with_sender_key(person, sent.chat, message)
        if reader is person:
            message = _device_sent(sent.chat, message)
        enc = self._encrypt(person, reader, asker.device, message)
        enc.attrs["count"] = str(count)
        attrs: dict[str, AttributeValue] = {"id": receipt.get("id"), "type": _type(message)}
        attrs["to"] = sent.chat if is_shared else asker
        attrs["participant"] = asker if is_shared else None
        await self._router.route(person, PHONE, Node("message", attrs, [enc]))

    def _written(self, person: Person, to: Jid, message: e2e.Message, id: str) -> Received:
        other = self._world.find(to) if to.server != GROUP else None
        chat = other.phone if other else str(to)
        return Received(id, person.phone, PHONE, chat, datetime.now(UTC), "", message)

    def _for_person(self, person: Person, to: Jid, message: e2e.Message) -> list[Node]:
        other = self._world.find(to)
        copies = []
        if other is not None and other is not person:
            copies = [
                self._copy(person, other, number, to.server, message) for number in other.devices()
            ]
        told = _device_sent(to, message)
        copies += [
            self._copy(person, person, number, to.server, told) for number in sorted(person.linked)
        ]
        return [Node("participants", {}, copies)]

    def _for_group(self, person: Person, group: Group, message: e2e.Message) -> list[Node]:
        key = self._with_sender_key(person, group.jid, e2e.Message())
        body = person.device.encrypt_group(str(group.jid), message.SerializeToString())
        copies = [
            self._copy(person, member, number, group.server, key)
            for member in self._world.members(group)
            for number in member.devices()
            if self._needs_sender_key(person, group, member, number)
        ]
        shared = Node("enc", {"v": "2", "type": "skmsg"}, body)
        return [Node("participants", {}, copies), shared]

    def _for_status(self, person: Person, to: Jid, message: e2e.Message) -> list[Node]:
        """What all in the address book may see, and the own devices; each gets the key anew."""
        key = self._with_sender_key(person, to, e2e.Message())
        body = person.device.encrypt_group(str(to), message.SerializeToString())
        known = [self._world.people.get(phone) for phone in person.address_book]
        copies = [
            self._copy(person, other, number, PN, key)
            for other in [*filter(None, known), person]
            for number in other.devices()
            if (other, number) != (person, PHONE)
        ]
        return [Node("participants", {}, copies), Node("enc", {"v": "2", "type": "skmsg"}, body)]

    def _needs_sender_key(self, person: Person, group: Group, member: Person, number: int) -> bool:
        """Tell, once, whether a device has yet to get the sender key."""
        name = (person.phone, group.id, member.phone, number)
        if name in self._has_sender_key or (member is person and number == PHONE):
            return False
        self._has_sender_key.add(name)
        return True

    def _with_sender_key(self, person: Person, group: Jid, message: e2e.Message) -> e2e.Message:
        result = e2e.Message()
        result.CopyFrom(message)
        distribution = result.senderKeyDistributionMessage
        distribution.groupID = str(group)
        distribution.axolotlSenderKeyDistributionMessage = person.device.distribution_message(
            str(group)
        )
        return result

    def _copy(
        self, person: Person, other: Person, number: int, server: str, message: e2e.Message
    ) -> Node:
        enc = self._encrypt(person, other, number, message)
        return Node("to", {"jid": other.jid(server, number)}, [enc])

    def _encrypt(self, person: Person, other: Person, number: int, message: e2e.Message) -> Node:
        peer = str(other.jid(LID, number))
        if not person.device.has_session(peer):
            person.device.start_session(peer, self._prekeys.bundle(other, number))
        kind, body = person.device.encrypt(peer, message.SerializeToString())
        return Node("enc", {"v": "2", "type": kind}, body)


def _device_sent(chat: Jid, message: e2e.Message) -> e2e.Message:
    """How a device tells the others of its account what it wrote."""
    told = e2e.Message()
    told.deviceSentMessage.destinationJID = str(Jid(chat.user, chat.server or PN))
    told.deviceSentMessage.message.CopyFrom(message)
    return told


def _type(message: e2e.Message) -> str:
    """The stanza's type (whatsmeow's getTypeFromMessage)."""
    field = field_of(message)
    if field in MEDIA:
        return "media"
    if field == "reactionMessage":
        return "reaction"
    return "poll" if field.startswith("poll") else "text"
