"""JIDs: the addresses of people, their devices, groups and the server, as whatsmeow names them."""

from __future__ import annotations

from dataclasses import dataclass

PN = "s.whatsapp.net"  # people by phone number
LID = "lid"  # people by their hidden id
GROUP = "g.us"
BROADCAST = "broadcast"  # statuses
NEWSLETTER = "newsletter"  # channels
HOSTED = "hosted"
HOSTED_LID = "hosted.lid"
MESSENGER = "msgr"
INTEROP = "interop"


@dataclass(frozen=True, order=True)
class Jid:
    """An address: user, server and, for people, the number of the device (0 is the phone)."""

    user: str
    server: str = PN
    device: int = 0
    integrator: int = 0  # only on the interop server

    def __str__(self) -> str:
        if not self.user:
            return self.server
        device = f":{self.device}" if self.device else ""
        return f"{self.user}{device}@{self.server}"

    @property
    def bare(self) -> Jid:
        """The person, without the device."""
        return Jid(self.user, self.server)

    @classmethod
    def parse(cls, text: str) -> Jid:
        """Read "user:device@server", "user@server" or "server"; ValueError on a bad device."""
        user, at, server = text.rpartition("@")
        if not at:
            return cls("", text)
        user, _, device = user.partition(":")
        return cls(user, server, int(device) if device else 0)


SERVER = Jid("")
"""WhatsApp itself: the sender of stanzas that no person wrote."""
