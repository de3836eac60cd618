"""The people a linked phone knows, each once, whatever addresses the library has them under."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wasched.adapters.whatsapp import neonize_api as api
from wasched.adapters.whatsapp.reading import bare_jid
from wasched.services.ports import ContactSeen

Other = Callable[[api.JID], str | None]
"""The same person's other address, None if the session does not know it."""


@dataclass
class _Known:
    name: str = ""
    push_name: str = ""
    lid: str | None = None


def merge_contacts(found: Iterable[Any], other: Other) -> tuple[ContactSeen, ...]:
    """The contacts that have a name, by phone number where it is known."""
    people: dict[str, _Known] = {}
    for one in found:
        info, own = one.Info, bare_jid(one.JID)
        is_lid = one.JID.Server == "lid"
        alternative = other(one.JID)
        person = people.setdefault((alternative or own) if is_lid else own, _Known())
        person.lid = person.lid or (own if is_lid else alternative)
        person.name = person.name or info.FullName or info.FirstName or info.BusinessName
        person.push_name = person.push_name or info.PushName
    return tuple(
        ContactSeen(jid, known.name, known.lid, known.push_name)
        for jid, known in people.items()
        if known.name or known.push_name
    )
