"""Services do with messages and schedules what the tables of choices allow, and refuse the rest."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.services.conftest import NOW
from tests.services.sent import a_send
from wasched.domain.errors import MovedOnError
from wasched.domain.message import MESSAGE_CHOICES, MessageChoice, Status, may_choose
from wasched.domain.schedule import SCHEDULE_CHOICES, ScheduleChoice, ScheduleStatus
from wasched.models import Message, Schedule
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.messages import bulk, message_actions

_HOUR = timedelta(hours=1)
_NO_DECISIONS = {MessageChoice.EDIT, MessageChoice.MOVE}
_DEEDS = {
    ScheduleChoice.PAUSE: schedules.pause_schedule,
    ScheduleChoice.RESUME: schedules.resume_schedule,
    ScheduleChoice.SKIP: schedules.skip_next,
    ScheduleChoice.SEND_NOW: schedules.send_now,
    ScheduleChoice.USUAL: schedules.back_to_usual,
    ScheduleChoice.END: schedules.end_schedule,
    ScheduleChoice.CANCEL: schedules.cancel_schedule,
}


def test_a_message_takes_what_its_status_allows(
    session: Session, alice: Caller, account_id: int
) -> None:
    for choice in MessageChoice:
        for message_id in a_send(session, alice, account_id, NOW + _HOUR, *Status):
            message = session.get_one(Message, message_id)
            may = choice not in _NO_DECISIONS and may_choose(choice, message.status)
            try:
                message_actions.apply_decision(session, alice, message, choice, NOW)
            except MovedOnError:
                assert not may, (choice, message.status)
            else:
                assert may, (choice, message.status)


@pytest.mark.parametrize("choice", ["cancel", "dismiss", "send_again"])
def test_many_messages_take_the_same(
    session: Session, alice: Caller, account_id: int, choice: str
) -> None:
    ids = a_send(session, alice, account_id, NOW + _HOUR, *Status)

    done = bulk.decide_messages(session, alice, ids, choice, NOW).done

    assert {one.status for one in done} == MESSAGE_CHOICES[choice]


def test_a_schedule_refuses_what_its_status_does_not_allow(
    session: Session, alice: Caller, account_id: int
) -> None:
    (message_id,) = a_send(session, alice, account_id, NOW + _HOUR)
    made = session.get_one(Schedule, session.get_one(Message, message_id).schedule_id)
    for choice, deed in _DEEDS.items():
        for status in set(ScheduleStatus) - SCHEDULE_CHOICES[choice]:
            made.status = status
            session.flush()
            with pytest.raises(MovedOnError):
                deed(session, alice, made.id or 0, NOW)
