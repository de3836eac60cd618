"""Pausing, skipping, ending and sending now: what reaches people, and what can be taken back."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlmodel import select

from tests.reasons import said
from tests.services.conftest import NOW, add_account
from tests.services.life import Life
from tests.services.requests import ANNA, BEN, a_request, daily, once, save
from wasched.domain.errors import InputError, NotFoundError, SendError
from wasched.domain.message import Status
from wasched.models import Message, Recipient, Schedule
from wasched.services import schedules
from wasched.services.delivery.sender import AccountSender
from wasched.services.recipients import recipients

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""


def test_a_daily_message_goes_out_each_day(scope, alice, account_id, life, gateway):
    save(scope, alice, daily(account_id), NOW)

    life.pass_to(TODAY + timedelta(days=2, minutes=1))

    assert len(gateway.outbox) == 3


def test_nothing_goes_while_paused_and_nothing_of_it_is_missed(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.pause_schedule, made)

    life.pass_to(TODAY + timedelta(hours=5))

    assert gateway.outbox == []
    assert life.statuses() == [Status.SCHEDULED]
    assert life.shown(made).line.status == "paused"


def test_after_a_pause_it_goes_on_and_what_came_due_asks(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.pause_schedule, made)
    life.pass_to(TODAY + timedelta(days=2, hours=5))

    steered = life.do(schedules.resume_schedule, made)
    life.pass_to(TODAY + timedelta(days=3, minutes=1))

    assert steered.sentence == "Goes on. 1 was missed meanwhile."
    assert len(gateway.outbox) == 1
    assert life.statuses()[0] == Status.MISSED


def test_resumed_within_its_late_window_it_still_goes(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.pause_schedule, made)
    life.pass_to(TODAY + timedelta(minutes=15))

    life.do(schedules.resume_schedule, made)
    life.sweep()

    assert len(gateway.outbox) == 1


def test_a_batch_that_is_going_out_can_be_paused(scope, alice, clock, gateway):
    account_id = add_account(scope, alice, gap_min_s=60, gap_max_s=60)
    life = Life(scope, alice, clock, AccountSender(account_id, gateway, scope, clock, Random(1)))
    made = save(scope, alice, a_request(account_id, ANNA, BEN), NOW)
    life.sweep()

    life.do(schedules.pause_schedule, made)
    life.pass_to(NOW + timedelta(minutes=15))
    assert len(gateway.outbox) == 1

    life.do(schedules.resume_schedule, made)
    life.sweep()
    assert len(gateway.outbox) == 2


def test_what_was_on_its_way_when_paused_is_not_tried_again(
    scope, alice, account_id, life, gateway, clock
):
    made = save(scope, alice, a_request(account_id), NOW)

    def pause_meanwhile(outgoing):
        life.do(schedules.pause_schedule, made)
        gateway.send = take
        raise SendError(said("No connection."), permanent=False, left=False)

    take, gateway.send = gateway.send, pause_meanwhile
    life.sweep()
    life.pass_to(NOW + timedelta(hours=1))

    assert gateway.outbox == []
    assert life.statuses() == [Status.SCHEDULED]


def test_a_pause_can_be_taken_back(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    steered = life.do(schedules.pause_schedule, made)

    life.undo(steered.undo)
    life.pass_to(TODAY)

    assert len(gateway.outbox) == 1


def test_the_next_one_is_skipped_and_the_one_after_it_goes(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)

    steered = life.do(schedules.skip_next, made)
    life.pass_to(TODAY + timedelta(hours=1))
    assert gateway.outbox == []
    assert steered.sentence == "Skips today at 18:00."

    life.pass_to(TODAY + timedelta(days=1))
    assert len(gateway.outbox) == 1


def test_a_skip_can_be_taken_back_while_it_is_to_come(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    steered = life.do(schedules.skip_next, made)
    assert [one.at for one in life.shown(made).skipped] == [TODAY]

    life.undo(steered.undo)
    life.pass_to(TODAY + timedelta(days=1, minutes=1))

    assert len(gateway.outbox) == 2
    assert life.shown(made).skipped == []


def test_what_is_over_cannot_be_taken_in_again(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.skip_next, made)
    life.pass_to(TODAY + timedelta(hours=1))

    with pytest.raises(InputError, match="moved on"):
        life.do(schedules.unskip_date, made, datetime(2026, 3, 12, 18, 0))


def test_a_later_one_can_be_skipped(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)

    life.do(schedules.skip_date, made, datetime(2026, 3, 13, 18, 0))
    life.pass_to(TODAY + timedelta(days=2, minutes=1))

    assert len(gateway.outbox) == 2


def test_a_time_that_is_none_cannot_be_skipped(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)

    with pytest.raises(InputError):
        life.do(schedules.skip_date, made, datetime(2026, 3, 13, 18, 1))


def test_sent_now_it_does_not_go_again_at_its_time(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)

    life.do(schedules.send_now, made)
    life.sweep()
    assert len(gateway.outbox) == 1

    life.pass_to(TODAY + timedelta(hours=3))
    assert len(gateway.outbox) == 1
    life.pass_to(TODAY + timedelta(days=1))
    assert len(gateway.outbox) == 2


def test_sent_now_although_paused_it_goes(scope, alice, account_id, life, gateway):
    made = save(scope, alice, once(account_id, at=datetime(2026, 3, 13, 9)), NOW)
    life.do(schedules.pause_schedule, made)

    life.do(schedules.send_now, made)
    life.sweep()

    assert len(gateway.outbox) == 1


def test_an_ended_schedule_sends_nothing_more(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)

    life.do(schedules.end_schedule, made)
    life.pass_to(TODAY + timedelta(days=2))

    assert gateway.outbox == []
    assert life.shown(made).line.status == "ended"


@pytest.mark.parametrize("what", [schedules.cancel_schedule, schedules.end_schedule])
def test_cancelling_can_be_taken_back(scope, alice, account_id, life, gateway, what):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    steered = life.do(what, made)
    assert life.statuses() == [Status.CANCELLED] * 2

    life.undo(steered.undo)
    life.pass_to(TODAY + timedelta(days=1))

    assert len(gateway.outbox) == 4


def test_a_decision_is_not_taken_back_over_a_newer_one(scope, alice, account_id, life, clock):
    made = save(scope, alice, daily(account_id), NOW)
    steered = life.do(schedules.pause_schedule, made)
    clock.move(seconds=1)
    life.do(schedules.end_schedule, made)

    with pytest.raises(InputError, match="moved on"):
        life.undo(steered.undo)


def test_a_message_cancelled_by_itself_stays_so_when_a_skip_is_taken_back(
    scope, alice, account_id, life
):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    with scope() as session:
        session.scalars(select(Message)).first().status = Status.CANCELLED
    steered = life.do(schedules.skip_next, made)

    life.undo(steered.undo)

    assert sorted(life.statuses()) == [Status.CANCELLED, Status.SCHEDULED]


def test_only_those_who_failed_get_it_again(scope, alice, account_id, life, gateway):
    gateway.answers = [SendError(said("Not on WhatsApp."), permanent=True, left=True)]
    made = save(scope, alice, a_request(account_id, ANNA, BEN), NOW)
    life.sweep()
    assert life.shown(made).failed == 1

    steered = life.do(schedules.resend_failed, made)
    life.sweep()

    assert steered.sentence == "Goes out again."
    assert len(gateway.outbox) == 2
    assert life.statuses() == [Status.SENT] * 2


def test_what_may_be_done_is_what_is_offered(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)
    view = life.shown(made)

    assert view.may == ["edit", "pause", "skip", "send_now", "duplicate", "end", "cancel"]
    assert view.line.sentence == "Every day at 18:00"
    assert [one.local.day for one in view.next_times] == [12, 13, 14, 15, 16]

    life.do(schedules.cancel_schedule, made)
    assert life.shown(made).may == ["duplicate"]


def test_repeating_schedules_are_listed_with_whom_they_reach(scope, alice, account_id):
    save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    save(scope, alice, once(account_id, at=datetime(2026, 3, 13, 9)), NOW)

    with scope(write=False) as session:
        repeating = schedules.list_schedules(session, alice, NOW).lines
        first = schedules.list_schedules(session, alice, NOW, which="all", limit=1)
        second = schedules.list_schedules(
            session, alice, NOW, which="all", cursor=first.next_cursor
        )
        assert schedules.count_repeating(session, alice, 99) == 1

    assert [(one.sentence, one.recipients, one.waiting) for one in repeating] == [
        ("Every day at 18:00", 2, 2)
    ]
    assert [one.sentence for one in first.lines + second.lines] == [
        "Once, tomorrow at 09:00",
        "Every day at 18:00",
    ]
    assert second.next_cursor == ""


@pytest.mark.parametrize(
    ("search", "found"), [("REHEARSAL", 1), ("anna", 1), ("456790", 1), ("Zoe", 0)]
)
def test_a_repetition_is_found_by_its_words_and_by_whom_it_goes_to(
    scope, alice, account_id, search, found
):
    save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    with scope() as session:
        recipients.person_with_number(session, alice.space_id, ANNA, NOW, "Anna Schmidt")

    with scope(write=False) as session:
        lines = schedules.list_schedules(session, alice, NOW, search=search).lines

    assert len(lines) == found


def test_nobody_touches_the_schedules_of_others(scope, alice, charlie, account_id, clock):
    made = save(scope, alice, daily(account_id), NOW)

    with scope() as session:
        for what in (
            schedules.pause_schedule,
            schedules.cancel_schedule,
            schedules.skip_next,
            schedules.schedule_view,
        ):
            with pytest.raises(NotFoundError):
                what(session, charlie, made, NOW)
        assert schedules.list_schedules(session, charlie, NOW).lines == []
        assert schedules.count_repeating(session, charlie, 99) == 0


def test_a_copy_of_what_is_over_is_for_the_next_such_time(scope, alice, account_id, life):
    made = save(scope, alice, once(account_id, at=datetime(2026, 3, 12, 18)), NOW)
    life.pass_to(TODAY + timedelta(days=1, hours=1))

    request = life.do(schedules.duplicate_of, made)

    assert (request.day.day, request.clock.hour) == (14, 18)


def test_an_opt_out_after_layout_is_honoured_when_it_is_claimed(
    scope, alice, account_id, life, gateway
):
    save(scope, alice, a_request(account_id, ANNA, BEN), NOW)
    with scope() as session:
        session.scalars(select(Recipient).where(Recipient.phone == BEN)).one().opted_out_at = NOW

    life.sweep()

    assert [one.to[:-15] for one in gateway.outbox] == [ANNA[1:]]
    assert sorted(life.statuses()) == [Status.SENT, Status.SKIPPED]


def test_who_wants_nothing_is_skipped_when_it_is_laid_out(scope, alice, account_id, life):
    save(scope, alice, a_request(account_id, ANNA), NOW)
    with scope() as session:
        session.scalars(select(Recipient)).one().opted_out_at = NOW
    save(scope, alice, once(account_id, at=datetime(2026, 3, 13, 9)), NOW)

    assert life.statuses()[1] == Status.SKIPPED


def test_a_schedule_without_its_rows_is_no_riddle(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    with scope() as session:
        session.get(Schedule, made).rrule = "FREQ=DAILY;COUNT=1"

    life.pass_to(TODAY + timedelta(days=1))

    assert life.shown(made).line.status == "ended"
    assert len(gateway.outbox) == 1
