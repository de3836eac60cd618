"""What may be done with messages and schedules in each status: the tables agree with each other."""

from wasched.domain.message import (
    ARROWS,
    MESSAGE_CHOICES,
    OFFERED_IN_LIST,
    OFFERED_ON_PAGE,
    MessageChoice,
    Status,
    may_choose,
)
from wasched.domain.schedule import SCHEDULE_CHOICES, ScheduleChoice

_LEADS_TO = {
    MessageChoice.SEND_NOW: Status.SCHEDULED,
    MessageChoice.SEND_AGAIN: Status.SCHEDULED,
    MessageChoice.IT_ARRIVED: Status.SENT,
    MessageChoice.CANCEL: Status.CANCELLED,
}


def test_the_tables_name_every_choice() -> None:
    assert set(MESSAGE_CHOICES) == set(MessageChoice)
    assert list(SCHEDULE_CHOICES) == list(ScheduleChoice)  # in the order of pages


def test_nothing_is_offered_that_would_be_refused() -> None:
    for offered in (OFFERED_ON_PAGE, OFFERED_IN_LIST):
        for status, choices in offered.items():
            assert all(may_choose(one, status) for one in choices), status


def test_what_is_chosen_leads_along_an_arrow() -> None:
    for choice, target in _LEADS_TO.items():
        for status in MESSAGE_CHOICES[choice] - {target}:
            assert target in ARROWS[status], (choice, status)


def test_what_is_no_choice_may_not_be_made() -> None:
    assert not may_choose("publish", Status.SCHEDULED)
