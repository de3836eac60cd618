"""One Signal device: its keys, its sessions with other devices and its sender keys.

Peers and groups are named by any string that is the same each time, usually their JID.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property

from wasched.adapters.whatsapp.protocol.curve import KeyPair

from .errors import DuplicateMessageError, InvalidMessageError, NoSessionError, SignalError
from .padding import pad, unpad
from .ratchet import Session
from .sender_key import OwnSenderKey, TheirSenderKey, split_signature
from .wire import PreKeyWhisperMessage, SenderKeyDistributionMessage, SenderKeyMessage
from .x3dh import PreKeyBundle, agree_as_initiator, agree_as_responder, sign_prekey

MAX_SESSIONS = 40  # kept per peer, as in libsignal


@dataclass(frozen=True)
class SignedPreKey:
    """A prekey that serves many sessions, signed by the identity."""

    id: int
    key: KeyPair
    signature: bytes


@dataclass(frozen=True)
class _Invitation:
    """What an initiator repeats in each message until the responder has answered."""

    base_key: bytes
    prekey_id: int | None
    signed_prekey_id: int


class Device:
    """A phone, or a linked device, as far as encryption goes."""

    def __init__(self, identity: KeyPair | None = None, registration_id: int | None = None) -> None:
        self.identity = identity or KeyPair.generate()
        self.registration_id = registration_id or 1 + int.from_bytes(os.urandom(2)) % 16380
        self._prekeys: dict[int, KeyPair] = {}
        self._last_prekey_id = 0
        self._sessions: dict[str, list[Session]] = {}  # the current one first
        self._invitations: dict[bytes, _Invitation] = {}  # by base key, of unanswered sessions
        self._own_sender_keys: dict[str, OwnSenderKey] = {}
        self._their_sender_keys: dict[tuple[str, str, int], TheirSenderKey] = {}

    @cached_property
    def signed_prekey(self) -> SignedPreKey:
        """The signed prekey; made when first asked for."""
        key = KeyPair.generate()
        return SignedPreKey(1, key, sign_prekey(self.identity, key.public))

    def take_prekey(self) -> tuple[int, bytes]:
        """A fresh one-time prekey: its id and public key."""
        self._last_prekey_id += 1
        key = self._prekeys[self._last_prekey_id] = KeyPair.generate()
        return self._last_prekey_id, key.public

    def bundle(self, *, one_time: bool = True) -> PreKeyBundle:
        """What another device needs to write to this one."""
        signed = self.signed_prekey
        prekey = self.take_prekey() if one_time else (None, None)
        return PreKeyBundle(
            self.registration_id,
            self.identity.public,
            signed.id,
            signed.key.public,
            signed.signature,
            *prekey,
        )

    def has_session(self, peer: str) -> bool:
        """Tell whether `encrypt` would find a session."""
        return peer in self._sessions

    def start_session(self, peer: str, bundle: PreKeyBundle) -> None:
        """Begin a new session as its initiator; raises InvalidMessageError on a forged bundle."""
        base = KeyPair.generate()
        keys = agree_as_initiator(self.identity, base, bundle)
        session = Session.initiate(
            self.identity.public, bundle.identity, base.public, bundle.signed_prekey, keys
        )
        self._invitations[base.public] = _Invitation(
            base.public, bundle.prekey_id, bundle.signed_prekey_id
        )
        self._make_current(peer, session)

    def forget_session(self, peer: str) -> None:
        """Drop every session with a peer."""
        self._sessions.pop(peer, None)

    def encrypt(self, peer: str, plaintext: bytes) -> tuple[str, bytes]:
        """Encrypt for a peer: the <enc> type ("pkmsg", "msg") and content; or NoSessionError."""
        if peer not in self._sessions:
            raise NoSessionError(f"no session with {peer}")
        session = self._sessions[peer][0]
        message = session.encrypt(pad(plaintext))
        invitation = self._invitations.get(session.base_key)
        if invitation is None:
            return "msg", message
        return "pkmsg", self._invite(invitation, message)

    def decrypt(self, peer: str, kind: str, ciphertext: bytes) -> bytes:
        """Read an <enc> of type "pkmsg" or "msg"; a SignalError leaves all as it was."""
        if kind == "pkmsg":
            return self._accept(peer, PreKeyWhisperMessage.decode(ciphertext))
        if kind != "msg":
            raise InvalidMessageError(f"{kind!r} is not encrypted for one device")
        return self._read(peer, self._sessions.get(peer, []), ciphertext)

    def distribution_message(self, group: str) -> bytes:
        """The own sender key of a group, for a member that has none; made when first asked for."""
        return self._own_sender_key(group).distribution()

    def accept_distribution(self, group: str, sender: str, message: bytes) -> None:
        """Take the sender key of another device; raises InvalidMessageError.

        A key that is known already is kept: starting again at a later message would lose those
        in between.
        """
        distribution = SenderKeyDistributionMessage.decode(message)
        name = (group, sender, distribution.key_id)
        known = self._their_sender_keys.get(name)
        if known is None or known.signing_key != distribution.signing_key:
            self._their_sender_keys[name] = TheirSenderKey.from_distribution(distribution)

    def encrypt_group(self, group: str, plaintext: bytes) -> bytes:
        """Encrypt for every member that has the own sender key (the content of an "skmsg")."""
        return self._own_sender_key(group).encrypt(pad(plaintext))

    def decrypt_group(self, group: str, sender: str, ciphertext: bytes) -> bytes:
        """Read the content of an "skmsg"; raises a SignalError."""
        body, _ = split_signature(ciphertext)
        key_id = SenderKeyMessage.decode(body).key_id
        key = self._their_sender_keys.get((group, sender, key_id))
        if key is None:
            raise NoSessionError(f"no sender key {key_id} of {sender} for {group}")
        return unpad(key.decrypt(ciphertext))

    def forget_sender_key(self, group: str) -> None:
        """Use a new own sender key from now on, as after a member has left."""
        self._own_sender_keys.pop(group, None)

    def _own_sender_key(self, group: str) -> OwnSenderKey:
        if group not in self._own_sender_keys:
            self._own_sender_keys[group] = OwnSenderKey()
        return self._own_sender_keys[group]

    def _invite(self, invitation: _Invitation, message: bytes) -> bytes:
        return PreKeyWhisperMessage(
            invitation.prekey_id,
            invitation.base_key,
            self.identity.public,
            message,
            self.registration_id,
            invitation.signed_prekey_id,
        ).encode()

    def _accept(self, peer: str, invitation: PreKeyWhisperMessage) -> bytes:
        known = [s for s in self._sessions.get(peer, []) if s.base_key == invitation.base_key]
        if known:
            return self._read(peer, known, invitation.message)
        session = self._respond(invitation)
        plaintext = self._read(peer, [session], invitation.message)
        if invitation.prekey_id is not None:
            del self._prekeys[invitation.prekey_id]  # X3DH, section 3.4: used once
        return plaintext

    def _respond(self, invitation: PreKeyWhisperMessage) -> Session:
        if invitation.signed_prekey_id != self.signed_prekey.id:
            raise InvalidMessageError(f"there is no signed prekey {invitation.signed_prekey_id}")
        prekey = None
        if invitation.prekey_id is not None:
            prekey = self._prekeys.get(invitation.prekey_id)
            if prekey is None:
                raise InvalidMessageError(f"the prekey {invitation.prekey_id} is used or unknown")
        signed, theirs, base = self.signed_prekey.key, invitation.identity, invitation.base_key
        keys = agree_as_responder(self.identity, signed, prekey, theirs, base)
        return Session.respond(self.identity.public, theirs, base, signed, keys)

    def _read(self, peer: str, sessions: list[Session], ciphertext: bytes) -> bytes:
        """Try the sessions in turn, each on a copy, so that a failure changes none of them."""
        failure: SignalError = NoSessionError(f"no session with {peer}")
        for session in sessions:
            attempt = session.copy()
            try:
                plaintext = unpad(attempt.decrypt(ciphertext))
            except DuplicateMessageError:
                raise  # it is of this session, so no other can read it
            except SignalError as error:
                failure = error
                continue
            self._invitations.pop(session.base_key, None)
            self._make_current(peer, attempt)
            return plaintext
        raise failure

    def _make_current(self, peer: str, session: Session) -> None:
        others = [s for s in self._sessions.get(peer, []) if s.base_key != session.base_key]
        self._sessions[peer] = [session, *others][:MAX_SESSIONS]


def identity_of(prekey_message: bytes) -> bytes:
    """The sender's identity key (32 bytes) a "pkmsg" names; raises InvalidMessageError."""
    return PreKeyWhisperMessage.decode(prekey_message).identity
