"""The proof that a linked device belongs to its account, which its first messages must carry."""

from __future__ import annotations

from wasched.adapters.whatsapp.protocol.node import Node

from .protocol.pairing import device_signature_is_valid
from .protocol.signal import SignalError, identity_of
from .seen import Seen
from .world import PHONE, Person


class Identities:
    """Checks the <device-identity> of messages; a phone refuses a "pkmsg" without it."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def check(self, sender: Person, number: int, message: Node) -> None:
        """Note a problem if a message that starts sessions does not prove who sent it."""
        if number == PHONE or not (invitations := _invitations(message)):
            return
        identity = sender.linked[number].identity
        if any(_claimed(enc) != identity for enc in invitations):
            self._problem(message, "a pkmsg names another identity than the device's")
        proof = message.child("device-identity")
        if proof is None:
            self._problem(message, "a pkmsg without a device-identity")
        elif not device_signature_is_valid(sender.device.identity.public, identity, proof.bytes):
            self._problem(message, "the device-identity does not verify")

    def _problem(self, message: Node, what: str) -> None:
        self._seen.problems.append(f"message {message.get('id')}: {what}")


def _invitations(message: Node) -> list[Node]:
    participants = message.child("participants")
    copies = [to.child("enc") for to in (participants.children if participants else [])]
    encs = [*message.all("enc"), *filter(None, copies)]
    return [enc for enc in encs if enc.get("type") == "pkmsg"]


def _claimed(enc: Node) -> bytes:
    try:
        return identity_of(enc.bytes)
    except SignalError:
        return b""
