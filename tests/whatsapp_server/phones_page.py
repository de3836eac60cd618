"""A page that shows people's phones, for trying the product by hand, and what it asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .commands import described
from .loopback_http import Response
from .received import MEDIA, Received
from .server import WhatsAppServer
from .votes import options_of
from .world import Group, Person

_PAGE = Path(__file__).with_name("phones.html")
_SHOWN = 60  # messages on one phone
_UNSEEN = ("edit", "revoke", "protocol", "reaction")  # what changes another message


def page() -> Response:
    """The page itself; it loads nothing from anywhere else."""
    return Response(body=_PAGE.read_bytes(), content_type="text/html; charset=utf-8")


class PageCommands:
    """What the page asks for."""

    def __init__(self, server: WhatsAppServer) -> None:
        self._server, self._world = server, server.world

    async def phones(self) -> dict[str, Any]:
        """Everybody, with what is on their phones, and all groups."""
        people = [self._phone(one) for one in self._world.people.values() if one.is_registered]
        groups = {str(one.jid): self._group(one) for one in self._world.groups.values()}
        return {"people": people, "groups": groups, "now": datetime.now(UTC).isoformat()}

    def _phone(self, person: Person) -> dict[str, Any]:
        messages = sorted([*person.inbox, *person.outbox, *person.written], key=lambda one: one.at)
        shown = [one for one in messages if one.kind not in _UNSEEN][-_SHOWN:]
        online = [one.number for one in person.linked.values() if one.connection]
        names = {
            phone: person.address_book.get(phone) or other.name
            for phone, other in self._world.people.items()
        }
        content = [self._message(person, one) for one in shown]
        return described(person) | {"online": online, "messages": content, "names": names}

    def _message(self, person: Person, received: Received) -> dict[str, Any]:
        content = getattr(received.content, received.field) if received.field else None
        return {
            "id": received.id,
            "chat": received.chat,
            "from": received.sender,
            "is_mine": received.sender == person.phone,
            "at": received.at.isoformat(),
            "kind": received.kind,
            "text": received.text if received.edited is None else received.edited,
            "is_edited": received.edited is not None,
            "is_revoked": received.is_revoked,
            "is_read": "read" in received.receipts,
            "mimetype": getattr(content, "mimetype", "") if received.field in MEDIA else "",
            "file_name": getattr(content, "fileName", ""),
            "options": options_of(received) if received.kind == "poll" else [],
            "votes": list(received.votes),
            "problem": received.problem,
        }

    def _group(self, group: Group) -> dict[str, Any]:
        writers = [phone for phone in group.members if group.may_write(phone)]
        return {"subject": group.subject, "members": group.members, "writers": writers}
