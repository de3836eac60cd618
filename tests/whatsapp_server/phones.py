"""The simulated phones: they decrypt what reaches them, send receipts, and write by themselves.

A phone is device 0 of its account. It reads and writes the same stanzas as a linked device, only
without a connection.
"""

from __future__ import annotations

from datetime import UTC, datetime

from wasched.adapters.whatsapp.protocol.jid import BROADCAST, GROUP, LID, Jid
from wasched.adapters.whatsapp.protocol.node import Node

from .background import Background
from .phone_sender import PhoneSender
from .protocol.protobufs import e2e
from .protocol.signal import DuplicateMessageError, SignalError
from .receipts import Receipts
from .received import Received
from .retries import MAX_RETRIES, retry_receipt
from .seen import Seen
from .stanzas import now
from .votes import VoteError, read_vote
from .world import PHONE, Person, World


class Phones:
    """All phones; each belongs to a Person, who holds its keys and its inbox."""

    def __init__(
        self,
        world: World,
        seen: Seen,
        receipts: Receipts,
        sender: PhoneSender,
        background: Background,
    ) -> None:
        self._world, self._seen, self._receipts = world, seen, receipts
        self._sender, self._background = sender, background

    async def take(self, person: Person, node: Node) -> None:
        """Take a stanza that was delivered to this person's phone."""
        if node.tag == "message":
            self._read(person, node)
        elif node.tag == "receipt" and node.get("type") == "retry":
            await self._sender.answer_retry(person, node)

    async def receipt(self, person: Person, id: str, kind: str = "") -> None:
        """Send a receipt for a message in the inbox; "" means delivered."""
        for received in person.inbox:
            if received.id == id:
                received.receipts.append(kind)
        await self._receipts.forward(person, PHONE, self._receipt(id, kind))

    def _read(self, person: Person, node: Node) -> None:
        sender = self._world.find(node.jid("participant") or node.jid("from"))
        if sender is None:
            self._seen.problems.append(f"a message from nobody: {node}")
            return
        received = self._envelope(sender, node)
        try:
            received.message = self._decrypt(person, sender, node)
        except DuplicateMessageError:
            return
        except SignalError as fault:
            self._ask_again(person, sender, node, received, fault)
            return
        if received.message is not None and received.field:
            self._keep(person, sender, received)

    def _envelope(self, sender: Person, node: Node) -> Received:
        origin = node.jid("participant") or node.jid("from")
        chat = node.jid("from") if node.get("participant") else node.jid("recipient")
        is_shared = chat is not None and chat.server in (GROUP, BROADCAST)
        other = self._world.find(chat) if not is_shared else None
        return Received(
            id=node.get("id"),
            sender=sender.phone,
            device=origin.device if origin else PHONE,
            chat=str(chat) if is_shared else (other or sender).phone,
            at=datetime.now(UTC),
            encryption=node.all("enc")[-1].get("type"),
        )

    def _decrypt(self, person: Person, sender: Person, node: Node) -> e2e.Message | None:
        """The last <enc>'s message; a sender key on the way is kept."""
        message, origin = None, node.jid("participant") or node.jid("from")
        peer = str(sender.jid(LID, origin.device if origin else PHONE))
        chat = node.get("from")
        for enc in node.all("enc"):
            kind = enc.get("type")
            if kind == "skmsg":
                plain = person.device.decrypt_group(chat, peer, enc.bytes)
            else:
                plain = person.device.decrypt(peer, kind, enc.bytes)
            message = e2e.Message.FromString(plain)
            if message.HasField("senderKeyDistributionMessage"):
                key = message.senderKeyDistributionMessage.axolotlSenderKeyDistributionMessage
                person.device.accept_distribution(chat, peer, key)
        return message

    def _keep(self, person: Person, sender: Person, received: Received) -> None:
        if received.problem:
            return
        if sender is person:
            person.outbox.append(received)
            self._background.start(self._receipts_of(person, received.id, "sender"))
            return
        known = [one for one in person.inbox if one.id == received.id]
        if known and known[0].problem:
            person.inbox.remove(known[0])
        self._apply(person, received)
        person.inbox.append(received)
        self._plan_receipts(person, received.id)

    def _apply(self, person: Person, received: Received) -> None:
        """Let an edit, a revocation or a vote change the message it is about."""
        about = received.about
        for target in person.inbox if about else ():
            if target.id != about:
                continue
            if received.kind == "edit":
                target.edited = received.text
            elif received.kind == "revoke":
                target.is_revoked = True
        if received.kind == "vote":
            try:
                received.votes = read_vote(person, self._world, received)
            except VoteError as fault:
                self._seen.problems.append(str(fault))

    def _plan_receipts(self, person: Person, id: str) -> None:
        policy = person.receipts
        for kind, delay in (
            ("", policy.delivered),
            ("read", policy.read),
            ("played", policy.played),
        ):
            if delay is not None:
                self._background.start(self._receipts_of(person, id, kind), delay)

    async def _receipts_of(self, person: Person, id: str, kind: str) -> None:
        await self.receipt(person, id, kind)

    def _receipt(self, id: str, kind: str) -> Node:
        return Node("receipt", {"id": id, "type": kind, "t": now()})

    def _ask_again(
        self, person: Person, sender: Person, node: Node, received: Received, fault: SignalError
    ) -> None:
        """Send a retry receipt, as a phone does that cannot decrypt a message."""
        received.problem = f"{type(fault).__name__}: {fault}"
        tries = [one for one in person.inbox if one.id == received.id]
        if sender is not person and not tries:
            person.inbox.append(received)
        count = 1 + max((int(enc.get("count", "0")) for enc in node.all("enc")), default=0)
        if count > MAX_RETRIES:
            self._seen.problems.append(f"{received.id} cannot be read by {person.phone}: {fault}")
            return
        again = retry_receipt(person.device, node, count)
        self._background.start(self._receipts.forward(person, PHONE, again))


def chat_of(received: Received, world: World) -> Jid:
    """The address a phone writes to in order to answer a message."""
    if "@" in received.chat:
        return Jid.parse(received.chat)
    return world.person(received.chat).jid(LID)
