"""A few invented people and groups, for trying the product by hand."""

from __future__ import annotations

from .commands import PeopleCommands
from .server import WhatsAppServer

YOU, JONAS, AYLIN, TOMASZ, GRACE = (f"4915100000{number:03}" for number in range(11, 16))
NOT_ON_WHATSAPP = "4915100000099"

_PEOPLE = {  # phone: name, and after how many seconds the phone says that it read something
    YOU: ("Miriam Okafor", None),
    JONAS: ("Jonas Weber", 3.0),
    AYLIN: ("Aylin Demir", None),
    TOMASZ: ("Tomasz Nowak", 8.0),
    GRACE: ("Grace Kimani", None),
}
_DELIVERED = 0.4  # seconds


async def invent_people(server: WhatsAppServer) -> None:
    """Fill an empty world; the first person is the one who tries the product."""
    people = PeopleCommands(server)
    for phone, (name, read) in _PEOPLE.items():
        await people.add_person(phone, name, delivered=_DELIVERED, read=read)
    await people.add_person(NOT_ON_WHATSAPP, registered=False)
    others = {phone: name for phone, (name, _) in _PEOPLE.items() if phone != YOU}
    await people.name_contacts(YOU, others)
    await people.add_group("Choir of St Luke", [YOU, JONAS, AYLIN, TOMASZ, GRACE])
    await people.add_group("Book club", [AYLIN, YOU, GRACE])
    await people.add_group("Parish news", [JONAS, YOU, TOMASZ], announce_only=True)
