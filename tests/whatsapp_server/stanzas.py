"""Small stanzas that many parts of the server write."""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Iterable
from typing import TypeAlias

from wasched.adapters.whatsapp.protocol.jid import SERVER, Jid
from wasched.adapters.whatsapp.protocol.node import AttributeValue, Node

from .protocol.signal import PreKeyBundle

Attributes: TypeAlias = "dict[str, AttributeValue]"

_KEY_TYPE = b"\x05"  # Curve25519


class IqError(Exception):
    """An iq that the server answers with an error."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{code} {text}")
        self.code, self.text = code, text


def now() -> int:
    """The time as stanzas give it: unix seconds."""
    return int(time.time())


def new_id() -> str:
    """An id for a stanza of the server."""
    return secrets.token_hex(4)


def new_message_id() -> str:
    """An id as phones give their messages."""
    return "3EB0" + secrets.token_hex(9).upper()


def iq_set(xmlns: str, child: Node) -> Node:
    """A request of the server to a client."""
    attrs: Attributes = {"from": SERVER, "type": "set", "id": new_id(), "xmlns": xmlns}
    return Node("iq", attrs | {"t": now()}, [child])


def iq_result(request: Node, content: list[Node] | None = None) -> Node:
    """The answer to a client's iq."""
    sender = request.jid("to") or SERVER
    return Node("iq", {"from": sender, "type": "result", "id": request.get("id")}, content)


def iq_error(request: Node, error: IqError) -> Node:
    """The refusal of a client's iq."""
    sender = request.jid("to") or SERVER
    child = Node("error", {"code": str(error.code), "text": error.text})
    return Node("iq", {"from": sender, "type": "error", "id": request.get("id")}, [child])


def notification(type: str, content: list[Node], sender: Jid = SERVER, **attrs: object) -> Node:
    """A notification of the server; further attributes may be JIDs or text."""
    base = {"from": sender, "type": type, "id": new_id(), "t": now()}
    return Node("notification", {**base, **attrs}, content)  # type: ignore[dict-item]


def ack(stanza: Node, **attrs: object) -> Node:
    """The server's word that it has a client's message or receipt."""
    base = {
        "class": stanza.tag,
        "id": stanza.get("id"),
        "from": stanza.jid("to"),
        "participant": stanza.jid("participant"),
        "recipient": stanza.jid("recipient"),
        "t": now(),
    }
    given = {name: value for name, value in (base | attrs).items() if value is not None}
    return Node("ack", given)  # type: ignore[arg-type]


def participant_hash(devices: Iterable[Jid]) -> str:
    """The hash of a list of devices, as whatsmeow's participantListHashV2 makes it."""
    addresses = sorted(f"{jid.user}.0:{jid.device}@{jid.server}" for jid in devices)
    digest = hashlib.sha256("".join(addresses).encode()).digest()
    return "2:" + base64.b64encode(digest[:6]).decode().rstrip("=")


def bundle_children(bundle: PreKeyBundle) -> list[Node]:
    """A prekey bundle as <user> of a key answer and <keys> of a retry receipt hold it."""
    signed = _key_node("skey", bundle.signed_prekey_id, bundle.signed_prekey, bundle.signature)
    children = [
        Node("registration", {}, bundle.registration_id.to_bytes(4, "big")),
        Node("type", {}, _KEY_TYPE),
        Node("identity", {}, bundle.identity),
        signed,
    ]
    if bundle.prekey_id is not None and bundle.prekey is not None:
        children.append(_key_node("key", bundle.prekey_id, bundle.prekey))
    return children


def read_key(node: Node) -> tuple[int, bytes]:
    """The id and public key in a <key> or <skey>."""
    return _number(node, "id"), _bytes(node, "value")


def read_signed_key(node: Node) -> tuple[int, bytes, bytes]:
    """The id, public key and signature in a <skey>."""
    return *read_key(node), _bytes(node, "signature")


def read_number(node: Node, tag: str) -> int:
    """A child whose content is a big-endian number; 0 when it is missing."""
    return _number(node, tag)


def _key_node(tag: str, id: int, public: bytes, signature: bytes | None = None) -> Node:
    children = [Node("id", {}, id.to_bytes(3, "big")), Node("value", {}, public)]
    if signature is not None:
        children.append(Node("signature", {}, signature))
    return Node(tag, {}, children)


def _number(node: Node, tag: str) -> int:
    return int.from_bytes(_bytes(node, tag), "big")


def _bytes(node: Node, tag: str) -> bytes:
    child = node.child(tag)
    return child.bytes if child else b""
