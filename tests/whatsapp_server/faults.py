"""Faults that a test asks for, each to happen at a chosen moment and then no more."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from enum import StrEnum

from wasched.adapters.whatsapp.protocol.node import Node

from .protocol.certificates import CertificateFlaw


class SendFault(StrEnum):
    """What happens to one message that a client sends."""

    NONE = "none"  # let one message pass
    CUT_BEFORE_FRAME = "cut_before_frame"  # the server never saw it
    CUT_BEFORE_ACK = "cut_before_ack"  # the message arrived, its ack did not
    CUT_AFTER_ACK = "cut_after_ack"
    NO_ACK = "no_ack"
    LATE_ACK = "late_ack"
    REFUSED = "refused"  # an ack with an error code, and nobody gets the message


@dataclass(frozen=True)
class PlannedSendFault:
    """A fault and what it needs: seconds for a late ack, a code for a refusal."""

    kind: SendFault
    seconds: float = 0.0
    code: int = 0


class Connecting(StrEnum):
    """What happens to one connection before its login."""

    CUT = "cut"  # at once
    STALL = "stall"  # the server takes it and says nothing


@dataclass
class Faults:
    """All faults still to come; by phone number where they concern one account."""

    upgrades: deque[int] = field(default_factory=deque)  # HTTP statuses
    connecting: deque[Connecting] = field(default_factory=deque)
    certificates: deque[CertificateFlaw] = field(default_factory=deque)
    logins: dict[str, deque[Node]] = field(default_factory=lambda: defaultdict(deque))
    sends: dict[str, deque[PlannedSendFault]] = field(default_factory=lambda: defaultdict(deque))
    damaged: set[tuple[str, int]] = field(default_factory=set)  # devices whose next copy is
    muted: set[str] = field(default_factory=set)  # accounts whose pings get no answer
    prekey_delay: float = 0.0  # seconds
    prekey_refusals: int = 0  # questions for keys still to be refused
    media_failures: deque[int] = field(default_factory=deque)  # HTTP statuses
    media_delay: float = 0.0  # seconds

    def next_login(self, phone: str) -> Node | None:
        """The stanza that refuses this login; None when it may succeed."""
        return self.logins[phone].popleft() if self.logins[phone] else None

    def next_send(self, phone: str) -> PlannedSendFault:
        """What happens to this account's message."""
        planned = self.sends[phone]
        return planned.popleft() if planned else PlannedSendFault(SendFault.NONE)

    def refuses_prekeys(self) -> bool:
        """Tell, as often as was asked for, whether a question for keys is refused."""
        if not self.prekey_refusals:
            return False
        self.prekey_refusals -= 1
        return True

    def damages(self, phone: str, device: int) -> bool:
        """Tell, once, whether the next message to this device arrives damaged."""
        if (phone, device) not in self.damaged:
            return False
        self.damaged.remove((phone, device))
        return True

    def clear(self) -> None:
        """Forget every fault."""
        self.__init__()  # type: ignore[misc]


def failure(
    reason: int, *, code: int | None = None, expire: int | None = None, message: str = ""
) -> Node:
    """A <failure>, with which a server refuses a login (whatsmeow's connectionevents.go)."""
    attrs = {"reason": str(reason), "location": "sim", "message": message or None}
    if code is not None:
        attrs["code"] = str(code)
    if expire is not None:
        attrs["expire"] = str(expire)
    return Node("failure", {**attrs})


def stream_error(code: int | None = None, conflict: str = "") -> Node:
    """A <stream:error>, with which a server ends a connection."""
    children = [Node("conflict", {"type": conflict})] if conflict else None
    return Node("stream:error", {"code": None if code is None else str(code)}, children)
