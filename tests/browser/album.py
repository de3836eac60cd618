"""A full server with names, numbers, groups, lists and texts that are fit to be shown."""

from datetime import UTC, datetime
from itertools import cycle

from sqlmodel import Session, col, select

from tests.browser import full
from tests.owner import signed_in
from tests.scopes import session_scope
from wasched import db
from wasched.config import Settings
from wasched.models import Recipient, RecipientKind, Schedule, User
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.content import templates

_FIRST = ("Amina", "Bruno", "Chiara", "Daniel", "Elif", "Farid", "Greta", "Hannah", "Ilya", "Jonas")
_LAST = ("Albrecht", "Bianchi", "Çelik", "Dvořák", "Ekström", "Fischer", "Grote", "Haddad", "Ito")
_TEXTS = (
    "Rehearsal is at 19:30 tonight. Bring the blue folder.",
    "Your order is ready. We are open until 18:00.",
    "Thank you for coming on Sunday!",
    "Can you open the hall at 19:00?",
    "The concert is sold out. Doors open at 18:30.",
)
_GROUPS = (("Parents of 4b", 41), ("Bakery team", 7))
_LISTS = {"Tenors": 14, "Sopranos": 18, "Regular customers": 37}
_TEMPLATES = {
    "Order is ready": "Hello {first_name}, your {order|order} is ready. We are open until 18:00.",
    "Rehearsal tonight": "Hello {first_name}, rehearsal is at 19:30. Bring the blue folder.",
    "Happy birthday": "Happy birthday, {first_name}! The whole choir sings for you on {weekday}.",
}


def fill(settings: Settings) -> None:
    """Put everything into the database of a server that has been set up."""
    full.fill(settings)
    engine = db.make_engine(settings.database_url)
    now = datetime.now(UTC)
    with session_scope(bound=engine) as session:
        user = session.exec(select(User)).one()
        owner = signed_in(session, user)
        people = _name_people(session)
        _write_texts(session)
        for name, size in _GROUPS:
            session.add(_group(owner, name, size, now))
        for name, count in _LISTS.items():
            made = lists.add_list(session, owner, name, now)
            lists.put_in(session, owner, made, people[:count], now)
        for name, text in _TEMPLATES.items():
            templates.add_template(session, owner, name, text, now)
    engine.dispose()


def _name_people(session: Session) -> list[int]:
    """Give each who is only numbered a name and a phone; the ids of all people."""
    everyone = session.exec(select(Recipient).order_by(col(Recipient.id))).all()
    for number, person in enumerate(everyone):
        person.phone = f"+4915100000{100 + number}"
        if person.name.startswith("Person "):
            first, last = _FIRST[number % len(_FIRST)], _LAST[number % len(_LAST)]
            person.name = f"{first} {last}"
    return [one.id or 0 for one in everyone]


def _write_texts(session: Session) -> None:
    plain = select(Schedule).where(Schedule.preview == "Rehearsal at 19:30")
    for made, text in zip(session.exec(plain).all(), cycle(_TEXTS), strict=False):
        made.preview = text
        made.contents = [{"type": "text", "body": text}]


def _group(owner: Caller, name: str, size: int, now: datetime) -> Recipient:
    return Recipient(
        space_id=owner.space_id,
        kind=RecipientKind.GROUP,
        name=name,
        jid=f"1203630{size:011}@g.us",
        account_id=1,
        size=size,
        created_at=now,
    )
