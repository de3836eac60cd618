"""Editing: the new words and times reach people, and nobody gets what they had again."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.services.conftest import NOW, add_account
from tests.services.requests import ANNA, BEN, CEM, a_request, daily, once, save
from wasched.domain.content import Text
from wasched.domain.errors import ChangedError, InputError
from wasched.domain.message import Status
from wasched.domain.reasons import Code, because
from wasched.services import schedules

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""
NEW = (Text("Rehearsal at 20:00"),)


def edit(life, made, request, **named):
    return life.do(
        lambda session, user, schedule_id, now: schedules.edit_schedule(
            session, user, schedule_id, request, now, **named
        ),
        made,
    )


def request_of(scope, alice, made):
    with scope(write=False) as session:
        return schedules.request_of(session, alice, made)


def texts(gateway):
    return [one.content.body for one in gateway.outbox]


def test_new_words_reach_everybody_who_has_not_had_the_old_ones(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    life.pass_to(TODAY)

    edit(life, made, replace(request_of(scope, alice, made), contents=NEW))
    life.pass_to(TODAY + timedelta(days=1))

    assert texts(gateway) == ["Rehearsal at 19:30", "Rehearsal at 20:00"]


def test_a_later_time_on_the_same_day_does_not_send_again_that_day(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id), NOW)
    life.pass_to(TODAY + timedelta(minutes=30))

    edit(life, made, replace(request_of(scope, alice, made), clock=time(20, 0)))
    life.pass_to(TODAY + timedelta(hours=5))
    assert len(gateway.outbox) == 1

    life.pass_to(TODAY + timedelta(days=1, hours=2))
    assert len(gateway.outbox) == 2
    assert life.shown(made).line.sentence == "Every day at 20:00"


def test_an_earlier_time_counts_from_its_next_day(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)

    edit(life, made, replace(request_of(scope, alice, made), clock=time(9, 0)))
    life.pass_to(TODAY + timedelta(days=1))

    assert life.shown(made).next_times[0].local == datetime(2026, 3, 14, 9, 0)
    assert len(gateway.outbox) == 1


def test_a_single_message_moves(scope, alice, account_id, life, gateway):
    made = save(scope, alice, once(account_id, at=datetime(2026, 3, 12, 18)), NOW)

    edit(life, made, once(account_id, at=datetime(2026, 3, 13, 9)))
    life.pass_to(TODAY + timedelta(hours=1))
    assert gateway.outbox == []

    life.pass_to(TODAY + timedelta(days=1))
    assert len(gateway.outbox) == 1


def test_people_taken_off_get_nothing_and_people_added_get_it(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)

    edit(life, made, daily(account_id, BEN, CEM))
    life.pass_to(TODAY)

    assert sorted(one.to[:-15] for one in gateway.outbox) == [BEN[1:], CEM[1:]]


def test_who_had_it_gets_it_no_second_time_when_the_rest_is_moved(
    scope, alice, life, gateway, clock
):
    slow = add_account(scope, alice, gap_min_s=3600, gap_max_s=3600)
    life = life.at(slow)
    made = save(scope, alice, a_request(slow, ANNA, BEN, late_s=86400), NOW)
    life.sweep()
    assert len(gateway.outbox) == 1

    edit(life, made, once(slow, ANNA, BEN, CEM, at=datetime(2026, 3, 13, 9), late_s=86400))
    life.pass_to(TODAY + timedelta(days=2))

    assert sorted(one.to[:-15] for one in gateway.outbox) == [ANNA[1:], BEN[1:], CEM[1:]]


def test_it_can_go_through_another_account(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    other = add_account(scope, alice, name="Bakery")

    edit(life, made, daily(other))
    life.pass_to(TODAY)
    assert gateway.outbox == []

    life.at(other).sweep()
    assert len(gateway.outbox) == 1


def test_this_one_alone_is_changed(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    request = replace(request_of(scope, alice, made), contents=NEW, clock=time(20, 0))

    steered = edit(life, made, request, scope="this")
    life.pass_to(TODAY + timedelta(days=1))

    assert steered.schedule_id != made
    assert texts(gateway) == ["Rehearsal at 20:00", "Rehearsal at 19:30"]
    assert life.shown(steered.schedule_id).line.repeats is False


def test_a_later_one_alone_is_changed(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    request = replace(request_of(scope, alice, made), contents=NEW)

    edit(life, made, request, scope="this", occurrence_at=TODAY + timedelta(days=1))
    life.pass_to(TODAY + timedelta(days=2))

    assert texts(gateway) == ["Rehearsal at 19:30", "Rehearsal at 20:00", "Rehearsal at 19:30"]


def test_one_that_is_sent_now_to_some_is_changed_for_the_others(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id, ANNA, BEN), NOW)
    life.send_one_now()
    request = replace(request_of(scope, alice, made), contents=NEW)

    edit(life, made, request, scope="this")
    life.pass_to(TODAY)

    assert texts(gateway) == ["Rehearsal at 19:30", "Rehearsal at 20:00"]
    assert len({one.to for one in gateway.outbox}) == 2


def test_those_that_follow_are_changed_and_what_was_before_is_not(
    scope, alice, account_id, life, gateway
):
    made = save(scope, alice, daily(account_id, rrule="FREQ=DAILY;COUNT=4"), NOW)
    request = replace(request_of(scope, alice, made), contents=NEW)

    steered = edit(life, made, request, scope="following", occurrence_at=TODAY + timedelta(days=2))
    life.pass_to(TODAY + timedelta(days=6))

    assert texts(gateway) == ["Rehearsal at 19:30"] * 2 + ["Rehearsal at 20:00"] * 2
    assert life.shown(made).line.status == "ended"
    assert life.shown(steered.schedule_id).line.sentence == "Every day at 18:00, 2 times"


def test_from_the_first_on_is_all_of_it(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)
    request = replace(request_of(scope, alice, made), contents=NEW)

    assert edit(life, made, request, scope="following").schedule_id == made


def test_an_edit_that_is_refused_changes_nothing(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)

    with pytest.raises(InputError) as refusal:
        edit(life, made, once(account_id, at=datetime(2026, 3, 1, 9)))

    assert refusal.value.field == "when"
    assert life.shown(made).line.sentence == "Every day at 18:00"
    assert life.statuses() == [Status.SCHEDULED]


def test_somebody_elses_newer_change_is_not_overwritten_unasked(
    scope, alice, account_id, life, clock
):
    made = save(scope, alice, daily(account_id), NOW)
    seen = life.shown(made).line.version
    clock.move(seconds=5)
    edit(life, made, replace(request_of(scope, alice, made), late_s=300))

    with pytest.raises(ChangedError) as refusal:
        edit(life, made, daily(account_id, contents=NEW), if_version=seen)

    assert refusal.value.reason == because(Code.CHANGED_BY_YOU, at=clock.now())


def test_a_longer_late_window_counts_for_what_waits(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    edit(life, made, replace(request_of(scope, alice, made), late_s=7200))
    gateway.is_ready = False
    life.pass_to(TODAY + timedelta(hours=1))

    gateway.is_ready = True
    life.sweep()

    assert len(gateway.outbox) == 1


def test_a_paused_schedule_stays_paused_when_it_is_edited(scope, alice, account_id, life, gateway):
    made = save(scope, alice, daily(account_id), NOW)
    life.do(schedules.pause_schedule, made)

    edit(life, made, daily(account_id, contents=NEW, at="19:00"))
    life.pass_to(TODAY + timedelta(hours=3))

    assert gateway.outbox == []
    assert life.shown(made).line.status == "paused"


def test_the_last_day_of_the_month_moves_with_its_rule(scope, alice, account_id, life):
    made = save(scope, alice, daily(account_id), NOW)
    rule = {"rrule": "FREQ=MONTHLY;BYMONTHDAY=31", "month_end": "last"}

    edit(life, made, daily(account_id, day=date(2026, 3, 31), **rule))

    assert [one.local.day for one in life.shown(made).next_times] == [31, 30, 31, 30, 31]
