"""A message's story is told in the order in which it happened."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.link import ReceiptKind
from wasched.domain.message import Status
from wasched.models import Attempt, Receipt
from wasched.services.caller import Caller
from wasched.services.messages import message_actions

DUE = NOW.replace(microsecond=0)


def test_a_receipt_that_names_a_whole_second_does_not_come_before_what_it_answers(
    session: Session, alice: Caller, account_id: int
) -> None:
    [sent] = a_send(session, alice, account_id, DUE, Status.READ)
    attempt = session.exec(select(Attempt).where(Attempt.message_id == sent)).one()
    attempt.whatsapp_id, attempt.ended_at = "3EB0A", DUE + timedelta(milliseconds=840)
    for kind, at in ((ReceiptKind.DELIVERED, DUE), (ReceiptKind.READ, DUE + timedelta(seconds=3))):
        session.add(Receipt(account_id=account_id, whatsapp_id="3EB0A", kind=kind, by="", at=at))
    session.flush()

    told = message_actions.story(session, alice, sent, NOW).steps

    assert [step.kind for step in told] == ["scheduled", "attempt", "sent", "delivered", "read"]


def test_what_was_written_down_ahead_was_handed_over_at_its_instant(
    session: Session, alice: Caller, account_id: int
) -> None:
    [sent] = a_send(session, alice, account_id, DUE, Status.SENT)
    attempt = session.exec(select(Attempt).where(Attempt.message_id == sent)).one()
    attempt.started_at = DUE - timedelta(milliseconds=30)
    session.flush()

    told = message_actions.story(session, alice, sent, NOW).steps

    assert {step.at for step in told if step.kind == "attempt"} == {DUE}
