"""Keys and messages of a scripted client: what it encrypts, and what it reads."""

from __future__ import annotations

from tests.whatsapp_server.protocol.protobufs import e2e
from tests.whatsapp_server.protocol.signal import PreKeyBundle
from tests.whatsapp_server.stanzas import (
    bundle_children,
    new_message_id,
    read_key,
    read_number,
    read_signed_key,
)
from wasched.adapters.whatsapp.protocol.binary_xml import Node
from wasched.adapters.whatsapp.protocol.jid import SERVER, Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue

from .scripted import ScriptedClient


def text(words: str) -> e2e.Message:
    """A plain text."""
    return e2e.Message(conversation=words)


def upload_prekeys(client: ScriptedClient, count: int) -> Node:
    """Give the server one-time prekeys; its answer."""
    registration, kind, identity, signed = bundle_children(client.signal.bundle(one_time=False))
    keys = [_prekey(*client.signal.take_prekey()) for _ in range(count)]
    children = (registration, kind, identity, Node("list", {}, keys), signed)
    return client.ask("encrypt", "set", *children)


def users(client: ScriptedClient, *jids: Jid, **attrs: str) -> list[Node]:
    """What the server answers when it is asked for the bundles of devices."""
    asked = [Node("user", {"jid": jid, **attrs}) for jid in jids]
    answer = client.ask("encrypt", "get", Node("key", {}, asked)).child("list")
    assert answer is not None
    return answer.children


def bundle(user: Node) -> PreKeyBundle:
    """The keys in one <user> of such an answer."""
    identity, signed, prekey = user.child("identity"), user.child("skey"), user.child("key")
    assert identity is not None and signed is not None
    id, public = read_key(prekey) if prekey else (None, None)
    registration = read_number(user, "registration")
    return PreKeyBundle(registration, identity.bytes, *read_signed_key(signed), id, public)


def copy_for(client: ScriptedClient, jid: Jid, message: e2e.Message) -> Node:
    """A <to> with the message for one device, in a session that starts when there is none."""
    if not client.signal.has_session(str(jid)):
        (user,) = users(client, jid)
        client.signal.start_session(str(jid), bundle(user))
    kind, body = client.signal.encrypt(str(jid), message.SerializeToString())
    return Node("to", {"jid": jid}, [Node("enc", {"v": "2", "type": kind}, body)])


def write(
    client: ScriptedClient,
    to: Jid,
    copies: list[Node],
    *others: Node,
    proof: bytes | None = None,
    id: str = "",
    **attrs: AttributeValue,
) -> Node:
    """Send a message; the server's ack."""
    id = id or new_message_id()
    proof = client.identity_proof if proof is None else proof
    given: dict[str, AttributeValue] = {"id": id, "to": to, "type": "text", **attrs}
    children = [Node("participants", {}, copies)] if copies else []
    children += [Node("device-identity", {}, proof)] if proof else []
    client.send(Node("message", given, [*others, *children]))
    return client.wait("ack", id=id)


def read(client: ScriptedClient, message: Node) -> e2e.Message:
    """Decrypt a message that came from one device to this one."""
    sender = message.jid("participant") or message.jid("from")
    (enc,) = message.all("enc")
    plain = client.signal.decrypt(str(sender), enc.get("type"), enc.bytes)
    return e2e.Message.FromString(plain)


def receipt(client: ScriptedClient, about: Node, type: str = "", *children: Node) -> Node:
    """Send a receipt for a message; the server's ack."""
    attrs: dict[str, AttributeValue] = {
        "id": about.get("id"),
        "to": about.jid("from"),
        "participant": about.jid("participant"),
        "type": type or None,
    }
    client.send(Node("receipt", attrs, [*children] or None))
    return client.wait("ack", id=about.get("id"))


def log_out(client: ScriptedClient) -> Node:
    """Log out for good; the server's answer."""
    attrs: dict[str, AttributeValue] = {"jid": client.jid, "reason": "user_initiated"}
    return client.ask("md", "set", Node("remove-companion-device", attrs), to=SERVER)


def _prekey(id: int, public: bytes) -> Node:
    children = [Node("id", {}, id.to_bytes(3, "big")), Node("value", {}, public)]
    return Node("key", {}, children)
