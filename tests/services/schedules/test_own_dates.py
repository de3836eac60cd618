"""A date that was changed alone belongs to its series, and goes out once: changed, or as usual."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.services.conftest import NOW
from tests.services.requests import ANNA, BEN, daily, save
from wasched.domain.content import Text
from wasched.domain.errors import InputError, NotFoundError
from wasched.services import schedules
from wasched.services.schedules import preview

TODAY = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
"""18:00 in Berlin."""
DAY = timedelta(days=1)
OLD, NEW = "Rehearsal at 19:30", "No rehearsal"


@pytest.fixture
def edit(scope, alice, life):
    def change(made, scope_, at=None, **values):
        with scope(write=False) as session:
            request = replace(schedules.request_of(session, alice, made), **values)
        return life.do(
            lambda session, user, schedule_id, now: schedules.edit_schedule(
                session, user, schedule_id, request, now, scope=scope_, occurrence_at=at
            ),
            made,
        ).schedule_id

    return change


@pytest.fixture
def series(scope, alice, account_id):
    return save(scope, alice, daily(account_id, ANNA, BEN), NOW)


def went(gateway):
    """The texts that went out, in their order, each of one send once."""
    return [one.content.body for one in gateway.outbox]


def test_a_changed_date_stands_in_its_series_and_is_not_left_out(series, edit, life):
    own = edit(series, "this", TODAY + 3 * DAY, contents=(Text(NEW),), clock=time(20))

    view = life.shown(series)
    (found,) = view.on_their_own
    assert (found.schedule_id, found.local, found.state) == (
        own,
        datetime(2026, 3, 15, 18),
        "waits",
    )
    assert (found.to_at, found.has_other_words) == (TODAY + 3 * DAY + timedelta(hours=2), True)
    assert view.skipped == [] and "unskip" not in view.may
    assert [one.local.day for one in view.next_times] == [12, 13, 14, 16, 17]
    assert view.line.sentence == "Every day at 18:00"
    of_it = life.shown(own)
    assert of_it.series.id == series and of_it.series.sentence == "Every day at 18:00"
    assert "usual" in of_it.may and of_it.series.at == TODAY + 3 * DAY


def test_the_preview_of_an_edit_says_that_a_changed_date_stays_and_is_no_exception(
    series, edit, life, scope, alice
):
    edit(series, "this", TODAY + 3 * DAY, contents=(Text(NEW),))
    life.do(schedules.skip_date, series, datetime(2026, 3, 17, 18))

    with scope() as session:
        own = schedules.days_on_their_own(session, [series])[series]
        draft = replace(schedules.request_of(session, alice, series), clock=time(19))
        told = preview.preview(session, alice, draft, NOW, series, own)

    assert told.sentence == "Every day at 19:00, except on 17 March 2026"
    about_days = [one for one in told.warnings if one.kind in ("left_out", "own_date")]
    assert [one.sentence for one in about_days] == [
        "It leaves out Tue 17 March.",
        "Sun 15 March keeps its own words and time: it was changed alone.",
    ]
    assert [one.local.day for one in told.next_times] == [12, 13, 14, 16, 18]


def test_it_cannot_be_taken_in_beside_the_changed_one(series, edit, life, gateway):
    edit(series, "this", TODAY + DAY, contents=(Text(NEW),))

    with pytest.raises(InputError, match="goes on its own"):
        life.do(schedules.unskip_date, series, datetime(2026, 3, 13, 18))
    life.pass_to(TODAY + 2 * DAY)

    assert went(gateway) == [OLD] * 2 + [NEW] * 2 + [OLD] * 2


def test_back_to_the_usual_sends_the_series_own_once_and_undo_the_changed_one(
    series, edit, life, gateway
):
    own = edit(series, "this", TODAY, contents=(Text(NEW),), clock=time(20))

    steered = life.do(schedules.back_to_usual, own)
    assert life.shown(series).next_times[0].at == TODAY
    assert life.shown(series).on_their_own == life.shown(series).skipped == []
    assert "usual" not in life.shown(own).may
    life.undo(steered.undo)
    assert life.shown(series).next_times[0].at == TODAY + DAY
    life.pass_to(TODAY + timedelta(hours=3))
    assert went(gateway) == [NEW] * 2

    tomorrow = edit(series, "this", TODAY + DAY, contents=(Text(NEW),), clock=time(9))
    life.do(schedules.back_to_usual, tomorrow)
    life.pass_to(TODAY + DAY + timedelta(hours=3))
    assert went(gateway)[2:] == [OLD] * 2


def test_who_had_the_changed_one_gets_no_usual_one(series, edit, life, gateway):
    own = edit(series, "this", TODAY, contents=(Text(NEW),))
    life.send_one_now()

    life.do(schedules.back_to_usual, own)
    life.pass_to(TODAY + timedelta(hours=1))

    assert [(one.to[:-15], one.content.body) for one in gateway.outbox] == [
        (ANNA[1:], NEW),
        (BEN[1:], OLD),
    ]


def test_one_that_has_gone_says_so_and_cannot_go_back(series, edit, life, gateway):
    own = edit(series, "this", TODAY + DAY, contents=(Text(NEW),))
    life.do(schedules.send_now, own)
    assert "usual" not in life.shown(own).may  # on its way
    life.sweep()

    assert [one.state for one in life.shown(series).on_their_own] == ["gone"]
    for deed in (lambda: life.do(schedules.back_to_usual, own), lambda: _unskip(life, series)):
        with pytest.raises(InputError):
            deed()
    life.pass_to(TODAY + DAY + timedelta(hours=1))
    assert went(gateway) == [NEW] * 2 + [OLD] * 2


def _unskip(life, series):
    life.do(schedules.unskip_date, series, datetime(2026, 3, 13, 18))


def test_one_that_was_called_off_is_left_out_and_cannot_come_back_beside_the_usual_one(
    series, edit, life, gateway, clock
):
    own = edit(series, "this", TODAY + DAY, contents=(Text(NEW),))
    steered = life.do(schedules.cancel_schedule, own)
    clock.move(seconds=1)
    assert [one.local.day for one in life.shown(series).skipped] == [13]

    _unskip(life, series)
    with pytest.raises(InputError, match="moved on"):
        life.undo(steered.undo)
    life.pass_to(TODAY + DAY + timedelta(hours=1))

    assert went(gateway) == [OLD] * 4


def test_it_stays_with_the_one_that_takes_over(series, edit, life):
    life.pass_to(TODAY + timedelta(minutes=1))
    own = edit(series, "this", TODAY + 3 * DAY, contents=(Text(NEW),))

    new = edit(series, "following", TODAY + 2 * DAY, clock=time(20))

    assert new != series and life.shown(series).on_their_own == []
    assert [one.schedule_id for one in life.shown(new).on_their_own] == [own]
    life.do(schedules.back_to_usual, own)
    assert TODAY + 3 * DAY + timedelta(hours=2) in [one.at for one in life.shown(new).next_times]


def test_the_last_one_goes_back_into_a_series_that_had_ended_by_it(
    scope, alice, account_id, edit, life, gateway
):
    series = save(scope, alice, daily(account_id, rrule="FREQ=DAILY;COUNT=1"), NOW)
    own = edit(series, "this", contents=(Text(NEW),))
    assert life.shown(series).line.status == "ended"

    life.do(schedules.back_to_usual, own)
    life.pass_to(TODAY + timedelta(hours=1))

    assert went(gateway) == [OLD]


def test_nobody_elses_date_is_put_back(scope, charlie, series, edit, life, clock):
    own = edit(series, "this", contents=(Text(NEW),))
    with scope() as session, pytest.raises(NotFoundError):
        schedules.back_to_usual(session, charlie, own, clock.now())
