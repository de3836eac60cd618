"""One occurrence and all after it: the one that ends leaves nothing behind that still goes out."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import select

from tests.services.conftest import NOW
from tests.services.requests import ANNA, BEN, daily, save
from wasched.domain.content import Text
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services import schedules
from wasched.services.address_book import lists
from wasched.services.messages import bulk
from wasched.services.recipients import recipients

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""
DAY = timedelta(days=1)
OLD, NEW = "Rehearsal at 19:30", "Rehearsal at 20:00"


@pytest.fixture
def edit(life):
    def change(made, request, **named):
        return life.do(
            lambda session, user, schedule_id, now: schedules.edit_schedule(
                session, user, schedule_id, request, now, **named
            ),
            made,
        ).schedule_id

    return change


@pytest.fixture
def request_of(scope, alice):
    def request(made):
        with scope(write=False) as session:
            return replace(schedules.request_of(session, alice, made), contents=(Text(NEW),))

    return request


@pytest.fixture
def went_once(scope, alice, account_id, life):
    """A daily schedule that has gone out on its first day."""

    def make(**values):
        made = save(scope, alice, daily(account_id, **values), NOW)
        life.pass_to(TODAY + timedelta(minutes=1))
        return made

    return make


def texts(gateway):
    return [one.content.body for one in gateway.outbox]


def test_each_day_goes_out_once(went_once, edit, request_of, life, gateway):
    made = went_once()

    edit(made, request_of(made), scope="following")
    life.pass_to(TODAY + 4 * DAY)

    assert texts(gateway) == [OLD, NEW, NEW, NEW, NEW]
    assert life.shown(made).line.waiting == 0


def test_a_weekly_one_goes_out_once_a_week(went_once, edit, request_of, life, gateway):
    made = went_once(rrule="FREQ=WEEKLY;BYDAY=TH")

    edit(made, request_of(made), scope="following")
    life.pass_to(TODAY + 15 * DAY)

    assert texts(gateway) == [OLD, NEW, NEW]


def test_at_another_time_it_goes_out_then_alone(went_once, edit, request_of, life, gateway):
    made = went_once()

    edit(made, replace(request_of(made), clock=time(20)), scope="following")
    life.pass_to(TODAY + 2 * DAY + timedelta(hours=3))

    assert texts(gateway) == [OLD, NEW, NEW]


def test_who_was_there_before_somebody_was_added_gets_it_once(
    went_once, edit, request_of, life, gateway
):
    made = went_once()

    edit(made, replace(request_of(made), to=(ANNA, BEN)), scope="following")
    life.pass_to(TODAY + 2 * DAY)

    assert sorted(one.to[:-15] for one in gateway.outbox) == [ANNA[1:]] * 3 + [BEN[1:]] * 2


def test_a_number_of_times_counts_on(went_once, edit, request_of, life, gateway):
    made = went_once(rrule="FREQ=DAILY;COUNT=4")

    edit(made, request_of(made), scope="following")
    life.pass_to(TODAY + 9 * DAY)

    assert texts(gateway) == [OLD, NEW, NEW, NEW]


def test_a_number_of_times_that_is_typed_anew_counts_from_there(
    went_once, edit, request_of, life, gateway
):
    made = went_once(rrule="FREQ=DAILY;COUNT=4")

    edit(made, replace(request_of(made), day=date(2026, 3, 13)), scope="following")
    life.pass_to(TODAY + 9 * DAY)

    assert texts(gateway) == [OLD, NEW, NEW, NEW, NEW]


def test_of_a_paused_one_nothing_is_left_that_nobody_can_resume(
    went_once, edit, request_of, life, gateway
):
    made = went_once()
    life.do(schedules.pause_schedule, made)

    new = edit(made, request_of(made), scope="following")

    assert life.shown(made).tally == {Status.SENT: 1}
    life.do(schedules.resume_schedule, new)
    life.pass_to(TODAY + 3 * DAY)
    assert texts(gateway) == [OLD, NEW, NEW, NEW]


def test_what_a_pause_held_back_asks_when_the_schedule_ends(
    went_once, edit, request_of, life, gateway
):
    made = went_once()
    life.do(schedules.pause_schedule, made)
    life.pass_to(TODAY + 3 * DAY + timedelta(hours=1))

    new = edit(made, request_of(made), scope="following")

    assert life.shown(made).tally == {Status.SENT: 1, Status.MISSED: 1}
    life.do(schedules.resume_schedule, new)
    life.pass_to(TODAY + 4 * DAY)
    assert texts(gateway) == [OLD, NEW]


def test_an_edit_while_paused_lays_out_none_of_the_days_passed_over(
    went_once, edit, request_of, life, gateway
):
    made = went_once(late_s=365 * 86400)
    life.do(schedules.pause_schedule, made)
    life.pass_to(TODAY + 4 * DAY + timedelta(hours=1))

    edit(made, request_of(made))
    life.do(schedules.resume_schedule, made)
    life.sweep()

    assert texts(gateway) == [OLD, NEW]  # the one that was laid out when it was paused


def test_leaving_the_last_one_out_of_a_paused_one_strands_nothing(went_once, life):
    made = went_once(rrule="FREQ=DAILY;COUNT=3")
    life.do(schedules.pause_schedule, made)
    life.pass_to(TODAY + DAY + timedelta(hours=1))

    steered = life.do(schedules.skip_next, made)

    assert life.shown(made).tally == {Status.SENT: 1, Status.MISSED: 1, Status.CANCELLED: 1}
    life.undo(steered.undo)
    assert life.shown(made).line.status == "paused"


def test_what_is_sent_ahead_is_not_sent_again_by_the_one_that_takes_over(
    went_once, edit, request_of, life, gateway
):
    made = went_once()
    life.send_one_now()

    edit(made, request_of(made), scope="following")
    life.pass_to(TODAY + 2 * DAY)

    assert texts(gateway) == [OLD, OLD, NEW]


def test_what_was_sent_ahead_and_passed_by_a_day_taken_in_again_comes_no_second_time(
    went_once, edit, request_of, life, gateway
):
    made = went_once()
    life.do(schedules.skip_next, made)
    life.do(schedules.send_now, made)  # that of the 14th
    life.sweep()
    life.do(schedules.unskip_date, made, datetime(2026, 3, 13, 18))

    edit(made, replace(request_of(made), clock=time(20)), scope="following")
    life.pass_to(TODAY + 3 * DAY + timedelta(hours=3))

    assert texts(gateway) == [OLD, OLD, NEW, NEW]  # the 12th, the 14th; the 13th, the 15th


@pytest.mark.parametrize("scope_", ["all", "following"])
def test_sent_now_and_not_gone_yet_it_is_that_days_only_one(
    scope, alice, account_id, edit, request_of, life, gateway, scope_
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.send_now, made)

    edit(made, replace(request_of(made), clock=time(20)), scope=scope_)
    life.pass_to(TODAY + timedelta(hours=5))

    assert len(gateway.outbox) == 1


def test_who_had_it_ahead_has_it_and_the_others_get_it_that_day_at_the_new_time(
    scope, alice, account_id, edit, request_of, life, gateway
):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    life.send_one_now()

    edit(made, replace(request_of(made), clock=time(20)))
    life.pass_to(TODAY + timedelta(hours=5))
    assert sorted(one.to[:-15] for one in gateway.outbox) == [ANNA[1:], BEN[1:]]

    life.pass_to(TODAY + DAY + timedelta(hours=5))
    assert sorted(one.to[:-15] for one in gateway.outbox) == [ANNA[1:], ANNA[1:], BEN[1:], BEN[1:]]


def test_a_later_one_that_was_moved_by_hand_stays_with_the_one_that_takes_over(
    scope, alice, account_id, edit, request_of, life, gateway, clock
):
    made = save(scope, alice, daily(account_id), NOW)
    life.pass_to(TODAY)
    with scope() as session:
        waiting = select(Message.id).where(Message.status == Status.SCHEDULED)
        id_ = session.scalars(waiting).one()
        bulk.move_messages(session, alice, [id_], timedelta(hours=2), clock.now())

    edit(made, request_of(made), scope="following")
    life.pass_to(TODAY + DAY + timedelta(hours=1))
    assert texts(gateway) == [OLD]
    life.pass_to(TODAY + DAY + timedelta(hours=2))

    assert texts(gateway) == [OLD, NEW]


def test_what_went_out_ahead_of_its_time_is_not_shown_as_still_to_come(
    scope, alice, account_id, life
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.send_now, made)
    life.pass_to(NOW + timedelta(minutes=1))

    assert life.shown(made).next_times[0].local == datetime(2026, 3, 13, 18)
    with pytest.raises(InputError, match="Too late: it went out"):
        life.do(schedules.skip_date, made, datetime(2026, 3, 12, 18))


def test_a_list_that_somebody_left_meanwhile_is_followed_when_a_stop_is_taken_back(
    scope, alice, account_id, life, gateway
):
    with scope() as session:
        anna = recipients.person_with_number(session, alice.space_id, ANNA, NOW).id or 0
        choir = lists.add_list(session, alice, "Choir", NOW)
        lists.put_in(session, alice, choir, [anna], NOW)
    everybody = replace(daily(account_id, BEN), lists=(choir,))
    made = save(scope, alice, everybody, NOW)
    steered = life.do(schedules.end_schedule, made)
    with scope() as session:
        lists.take_out(session, alice, choir, [anna], NOW)

    life.undo(steered.undo)
    life.pass_to(TODAY)

    assert [one.to[:-15] for one in gateway.outbox] == [BEN[1:]]
