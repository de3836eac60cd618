"""The keys derived from one app state key, and what they encrypt and authenticate.

Source: keys.go, encode.go, decode.go and hash.go of whatsmeow's appstate package.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from datetime import datetime

from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.protocol.aes import cbc_decrypt, cbc_encrypt
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256, hmac_sha256

from .mutations import AppStateError, Mutation
from .protobufs import server_sync, sync_action

SET, REMOVE = 0, 1  # SyncdMutation.SyncdOperation
MAC_LENGTH = 32  # bytes, at the end of each encrypted value
_IV_LENGTH = 16
_ACTION_VERSION = 2


class AppStateKeys:
    """Five keys from one: for indexes, values, and the MACs of values, snapshots and patches."""

    def __init__(self, key: bytes, key_id: bytes) -> None:
        self._id = key_id
        derived = hkdf_sha256(key, 160, info=b"WhatsApp Mutation Keys")
        self._index, self._cipher, self._value, self._snapshot, self._patch = (
            derived[at : at + 32] for at in range(0, 160, 32)
        )

    def encrypt(self, mutation: Mutation, now: datetime) -> server_sync.SyncdMutation:
        """A mutation as it goes into a patch."""
        index = json.dumps(mutation.index, separators=(",", ":")).encode()
        value = sync_action.SyncActionValue()
        value.CopyFrom(mutation.value)
        value.timestamp = int(now.timestamp() * 1000)
        action = sync_action.SyncActionData(
            index=index, value=value, padding=b"", version=_ACTION_VERSION
        )
        iv = os.urandom(_IV_LENGTH)
        content = iv + cbc_encrypt(self._cipher, iv, action.SerializeToString())
        encrypted = server_sync.SyncdMutation(operation=REMOVE if mutation.remove else SET)
        encrypted.record.keyID.ID = self._id
        encrypted.record.index.blob = hmac_sha256(self._index, index)
        encrypted.record.value.blob = content + self._value_mac(encrypted.operation, content)
        return encrypted

    def decrypt(self, encrypted: server_sync.SyncdMutation) -> Mutation:
        """A mutation out of a patch; raises AppStateError unless key and MACs are right."""
        record = encrypted.record
        if self._id != record.keyID.ID:
            raise AppStateError("a mutation is encrypted with an unknown key")
        content, value_mac = record.value.blob[:-MAC_LENGTH], record.value.blob[-MAC_LENGTH:]
        if value_mac != self._value_mac(encrypted.operation, content):
            raise AppStateError("the MAC of a mutation does not match")
        action = sync_action.SyncActionData()
        iv, ciphertext = content[:_IV_LENGTH], content[_IV_LENGTH:]
        try:
            action.ParseFromString(cbc_decrypt(self._cipher, iv, ciphertext))
            index = tuple(json.loads(action.index))
        except (ProtobufError, ValueError) as fault:
            raise AppStateError("a mutation does not decrypt") from fault
        if record.index.blob != hmac_sha256(self._index, action.index):
            raise AppStateError("the index MAC of a mutation does not match")
        return Mutation(index, action.value, encrypted.operation == REMOVE)

    def snapshot_mac(self, collection: str, version: int, state: bytes) -> bytes:
        """The MAC over the hash (LtHash, 128 bytes) of all records."""
        return hmac_sha256(self._snapshot, state, _uint64(version), collection.encode())

    def patch_mac(self, collection: str, version: int, patch: server_sync.SyncdPatch) -> bytes:
        """The MAC over a patch, its snapshot MAC included."""
        values = (mutation.record.value.blob[-MAC_LENGTH:] for mutation in patch.mutations)
        return hmac_sha256(
            self._patch, patch.snapshotMAC, *values, _uint64(version), collection.encode()
        )

    def _value_mac(self, operation: int, content: bytes) -> bytes:
        associated = bytes([operation + 1]) + self._id
        mac = hmac.digest(
            self._value, associated + content + _uint64(len(associated)), hashlib.sha512
        )
        return mac[:MAC_LENGTH]


def _uint64(number: int) -> bytes:
    return number.to_bytes(8, "big")
