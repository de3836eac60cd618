"""Messages that went out, and what people write back to them, as a line reports it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from tests.scopes import Scope
from tests.services.sent import a_send
from wasched.domain.link import IncomingSeen, LinkEvent
from wasched.domain.message import Status
from wasched.models import Attempt, Message, Recipient
from wasched.services.caller import Caller
from wasched.services.line import link_events
from wasched.services.phone_numbers import phones

ANNA, BEN = "+4915100000021", "+4915100000022"
ANNAS_LID = "100200300@lid"


def sent_to(
    scope: Scope, user: Caller, account_id: int, at: datetime, *numbers: str, text: str = "Coming?"
) -> list[int]:
    """A send to people with these numbers, taken by WhatsApp as `W<message id>`; its messages."""
    with scope() as session:
        statuses = [Status.SENT] * len(numbers)
        made = a_send(session, user, account_id, at, *statuses, text=text, names=numbers)
        for message_id, number in zip(made, numbers, strict=True):
            person = session.get_one(Recipient, session.get_one(Message, message_id).recipient_id)
            person.phone, person.jid = number, None
            if number == ANNA:
                person.lid = ANNAS_LID
            attempt = session.scalars(select(Attempt).where(Attempt.message_id == message_id)).one()
            attempt.whatsapp_id = f"W{message_id}"
    return made


def wrote(number: str, text: str, at: datetime, id: str = "R1", **more: Any) -> IncomingSeen:
    """What somebody wrote to the account from their number."""
    jid = phones.to_jid(number)
    return replace(IncomingSeen(id, jid, jid, text, at, name="Anna B."), **more)


def report(scope: Scope, account_id: int, now: datetime, *events: LinkEvent) -> None:
    """Let the account's line report these events."""
    with scope() as session:
        link_events.apply_event(session, account_id, events, now)


SOON = timedelta(hours=1)
