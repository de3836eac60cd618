"""A message's story is told in the order in which it happened."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.link import ReceiptKind
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason, because
from wasched.models import Attempt, Message, Outcome, Receipt, Schedule
from wasched.services.caller import Caller
from wasched.services.messages import message_actions
from wasched.ui.messages import history_text

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

    told = message_actions.message_story(session, alice, sent, NOW).steps

    assert [step.kind for step in told] == ["scheduled", "attempt", "sent", "delivered", "read"]


def test_what_was_written_down_ahead_was_handed_over_at_its_instant(
    session: Session, alice: Caller, account_id: int
) -> None:
    [sent] = a_send(session, alice, account_id, DUE, Status.SENT)
    attempt = session.exec(select(Attempt).where(Attempt.message_id == sent)).one()
    attempt.started_at = DUE - timedelta(milliseconds=30)
    session.flush()

    told = message_actions.message_story(session, alice, sent, NOW).steps

    assert {step.at for step in told if step.kind == "attempt"} == {DUE}


def test_nobody_is_named_once_who_made_it_is_gone(
    session: Session, alice: Caller, account_id: int
) -> None:
    [sent] = a_send(session, alice, account_id, DUE, Status.SENT)
    made = session.get_one(Schedule, session.get_one(Message, sent).schedule_id)
    made.made_by_id = None
    session.flush()

    story = message_actions.message_story(session, alice, sent, NOW)

    assert story.steps[0].title == "Scheduled"
    facts = history_text.message_facts(story, "UTC", NOW)
    assert "Made by" not in [one.term for one in facts]


def test_a_page_says_in_words_why_a_try_failed_and_why_it_is_given_up(
    session: Session, alice: Caller, account_id: int
) -> None:
    [missed] = a_send(session, alice, account_id, DUE, Status.MISSED)
    message = session.get_one(Message, missed)
    message.reason = because(Code.WAS_NOT_LINKED, account="Choir phone")
    message.settled_at = DUE + timedelta(hours=1)
    tried = Attempt(message_id=missed, number=1, secret=b"s" * 32, started_at=DUE, ended_at=DUE)
    tried.outcome, tried.detail = Outcome.NOT_SENT, Reason(Code.NO_ROUTE)
    session.add_all([message, tried])
    session.flush()

    [day] = history_text.history_days(
        message_actions.message_story(session, alice, missed, NOW), "UTC", NOW
    )

    assert [(step.title, step.detail) for step in day.steps][2:] == [
        ("It did not leave this server", "WhatsApp did not say in time where this message goes."),
        ("Choir phone was not linked.", ""),
    ]
