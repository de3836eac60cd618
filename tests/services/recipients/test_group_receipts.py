"""A message to a group: read once all have read it, and told by name in one line of each kind."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.life import Life
from tests.services.requests import a_request, save
from wasched.domain.link import ReceiptKind, ReceiptSeen
from wasched.domain.message import Status
from wasched.models import Account, Message, Recipient
from wasched.services.caller import Caller
from wasched.services.delivery import receipts
from wasched.services.messages import message_actions
from wasched.services.messages.history_views import HistoryEvent
from wasched.services.ports import ContactSeen, GroupSeen
from wasched.services.recipients import recipients

OWN = "+4915100000001"
JONAS, TOMASZ, EVE = "+4915100000002", "+4915100000003", "+4915100000004"


@pytest.fixture
def sent(scope: Scope, life: Life, alice: Caller, account_id: int) -> Scope:
    """A message went to a group of the account and four others: Jonas, Tomasz, a number, hidden."""
    jonas = ContactSeen(f"{JONAS[1:]}@s.whatsapp.net", "", push_name="Jonas")
    seen = GroupSeen(
        "1@g.us",
        "Choir",
        5,
        members=(OWN, JONAS, TOMASZ, EVE, "55@lid"),
        lids=((OWN, "11@lid"), (JONAS, "22@lid"), (TOMASZ, "33@lid"), (EVE, "44@lid")),
    )
    with scope() as session:
        account = session.get_one(Account, account_id)
        account.jid, account.lid = f"{OWN[1:]}@s.whatsapp.net", "11@lid"
        recipients.person_with_number(session, alice.space_id, TOMASZ, NOW, "Tomasz")
        recipients.sync_contacts(session, alice.space_id, account_id, [jonas], NOW)
        recipients.sync_groups(session, alice.space_id, account_id, [seen], NOW)
        group = session.exec(select(Recipient.id).where(Recipient.jid == "1@g.us")).one() or 0
    save(scope, alice, a_request(account_id, group), NOW)
    life.sweep()
    return scope


def hears(scope: Scope, kind: ReceiptKind, *by: str, at: datetime = NOW) -> None:
    """Receipts for the one message that went out come in."""
    with scope() as session:
        seen = [ReceiptSeen(("3EB00001",), kind, "1@g.us", one, at) for one in by]
        receipts.record_receipts(session, session.exec(select(Account)).one(), seen)


def status(scope: Scope) -> Status:
    """How the one message stands."""
    with scope(write=False) as session:
        return Status(session.exec(select(Message.status)).one())


def told(scope: Scope, alice: Caller, kind: str) -> list[HistoryEvent]:
    """What its story has of a kind."""
    with scope(write=False) as session:
        steps = message_actions.message_story(session, alice, 1, NOW).steps
        return [step for step in steps if step.kind == kind]


def test_a_group_has_read_a_message_once_everybody_in_it_has(sent: Scope) -> None:

    hears(sent, ReceiptKind.DELIVERED, "22@lid")
    hears(sent, ReceiptKind.READ, "22@lid", "33@lid", "44@lid")
    assert status(sent) is Status.DELIVERED

    hears(sent, ReceiptKind.READ, "55@lid")
    assert status(sent) is Status.READ


def test_who_joins_a_group_later_is_not_waited_for(
    sent: Scope, alice: Caller, account_id: int
) -> None:
    more = GroupSeen("1@g.us", "Choir", 6, members=(OWN, JONAS, TOMASZ, EVE, "55@lid", "66@lid"))
    with sent() as session:
        recipients.sync_groups(session, alice.space_id, account_id, [more], NOW)

    hears(sent, ReceiptKind.READ, "22@lid", "33@lid", "44@lid", "55@lid")

    assert status(sent) is Status.READ


def test_the_story_of_a_group_names_its_readers_in_one_line(sent: Scope, alice: Caller) -> None:
    hears(sent, ReceiptKind.DELIVERED, "22@lid", "33@lid", "44@lid", "55@lid")
    hears(sent, ReceiptKind.READ, "22@lid")
    hears(sent, ReceiptKind.READ, f"{TOMASZ[1:]}@s.whatsapp.net", at=NOW + timedelta(minutes=5))

    [delivered], [read] = (told(sent, alice, kind) for kind in ("delivered", "read"))

    assert (read.title, read.detail) == ("Read by 2 of 4", "Jonas and Tomasz")
    assert [one.at for one in read.people] == [NOW, NOW + timedelta(minutes=5)]
    assert delivered.title == "On the phones of all 4"
    assert delivered.detail == "Jonas, Tomasz, +49 1510 0000004 and 1 more"
    assert [one.name for one in delivered.people][-1] == "a member"


def test_a_thousand_readers_are_one_line_and_a_list_that_ends(sent: Scope, alice: Caller) -> None:
    hears(sent, ReceiptKind.READ, "33@lid", *(f"9{number}@lid" for number in range(1_000)))

    [read] = told(sent, alice, "read")

    assert (read.title, read.detail) == ("Read by 1,001", "Tomasz and 1,000 more")
    assert (len(read.people), read.more) == (100, 901)
