"""Who wants to catch what is going out is told how much of it was caught."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlmodel import Session, col

from tests.services.conftest import NOW
from tests.services.requests import a_request, daily
from wasched.domain import wall_clock
from wasched.domain.errors import MovedOnError
from wasched.domain.message import Status
from wasched.models import Message, Schedule, ScheduleStatus
from wasched.services import schedules
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.services.messages import bulk, gone_at_stop, message_actions, stopping
from wasched.services.messages.batch_ids import BatchKey
from wasched.services.messages.bulk import BulkResult
from wasched.services.messages.filters import Filters
from wasched.services.recipients import recipients
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


def test_a_skip_catches_what_still_waits_of_what_goes_out_now(
    session: Session, alice: Caller, account_id: int
) -> None:
    made = create.create_schedule(session, alice, daily(account_id, *MANY), NOW).schedule_id
    due = session.scalars(select(Message.occurrence_at)).first() or NOW
    own = wall_clock.local(due, wall_clock.zone(session.get_one(Schedule, made).zone))
    _become(session, Status.SENT, 3, at=due)

    said = schedules.skip_date(session, alice, made, own, due + timedelta(seconds=5)).sentence

    assert said == "Skipped; 3 of 10 had gone."
    with pytest.raises(MovedOnError, match="Too late: it went out at "):
        schedules.skip_date(session, alice, made, own, due + timedelta(seconds=6))
    count = select(func.count()).where(Message.occurrence_at == due)
    assert session.scalar(count.where(Message.status == Status.CANCELLED)) == 7


def test_a_skip_a_moment_before_counts_what_was_claimed_ahead(
    session: Session, alice: Caller, account_id: int
) -> None:
    made = create.create_schedule(session, alice, daily(account_id, *MANY), NOW).schedule_id
    due = session.scalars(select(Message.occurrence_at)).first() or NOW
    _become(session, Status.SENDING, 1)

    said = schedules.skip_next(session, alice, made, due - timedelta(milliseconds=20)).sentence

    assert said == "Skipped; 1 of 10 had gone."


@pytest.mark.parametrize("deed", ["cancel", "move"])
def test_a_deed_about_many_says_how_many_had_gone(
    session: Session, alice: Caller, going: int, deed: str
) -> None:
    keys: list[BatchKey] = [(going, session.scalars(select(Message.due_at)).first() or NOW)]
    shown = bulk.ids_of(session, alice, keys, Filters())
    _become(session, Status.SENT, 2)
    _become(session, Status.SENDING, 1)
    if deed == "cancel":
        done = bulk.decide_messages(session, alice, shown, deed, LATER)
    else:
        done = bulk.move_messages(session, alice, shown, timedelta(hours=1), LATER)

    assert bulk.say_gone(session, alice, keys, Filters(), done, LATER) == "3 of 10 had gone."
    nothing = BulkResult(left=10)
    too_late = bulk.say_gone(session, alice, keys, Filters(), nothing, LATER)
    assert too_late == "Too late: it went out at 17:42:00."


def test_a_stop_says_how_many_of_what_goes_out_had_gone(
    session: Session, alice: Caller, account_id: int, going: int
) -> None:
    _become(session, Status.SENT, 2)
    _become(session, Status.SENDING, 3)  # claimed, and held before it is handed over
    stopping.stop_sending(session, alice, [account_id], LATER)

    assert gone_at_stop.say_stopped(session, alice, [account_id], LATER) == (
        "Stopped; 2 of 10 had gone."
    )
    assert gone_at_stop.say_server_stopped(session, alice, LATER) == "Stopped; 2 of 10 had gone."
    _become(session, Status.SENT, 10)
    assert gone_at_stop.say_stopped(session, alice, None, LATER + timedelta(hours=1)) == (
        "Stopped; 7 of 10 had gone."
    )


def test_who_is_taken_out_of_a_list_too_late_has_it(
    session: Session, alice: Caller, account_id: int
) -> None:
    people = [
        recipients.person_with_number(session, alice.space_id, one, NOW, one).id or 0
        for one in MANY[:3]
    ]
    choir = lists.add_list(session, alice, "Choir", NOW)
    lists.put_in(session, alice, choir, people, NOW)
    create.create_schedule(
        session, alice, replace(a_request(account_id), to=(), lists=(choir,)), NOW
    )
    _become(session, Status.SENT, 1)
    whom = session.scalars(select(Message.recipient_id).where(Message.status == Status.SENT)).one()

    said = [
        lists.take_out(session, alice, choir, [one], LATER)
        for one in (whom, next(one for one in people if one != whom))
    ]

    assert said == ["Taken out, but too late for what went out at 17:42:00.", ""]
    too_late = [
        entries.decide_opt_out(session, alice, whom, False, LATER),
        entries.remove_entry(session, alice, whom, LATER),
    ]
    assert [one.gone for one in too_late] == [1, 1]


def _become(session: Session, status: Status, count: int, at: object = NOW) -> None:
    waiting = select(col(Message.id)).where(Message.status == Status.SCHEDULED).limit(count)
    ids = session.scalars(waiting).all()
    sent_at = None if status is Status.SENDING else at
    session.execute(
        update(Message).where(col(Message.id).in_(ids)).values(status=status, sent_at=sent_at)
    )
    session.expire_all()
