"""How punctual sending was, and what waits."""

from datetime import timedelta

from sqlmodel import Session

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.server import punctuality


def test_lateness_is_that_of_the_first_message_of_each_send(
    session: Session, alice: Caller, account_id: int
) -> None:
    for hours, seconds in ((1, 2), (2, 4), (3, 60)):
        at = NOW - timedelta(hours=hours)
        first, last = a_send(session, alice, account_id, at, Status.SENT, Status.DELIVERED)
        session.get_one(Message, first).sent_at = at + timedelta(seconds=seconds)
        session.get_one(Message, last).sent_at = at + timedelta(minutes=20)
    session.flush()

    assert punctuality.lateness(session, alice, NOW) == punctuality.Lateness(3, 4, 60)


def test_what_waits_is_told_from_what_is_past_its_time(
    session: Session, alice: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW - timedelta(minutes=1), *[Status.SCHEDULED] * 2)
    a_send(session, alice, account_id, NOW + timedelta(minutes=1), Status.SCHEDULED)

    assert punctuality.waiting_counts(session, alice, NOW) == punctuality.WaitingCounts(3, 2)


def test_charlie_sees_no_figures_of_alices(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW - timedelta(hours=1), Status.SENT)
    a_send(session, alice, account_id, NOW + timedelta(hours=1), Status.SCHEDULED)

    assert punctuality.lateness(session, charlie, NOW).sends == 0
    assert punctuality.waiting_counts(session, charlie, NOW).messages == 0
