"""Retry receipts: "I cannot decrypt this, send it again", and the keys to do so."""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.node import Node

from .protocol.signal import Device, PreKeyBundle
from .stanzas import Attributes, bundle_children, now, read_key, read_number, read_signed_key

MAX_RETRIES = 5


def retry_receipt(device: Device, message: Node, count: int) -> Node:
    """What a device sends about a message it could not decrypt (whatsmeow's sendRetryReceipt)."""
    id = message.get("id")
    retry = Node("retry", {"v": "1", "count": str(count), "id": id, "t": message.get("t")})
    registration, *keys = bundle_children(device.bundle())
    attrs: Attributes = {"id": id, "type": "retry", "t": now(), "to": message.jid("from")}
    return Node("receipt", attrs, [retry, registration, Node("keys", {}, keys)])


def retry_count(receipt: Node) -> int:
    """How often the message was asked for again."""
    retry = receipt.child("retry")
    return int(retry.get("count", "1")) if retry else 1


def offered_bundle(receipt: Node) -> PreKeyBundle | None:
    """The keys that a retry receipt brings; None when a fresh bundle must be fetched."""
    keys = receipt.child("keys")
    identity, signed = receipt.child("keys", "identity"), receipt.child("keys", "skey")
    if keys is None or identity is None or signed is None:
        return None
    prekey = keys.child("key")
    id, public = read_key(prekey) if prekey else (None, None)
    registration = read_number(receipt, "registration")
    return PreKeyBundle(registration, identity.bytes, *read_signed_key(signed), id, public)
