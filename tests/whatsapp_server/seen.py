"""What the server saw: every stanza, how often each message id arrived, and what went wrong."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wasched.adapters.whatsapp.protocol.node import Node

KEPT = 20_000  # stanzas; a benchmark sends more than anybody wants to read


@dataclass(frozen=True)
class Stanza:
    """One stanza that went over a connection."""

    at: datetime
    connection: int
    account: str  # phone number, empty before the login
    device: int
    is_incoming: bool  # from the client
    node: Node

    def as_dict(self) -> dict[str, Any]:
        """The stanza for the control API."""
        return {
            "at": self.at.isoformat(),
            "connection": self.connection,
            "account": self.account,
            "device": self.device,
            "from_client": self.is_incoming,
            "tag": self.node.tag,
            "id": self.node.get("id"),
            "attrs": {name: str(value) for name, value in self.node.attrs.items() if value},
            "children": [child.tag for child in self.node.children],
            "xml": str(self.node),
        }


class Seen:
    """The record of one world."""

    def __init__(self) -> None:
        self.stanzas: deque[Stanza] = deque(maxlen=KEPT)
        self.message_ids: Counter[str] = Counter()
        self.unanswered: list[str] = []  # iqs of a client that the server has no answer to
        self.problems: list[str] = []  # what no honest client, or no right server, would do

    def clear(self) -> None:
        """Forget everything."""
        self.__init__()  # type: ignore[misc]

    def note(
        self, node: Node, *, connection: int, account: str, device: int, is_incoming: bool
    ) -> None:
        """Record a stanza."""
        now = datetime.now(UTC)
        self.stanzas.append(Stanza(now, connection, account, device, is_incoming, node))

    def count_message(self, id: str) -> int:
        """Count one more arrival of a message id; how many there are now."""
        self.message_ids[id] += 1
        return self.message_ids[id]

    def select(
        self, tag: str = "", account: str = "", id: str = "", from_client: bool | None = None
    ) -> list[Stanza]:
        """The stanzas that match everything that was given."""
        return [
            stanza
            for stanza in self.stanzas
            if (not tag or stanza.node.tag == tag)
            and (not account or stanza.account == account)
            and (not id or stanza.node.get("id") == id)
            and (from_client is None or stanza.is_incoming == from_client)
        ]
