"""The calendar counts days in the reader's zone, and knows what is still to be laid out."""

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.requests import daily, save
from tests.services.sent import a_send
from wasched.domain.message import Status
from wasched.services.caller import Caller
from wasched.services.messages import calendar

TODAY = date(2026, 3, 12)


def test_a_message_belongs_to_the_day_it_is_on_the_readers_clock(
    session: Session, alice: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, datetime(2026, 3, 12, 23, 30, tzinfo=UTC))

    days = calendar.calendar_days(session, alice, TODAY, 2, NOW)

    assert [day.total for day in days] == [0, 1]


def test_a_daily_message_is_on_every_day_to_come_though_one_is_laid_out(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    save(scope, alice, daily(account_id), NOW)

    with scope(write=False) as session:
        days = calendar.calendar_days(session, alice, TODAY, 7, NOW)

    assert [(len(day.sends), len(day.coming)) for day in days] == [(1, 0)] + [(0, 1)] * 6
    assert days[3].coming[0].at == datetime(2026, 3, 15, 17, tzinfo=UTC)


def test_a_day_of_hundreds_lists_some_and_counts_all(
    session: Session, alice: Caller, account_id: int
) -> None:
    start = datetime(2026, 3, 13, 6, tzinfo=UTC)
    for number in range(calendar.DAY_MAX + 20):
        a_send(session, alice, account_id, start + timedelta(minutes=number))

    [day] = calendar.calendar_days(session, alice, date(2026, 3, 13), 1, NOW)

    assert len(day.sends) == calendar.DAY_MAX
    assert day.total == calendar.DAY_MAX + 20


def test_of_a_full_day_those_are_listed_that_need_a_person_go_out_or_come_next(
    session: Session, alice: Caller, account_id: int
) -> None:
    for minute in range(30):  # over and well, long before the others
        a_send(session, alice, account_id, NOW - timedelta(hours=9, minutes=minute), Status.READ)
    failed, sending, later, following = (
        datetime(2026, 3, 12, hour, 30, tzinfo=UTC) for hour in (15, 16, 22, 18)
    )
    a_send(session, alice, account_id, failed, Status.FAILED, Status.SENT)
    a_send(session, alice, account_id, sending, Status.SENT, Status.SENDING)
    a_send(session, alice, account_id, later)
    a_send(session, alice, account_id, following)

    [day] = calendar.calendar_days(session, alice, TODAY, 1, NOW, listed=3)
    [whole] = calendar.calendar_days(session, alice, TODAY, 1, NOW, listed=3, whole=TODAY)

    assert len(whole.sends) == calendar.DAY_MAX
    assert [one.row.due_at for one in day.sends] == [failed, sending, following]
    assert [one.count for one in day.sends] == [2, 2, 1]
    assert day.total == 34


def test_the_day_on_which_clocks_change_says_so(session: Session, alice: Caller) -> None:
    days = calendar.calendar_days(session, alice, date(2026, 3, 28), 3, NOW)

    assert [day.change is not None for day in days] == [False, True, False]


def test_an_account_can_be_shown_alone_and_charlie_sees_none(
    session: Session, alice: Caller, charlie: Caller, account_id: int
) -> None:
    a_send(session, alice, account_id, NOW, Status.SENT)

    def totals(user: Caller, account: int = 0) -> int:
        return calendar.calendar_days(session, user, TODAY, 1, NOW, account)[0].total

    assert totals(alice, account_id) == 1
    assert totals(alice, account_id + 1) == 0
    assert totals(charlie) == 0


def test_midnight_to_midnight_is_a_day_where_clocks_change(
    session: Session, alice: Caller, account_id: int
) -> None:
    for hour in (0, 23):
        local = datetime.combine(date(2026, 3, 29), time(hour, 30))
        offset = 1 if hour == 0 else 2
        a_send(session, alice, account_id, local.replace(tzinfo=UTC) - timedelta(hours=offset))

    [day] = calendar.calendar_days(session, alice, date(2026, 3, 29), 1, NOW)

    assert day.total == 2
