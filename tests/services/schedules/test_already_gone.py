"""Who wants to catch what is going out is told how much of it was caught."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from tests.services.conftest import NOW
from tests.services.requests import a_request, daily
from wasched.domain.errors import MovedOnError
from wasched.domain.message import Status
from wasched.models import Message, Schedule, ScheduleStatus
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.messages import message_actions
from wasched.services.schedules import create
from wasched.services.schedules.to_request import request_of

MANY = tuple(f"+49151000001{number:02}" for number in range(10))
LATER = NOW + timedelta(seconds=5)
DEEDS = {"Cancelled": schedules.cancel_schedule, "Paused": schedules.pause_schedule}


@pytest.fixture
def going(session: Session, alice: Caller, account_id: int) -> int:
    """A schedule to ten people that came due just now, as no sweep has noted yet."""
    return create.create_schedule(session, alice, a_request(account_id, *MANY), NOW).schedule_id


@pytest.mark.parametrize("done", DEEDS)
def test_what_had_gone_is_counted(session: Session, alice: Caller, going: int, done: str) -> None:
    _become(session, Status.SENT, 2)
    _become(session, Status.SENDING, 1)

    said = DEEDS[done](session, alice, going, LATER).sentence

    assert said == f"{done}; 3 of 10 had gone."


@pytest.mark.parametrize("done", DEEDS)
def test_what_has_gone_as_a_whole_is_not_cancelled_or_paused(
    session: Session, alice: Caller, going: int, done: str
) -> None:
    _become(session, Status.DELIVERED, 10)
    session.get_one(Schedule, going).status = ScheduleStatus.ACTIVE  # until the sweep takes note

    with pytest.raises(MovedOnError, match=r"^Too late: it went out at 17:42:00\.$"):
        DEEDS[done](session, alice, going, LATER)

    assert session.get_one(Schedule, going).status == ScheduleStatus.ACTIVE


def test_what_is_on_its_way_may_come_back_and_is_stopped_then(
    session: Session, alice: Caller, going: int
) -> None:
    _become(session, Status.SENDING, 10)

    said = schedules.cancel_schedule(session, alice, going, LATER).sentence

    assert said == "Cancelled, but too late for what is on its way just now."


def test_an_edit_says_who_had_the_old_words(session: Session, alice: Caller, going: int) -> None:
    _become(session, Status.SENT, 4)
    request = request_of(session, alice, going)

    said = schedules.edit_schedule(session, alice, going, request, LATER).sentence

    assert said == "Saved; 4 of 10 had gone as it was."


def test_of_one_that_repeats_only_what_goes_just_now_counts(
    session: Session, alice: Caller, account_id: int
) -> None:
    made = create.create_schedule(session, alice, daily(account_id), NOW).schedule_id
    due = session.scalars(select(Message.occurrence_at)).one()
    _become(session, Status.SENT, 1, at=due)

    soon = schedules.pause_schedule(session, alice, made, due + timedelta(seconds=5))
    schedules.resume_schedule(session, alice, made, due + timedelta(seconds=6))
    later = schedules.cancel_schedule(session, alice, made, due + timedelta(hours=2))

    assert soon.sentence.startswith("Paused, but too late for what went out at ")
    assert later.sentence == "Cancelled."


def test_a_message_that_went_is_said_to_have_gone(
    session: Session, alice: Caller, going: int
) -> None:
    _become(session, Status.SENT, 10)
    message_id = session.scalars(select(col(Message.id))).first() or 0

    with pytest.raises(MovedOnError, match="Too late: it went out at 17:42:00"):
        message_actions.decide_message(session, alice, message_id, "cancel", LATER)


def _become(session: Session, status: Status, count: int, at: object = NOW) -> None:
    waiting = select(col(Message.id)).where(Message.status == Status.SCHEDULED).limit(count)
    ids = session.scalars(waiting).all()
    sent_at = None if status is Status.SENDING else at
    session.execute(
        update(Message).where(col(Message.id).in_(ids)).values(status=status, sent_at=sent_at)
    )
    session.expire_all()
