"""The passkey gate: some accounts have to show one before a device may be linked.

The stages and their stanzas are those of whatsmeow's pair-passkey.go, seen from the other side;
what a refusal looks like is a guess, because no client shows it.

    server -> device   <notification type="passkey_prologue_request">     handlePasskeyNotification
    device -> server   <iq type="get"><passkey_request_options/>          getPasskeyRequestOptions
    device -> server   <iq type="get"><ref/>                              getCompanionRef
    device -> server   <iq type="set"><passkey_prologue>                  SendPasskeyResponse
    server -> device   <notification type="crsc_continuation">            handle…Continuation…
    device -> server   <iq type="set"><companion_nonce>                   handle…Continuation…
    device -> server   <iq type="set"><encrypted_pairing_request>         SendPasskeyConfirmation
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError as ProtobufError

from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.hkdf import hkdf_sha256, hmac_sha256
from wasched.adapters.whatsapp.protocol.node import Node
from wasched.adapters.whatsapp.protocol.protobufs import companion_reg

from .assertions import AssertionRefusedError, check_assertion
from .authenticator import RP_ID, to_text
from .background import Background
from .connection import Connection
from .seen import Seen
from .stanzas import IqError, notification
from .world import Person

_HANDOFF = b"shortcake-passkey-handoff-v1"
_SEALED = b"Pairing Information Encryption Key"
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTVWXYZ"
_CODE_BYTES = 5

Link = Callable[[Connection, Person, bytes, bytes], Awaitable[int]]


class Stage(StrEnum):
    """How far a ceremony has come; the phone's screen says the same."""

    ASKED = "asked"  # "continue on your other device"
    PROVEN = "proven"  # the passkey was shown; the phone has sent its key
    COMPARING = "comparing"  # the phone shows a code
    READY = "ready"  # the phone waits for the device's keys, without a code
    LINKED = "linked"
    FAILED = "failed"


@dataclass
class PasskeyTimes:
    """How long a request is good, and how the server behaves meanwhile.

    WhatsApp says 600 s for both the options and the assertion; `keeps_open` tells whether the
    connection outlives the QR codes while a ceremony is going on, which nobody has said.
    """

    request: float = 600.0
    keeps_open: bool = True
    embeds_options: bool = True  # else the device has to ask for them
    refusal: int = 0  # the code by which every assertion is refused, 0 to look at it
    delay: float = 0.0  # seconds before an assertion is answered
    phone_answers: bool = True  # else the phone keeps silent once the passkey was shown


@dataclass(eq=False)
class _Ceremony:
    connection: Connection
    person: Person
    adv_secret: bytes  # what the phone knows from the QR code or the pairing code
    challenge: str
    until: float
    ref: str = ""
    stage: Stage = Stage.ASKED
    code: str = ""
    proof: str = ""  # "valid", "wrong" or "missing"
    fault: str = ""
    device: int | None = None
    primary: KeyPair = field(default_factory=KeyPair.generate)
    nonce: bytes = field(default_factory=lambda: os.urandom(32))
    identity: Any = None  # CompanionEphemeralIdentity
    identity_bytes: bytes = b""
    commitment: bytes = b""


class Passkeys:
    """The server's and the phones' part in the ceremonies that are going on."""

    def __init__(self, seen: Seen, background: Background, link: Link) -> None:
        self.times = PasskeyTimes()
        self._seen, self._background, self._link = seen, background, link
        self._ceremonies: dict[Connection, _Ceremony] = {}
        self._last: dict[str, _Ceremony] = {}  # by phone, for the control API

    async def ask(self, connection: Connection, person: Person, adv_secret: bytes) -> None:
        """Tell a device that the account's owner must show a passkey."""
        until = asyncio.get_running_loop().time() + self.times.request
        ceremony = _Ceremony(connection, person, adv_secret, _challenge(), until)
        self._ceremonies[connection] = self._last[person.phone] = ceremony
        content = [self._options(ceremony)] if self.times.embeds_options else []
        await connection.send(notification("passkey_prologue_request", content))

    def keeps_open(self, connection: Connection) -> bool:
        """Tell whether a connection is kept although its codes have run out."""
        return self.times.keeps_open and connection in self._ceremonies

    def left(self, connection: Connection) -> None:
        """A client is gone."""
        ceremony = self._ceremonies.pop(connection, None)
        if ceremony and ceremony.stage not in (Stage.LINKED, Stage.FAILED):
            self._fail(ceremony, "the device hung up")

    def state(self, person: Person) -> dict[str, Any]:
        """What the phone's screen says of the last ceremony."""
        ceremony = self._last.get(person.phone)
        if ceremony is None:
            return {"stage": "none"}
        return {
            "stage": ceremony.stage.value,
            "code": ceremony.code,
            "proof": ceremony.proof,
            "fault": ceremony.fault,
            "device": ceremony.device,
            "options": json.loads(self._options(ceremony).bytes),
        }

    async def options(self, connection: Connection, _iq: Node) -> list[Node]:
        """Answer <passkey_request_options/> with a fresh challenge."""
        ceremony = self._of(connection)
        ceremony.challenge = _challenge()
        ceremony.until = asyncio.get_running_loop().time() + self.times.request
        return [self._options(ceremony)]

    async def ref(self, connection: Connection, _iq: Node) -> list[Node]:
        """Answer <ref/>."""
        ceremony = self._of(connection)
        ceremony.ref = "2@" + base64.b64encode(os.urandom(30)).decode()
        return [Node("ref", {}, ceremony.ref.encode())]

    async def prologue(self, connection: Connection, iq: Node) -> None:
        """Take <passkey_prologue>: the assertion, and the device's commitment."""
        ceremony, given = self._of(connection, Stage.ASKED), iq.child("passkey_prologue")
        assert given
        assertion, credential = given.child("webauthn_assertion"), given.child("credential_id")
        payload, proof = given.child("prologue_payload"), given.child("pairing_handoff_proof")
        if assertion is None or credential is None or payload is None:
            raise IqError(400, "bad-request")
        await asyncio.sleep(self.times.delay)
        if self.times.refusal:
            raise IqError(self.times.refusal, "refused")
        if asyncio.get_running_loop().time() > ceremony.until:
            ceremony.fault = "the request has expired"
            raise IqError(410, "gone")
        try:
            check_assertion(
                ceremony.person.passkeys, assertion.bytes, credential.bytes, ceremony.challenge
            )
        except AssertionRefusedError as fault:
            ceremony.fault = str(fault)
            raise IqError(401, "not-authorized") from fault
        ceremony.challenge = ""  # good once
        self._read_prologue(ceremony, payload.bytes)
        ceremony.proof = _judge(ceremony.adv_secret, payload.bytes, proof.bytes if proof else None)
        if ceremony.proof == "wrong":
            self._fail(ceremony, "the handoff proof is not by the device that showed the code")
            raise IqError(403, "forbidden")
        ceremony.stage, ceremony.fault = Stage.PROVEN, ""
        if self.times.phone_answers:
            self._background.start(self._continue(ceremony))

    async def nonce(self, connection: Connection, iq: Node) -> None:
        """Take <companion_nonce>: the device opens its commitment."""
        ceremony, given = self._of(connection, Stage.PROVEN), iq.child("companion_nonce")
        assert given
        opened = hashlib.sha256(ceremony.identity_bytes + given.bytes).digest()
        if len(given.bytes) != 32 or not hmac.compare_digest(opened, ceremony.commitment):
            self._fail(ceremony, "the nonce does not open the commitment")
            raise IqError(403, "forbidden")
        digest = hashlib.sha256(given.bytes + ceremony.primary.public).digest()
        ceremony.code = _code(ceremony.nonce, digest)
        ceremony.stage = Stage.READY if ceremony.proof == "valid" else Stage.COMPARING

    async def pairing_request(self, connection: Connection, iq: Node) -> None:
        """Take <encrypted_pairing_request>: the device's keys, for the phone alone."""
        ceremony = self._of(connection, Stage.READY, Stage.COMPARING)
        given = iq.child("encrypted_pairing_request")
        assert given
        request = self._open(ceremony, given.bytes)
        pairing = connection.payload.devicePairingData
        if request.companionPublicKey != connection.client_static:
            self._seen.problems.append("passkey: another noise key than the connection's")
        if request.companionIdentityKey != pairing.eIdent:
            self._seen.problems.append("passkey: another identity than the registration's")
        self._background.start(self._finish(ceremony, request))

    def _of(self, connection: Connection, *stages: Stage) -> _Ceremony:
        ceremony = self._ceremonies.get(connection)
        if ceremony is None or (stages and ceremony.stage not in stages):
            raise IqError(400, "bad-request")
        return ceremony

    def _fail(self, ceremony: _Ceremony, why: str) -> None:
        ceremony.stage, ceremony.fault = Stage.FAILED, why

    def _options(self, ceremony: _Ceremony) -> Node:
        options = {
            "challenge": ceremony.challenge,
            "timeout": int(self.times.request * 1000),
            "rpId": RP_ID,
            "allowCredentials": [],
            "userVerification": "required",
            "extensions": {"uvm": True},
        }
        return Node("passkey_request_options", {}, json.dumps(options).encode())

    def _read_prologue(self, ceremony: _Ceremony, payload: bytes) -> None:
        try:
            prologue = companion_reg.ProloguePayload.FromString(payload)
            ceremony.identity_bytes = prologue.companionEphemeralIdentity
            ceremony.identity = companion_reg.CompanionEphemeralIdentity.FromString(
                ceremony.identity_bytes
            )
        except ProtobufError as fault:
            raise IqError(400, "bad-request") from fault
        ceremony.commitment = prologue.commitment.hash
        if ceremony.identity.ref != ceremony.ref or len(ceremony.identity.publicKey) != 32:
            raise IqError(400, "bad-request")

    async def _continue(self, ceremony: _Ceremony) -> None:
        identity = companion_reg.PrimaryEphemeralIdentity(
            publicKey=ceremony.primary.public, nonce=ceremony.nonce
        )
        child = Node("primary_ephemeral_identity", {}, identity.SerializeToString())
        await ceremony.connection.send(notification("crsc_continuation", [child]))

    def _open(self, ceremony: _Ceremony, sealed: bytes) -> companion_reg.PairingRequest:
        identity = ceremony.identity
        salt = f"Companion Pairing {identity.deviceType} with ref {ceremony.ref}".encode()
        try:
            shared = ceremony.primary.agree(identity.publicKey)
            key = hkdf_sha256(shared, 32, salt=salt, info=_SEALED)
            wrapped = companion_reg.EncryptedPairingRequest.FromString(sealed)
            opened = AESGCM(key).decrypt(wrapped.IV, wrapped.encryptedPayload, None)
            return companion_reg.PairingRequest.FromString(opened)
        except (InvalidTag, ValueError, ProtobufError) as fault:
            self._fail(ceremony, "the pairing request does not open")
            raise IqError(400, "bad-request") from fault

    async def _finish(self, ceremony: _Ceremony, request: companion_reg.PairingRequest) -> None:
        try:
            ceremony.device = await self._link(
                ceremony.connection,
                ceremony.person,
                request.companionIdentityKey,
                request.advSecret,
            )
        except Exception as fault:
            self._fail(ceremony, str(fault))
        else:
            ceremony.stage = Stage.LINKED


def _challenge() -> str:
    return to_text(os.urandom(32))


def _judge(adv_secret: bytes, payload: bytes, proof: bytes | None) -> str:
    if proof is None:
        return "missing"
    key = hkdf_sha256(adv_secret, 32, info=_HANDOFF)
    return "valid" if hmac.compare_digest(hmac_sha256(key, payload), proof) else "wrong"


def _code(nonce: bytes, digest: bytes) -> str:
    mixed = bytes(a ^ b for a, b in zip(nonce[:_CODE_BYTES], digest, strict=False))
    number = int.from_bytes(mixed, "big")
    letters = [_ALPHABET[number >> 5 * place & 31] for place in range(7, -1, -1)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])
