"""What the setting "keep for so many days" removes, and what it never touches."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import Session

from tests.services.conftest import NOW
from tests.services.requests import a_request, save
from tests.services.sent import a_send
from wasched.domain.link import ReceiptKind, ReceiptSeen
from wasched.domain.message import Status
from wasched.models import Attempt, Message, Receipt
from wasched.services.line import link_events
from wasched.services.messages import message_actions

LATER = NOW + timedelta(days=31)


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_finished_message_goes_with_all_that_is_known_of_it(
    scope, alice, account_id, life, gateway
):
    save(scope, alice, a_request(account_id), NOW)
    life.sweep()
    with scope() as session:
        seen = ReceiptSeen(("3EB00001",), ReceiptKind.READ, "chat@lid", "chat@lid", NOW)
        link_events.apply_event(session, account_id, [seen], NOW)
        assert [count(session, table) for table in (Message, Attempt, Receipt)] == [1, 1, 1]

        assert message_actions.prune_messages(session, LATER, 30) == 1

        assert [count(session, table) for table in (Message, Attempt, Receipt)] == [0, 0, 0]


def test_nothing_goes_unless_somebody_asked_for_it(session, alice, account_id):
    a_send(session, alice, account_id, NOW, Status.READ, Status.FAILED)

    assert message_actions.prune_messages(session, LATER, 0) == 0
    assert message_actions.prune_messages(session, LATER, 32) == 0
    assert count(session, Message) == 2


def test_what_still_waits_is_kept_however_old(session, alice, account_id):
    a_send(session, alice, account_id, NOW, Status.SCHEDULED, Status.SENDING, Status.SENT)

    assert message_actions.prune_messages(session, LATER, 30) == 1
    assert set(session.scalars(select(Message.status))) == {Status.SCHEDULED, Status.SENDING}


def test_a_large_heap_goes_in_portions_the_oldest_first(session, alice, account_id):
    for day in range(3):
        a_send(session, alice, account_id, NOW + timedelta(days=day), Status.READ)

    assert message_actions.prune_messages(session, LATER + timedelta(days=9), 30, limit=2) == 2
    assert session.scalars(select(Message.due_at)).all() == [NOW + timedelta(days=2)]
