"""App state ("syncd"): collections of small records that phone and linked devices keep alike.

Each change is a patch: encrypted mutations, and MACs over the patch and over a hash of all
records. The rules are those of whatsmeow's appstate package.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from google.protobuf.message import DecodeError as ProtobufError

from . import lthash
from .aes import cbc_decrypt, cbc_encrypt
from .hkdf import hkdf_sha256, hmac_sha256
from .jid import Jid
from .protobufs import e2e, server_sync, sync_action

_SET, _REMOVE = 0, 1  # SyncdMutation.SyncdOperation
_MAC, _IV = 32, 16  # bytes
_ACTION_VERSION = 2

Index = tuple[str, ...]


class AppStateError(Exception):
    """A patch does not follow from the state before it, or was not made with the account's key."""


@dataclass(frozen=True)
class Mutation:
    """One record to set or to remove: its index, such as ("contact", jid), and its value."""

    index: Index
    value: sync_action.SyncActionValue
    remove: bool = False


def contact(
    jid: Jid, full_name: str, first_name: str | None = None, lid: Jid | None = None
) -> Mutation:
    """A name in the phone's address book (collection critical_unblock_low)."""
    value = sync_action.SyncActionValue()
    value.contactAction.fullName = full_name
    value.contactAction.firstName = first_name or full_name.partition(" ")[0]
    if lid:
        value.contactAction.lidJID = str(lid)
    return Mutation(("contact", str(jid)), value)


def push_name(name: str) -> Mutation:
    """The name the account shows to others (collection critical_block)."""
    value = sync_action.SyncActionValue()
    value.pushNameSetting.name = name
    return Mutation(("setting_pushName",), value)


@dataclass
class _Collection:
    version: int = 0
    hash: bytes = lthash.EMPTY
    macs: dict[bytes, bytes] = field(default_factory=dict)  # index MAC: value MAC
    values: dict[Index, sync_action.SyncActionValue] = field(default_factory=dict)
    patches: list[bytes] = field(default_factory=list)

    def after(self, mutations: Sequence[server_sync.SyncdMutation]) -> _Collection:
        """The next version, as far as hash and MACs go."""
        macs, state = dict(self.macs), self.hash
        for mutation in mutations:
            index_mac = mutation.record.index.blob
            before = macs.pop(index_mac, None)
            if before is not None:
                state = lthash.remove(state, before)
            if mutation.operation == _SET:
                macs[index_mac] = mutation.record.value.blob[-_MAC:]
                state = lthash.add(state, macs[index_mac])
        return replace(self, version=self.version + 1, hash=state, macs=macs)


class AppState:
    """The app state of one account, with the one key that encrypts it."""

    def __init__(self, key: bytes | None = None, key_id: bytes | None = None) -> None:
        self.key = key or os.urandom(32)
        self.key_id = key_id or os.urandom(6)
        expanded = hkdf_sha256(self.key, 160, info=b"WhatsApp Mutation Keys")
        self._index_key, self._cipher_key, self._value_key, self._snapshot_key, self._patch_key = (
            expanded[i : i + 32] for i in range(0, 160, 32)
        )
        self._collections: dict[str, _Collection] = {}

    def version(self, collection: str) -> int:
        """How many patches a collection has."""
        return self._collection(collection).version

    def patches_after(self, collection: str, version: int) -> list[bytes]:
        """The patches (SyncdPatch bytes) that follow a version."""
        return self._collection(collection).patches[version:]

    def values(self, collection: str) -> dict[Index, sync_action.SyncActionValue]:
        """What a collection holds now."""
        return dict(self._collection(collection).values)

    def key_share(self, now: datetime) -> e2e.Message:
        """The message by which the phone gives a new device the key."""
        message = e2e.Message()
        message.protocolMessage.type = e2e.ProtocolMessage.APP_STATE_SYNC_KEY_SHARE
        share = message.protocolMessage.appStateSyncKeyShare.keys.add()
        share.keyID.keyID = self.key_id
        share.keyData.keyData = self.key
        share.keyData.timestamp = _milliseconds(now)
        share.keyData.fingerprint.rawID = 1
        share.keyData.fingerprint.currentIndex = 0
        return message

    def write(self, collection: str, mutations: Sequence[Mutation], now: datetime) -> bytes:
        """Change a collection as the phone does; the new patch (SyncdPatch bytes)."""
        patch = server_sync.SyncdPatch()
        patch.keyID.ID = self.key_id
        patch.mutations.extend(self._encrypt(mutation, now) for mutation in mutations)
        state = self._collection(collection).after(patch.mutations)
        patch.version.version = state.version
        patch.snapshotMAC = self._snapshot_mac(collection, state)
        patch.patchMAC = self._patch_mac(collection, state, patch)
        return self._store(collection, state, patch, mutations)

    def accept(self, collection: str, patch: bytes) -> bytes:
        """Check, number and keep a linked device's patch; returns it as others are to get it.

        Raises AppStateError. The server numbers patches; a device sends its own without a number.
        """
        try:
            parsed = server_sync.SyncdPatch.FromString(patch)
        except ProtobufError as fault:
            raise AppStateError("the patch is no protobuf") from fault
        mutations = [self._decrypt(mutation) for mutation in parsed.mutations]
        state = self._collection(collection).after(parsed.mutations)
        if parsed.snapshotMAC != self._snapshot_mac(collection, state):
            raise AppStateError(f"{collection}: the snapshot MAC is not that of {state.version}")
        if parsed.patchMAC != self._patch_mac(collection, state, parsed):
            raise AppStateError(f"{collection}: the patch MAC is not that of {state.version}")
        parsed.version.version = state.version
        return self._store(collection, state, parsed, mutations)

    def _collection(self, name: str) -> _Collection:
        return self._collections.setdefault(name, _Collection())

    def _store(
        self,
        name: str,
        state: _Collection,
        patch: server_sync.SyncdPatch,
        mutations: Sequence[Mutation],
    ) -> bytes:
        stored: bytes = patch.SerializeToString()
        state.patches.append(stored)
        for mutation in mutations:
            state.values.pop(mutation.index, None)
            if not mutation.remove:
                state.values[mutation.index] = mutation.value
        self._collections[name] = state
        return stored

    def _encrypt(self, mutation: Mutation, now: datetime) -> server_sync.SyncdMutation:
        index = json.dumps(mutation.index, separators=(",", ":")).encode()
        value = sync_action.SyncActionValue()
        value.CopyFrom(mutation.value)
        value.timestamp = _milliseconds(now)
        action = sync_action.SyncActionData(
            index=index, value=value, padding=b"", version=_ACTION_VERSION
        )
        iv = os.urandom(_IV)
        content = iv + cbc_encrypt(self._cipher_key, iv, action.SerializeToString())
        encrypted = server_sync.SyncdMutation(operation=_REMOVE if mutation.remove else _SET)
        encrypted.record.keyID.ID = self.key_id
        encrypted.record.index.blob = hmac_sha256(self._index_key, index)
        encrypted.record.value.blob = content + self._value_mac(encrypted.operation, content)
        return encrypted

    def _decrypt(self, mutation: server_sync.SyncdMutation) -> Mutation:
        if mutation.record.keyID.ID != self.key_id:
            raise AppStateError("a mutation is encrypted with an unknown key")
        blob = mutation.record.value.blob
        content, value_mac = blob[:-_MAC], blob[-_MAC:]
        if value_mac != self._value_mac(mutation.operation, content):
            raise AppStateError("the MAC of a mutation does not match")
        action = sync_action.SyncActionData()
        try:
            action.ParseFromString(cbc_decrypt(self._cipher_key, content[:_IV], content[_IV:]))
            index = tuple(json.loads(action.index))
        except (ProtobufError, ValueError) as fault:
            raise AppStateError("a mutation does not decrypt") from fault
        index_mac = hmac_sha256(self._index_key, action.index)
        if mutation.record.index.blob != index_mac:
            raise AppStateError("the index MAC of a mutation does not match")
        remove = mutation.operation == _REMOVE
        return Mutation(index, action.value, remove)

    def _value_mac(self, operation: int, content: bytes) -> bytes:
        associated = bytes([operation + 1]) + self.key_id
        length = _uint64(len(associated))
        mac = hmac.new(self._value_key, associated + content + length, hashlib.sha512)
        return mac.digest()[:_MAC]

    def _snapshot_mac(self, name: str, state: _Collection) -> bytes:
        return hmac_sha256(self._snapshot_key, state.hash, _uint64(state.version), name.encode())

    def _patch_mac(self, name: str, state: _Collection, patch: server_sync.SyncdPatch) -> bytes:
        value_macs = (mutation.record.value.blob[-_MAC:] for mutation in patch.mutations)
        version = _uint64(state.version)
        return hmac_sha256(self._patch_key, patch.snapshotMAC, *value_macs, version, name.encode())


def _uint64(number: int) -> bytes:
    return number.to_bytes(8, "big")


def _milliseconds(now: datetime) -> int:
    return int(now.timestamp() * 1000)
