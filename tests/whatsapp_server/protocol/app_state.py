"""App state ("syncd"): collections of small records that phone and linked devices keep alike.

Each change is a patch: encrypted mutations, and MACs over the patch and over a hash of all
records. The rules are those of whatsmeow's appstate package.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from google.protobuf.message import DecodeError as ProtobufError

from . import lthash
from .app_state_keys import MAC_LENGTH, SET, AppStateKeys
from .mutations import AppStateError, Index, Mutation, contact, push_name
from .protobufs import e2e, server_sync, sync_action

__all__ = ["AppState", "AppStateError", "Index", "Mutation", "contact", "push_name"]

_Macs = dict[bytes, bytes]  # index MAC: value MAC


@dataclass
class _Collection:
    version: int = 0
    hash: bytes = lthash.EMPTY
    macs: _Macs = field(default_factory=dict)
    values: dict[Index, sync_action.SyncActionValue] = field(default_factory=dict)
    patches: list[bytes] = field(default_factory=list)

    def hash_after(self, mutations: Sequence[server_sync.SyncdMutation]) -> tuple[bytes, _Macs]:
        """What hash and MACs become with these mutations."""
        state, macs = self.hash, dict(self.macs)
        for mutation in mutations:
            before = macs.pop(mutation.record.index.blob, None)
            if before is not None:
                state = lthash.remove(state, before)
            if mutation.operation == SET:
                value_mac = mutation.record.value.blob[-MAC_LENGTH:]
                macs[mutation.record.index.blob] = value_mac
                state = lthash.add(state, value_mac)
        return state, macs

    def apply(
        self,
        patch: server_sync.SyncdPatch,
        mutations: Sequence[Mutation],
        state: bytes,
        macs: _Macs,
    ) -> bytes:
        """Take the next patch; its bytes."""
        self.version, self.hash, self.macs = patch.version.version, state, macs
        for mutation in mutations:
            self.values.pop(mutation.index, None)
            if not mutation.remove:
                self.values[mutation.index] = mutation.value
        self.patches.append(patch.SerializeToString())
        return self.patches[-1]


class AppState:
    """The app state of one account, with the one key that encrypts it."""

    def __init__(self, key: bytes | None = None, key_id: bytes | None = None) -> None:
        self.key = key or os.urandom(32)
        self.key_id = key_id or os.urandom(6)
        self._keys = AppStateKeys(self.key, self.key_id)
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
        share.keyData.timestamp = int(now.timestamp() * 1000)
        share.keyData.fingerprint.rawID = 1
        share.keyData.fingerprint.currentIndex = 0
        return message

    def write(self, collection: str, mutations: Sequence[Mutation], now: datetime) -> bytes:
        """Change a collection as the phone does; the new patch (SyncdPatch bytes)."""
        before = self._collection(collection)
        patch = server_sync.SyncdPatch()
        patch.keyID.ID = self.key_id
        patch.mutations.extend(self._keys.encrypt(mutation, now) for mutation in mutations)
        patch.version.version = before.version + 1
        state, macs = before.hash_after(patch.mutations)
        version = patch.version.version
        patch.snapshotMAC = self._keys.snapshot_mac(collection, version, state)
        patch.patchMAC = self._keys.patch_mac(collection, version, patch)
        return before.apply(patch, mutations, state, macs)

    def accept(self, collection: str, patch: bytes) -> bytes:
        """Check, number and keep a linked device's patch; returns it as others are to get it.

        Raises AppStateError. The server numbers patches; a device sends its own without a number.
        """
        try:
            parsed = server_sync.SyncdPatch.FromString(patch)
        except ProtobufError as fault:
            raise AppStateError("the patch is no protobuf") from fault
        mutations = [self._keys.decrypt(mutation) for mutation in parsed.mutations]
        before = self._collection(collection)
        parsed.version.version = version = before.version + 1
        state, macs = before.hash_after(parsed.mutations)
        if parsed.snapshotMAC != self._keys.snapshot_mac(collection, version, state):
            raise AppStateError(f"{collection}: the snapshot MAC is not that of {version}")
        if parsed.patchMAC != self._keys.patch_mac(collection, version, parsed):
            raise AppStateError(f"{collection}: the patch MAC is not that of {version}")
        return before.apply(parsed, mutations, state, macs)

    def _collection(self, name: str) -> _Collection:
        return self._collections.setdefault(name, _Collection())
