"""Editing and duplicating on the compose page: what was there stays unless it is changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import reflex as rx

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.services.fakes import FakeClock
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call, saved
from wasched import bootstrap
from wasched.domain import wall_clock
from wasched.domain.content import Poll, Text
from wasched.models import Account, Role, Schedule, ScheduleStatus
from wasched.services import schedules
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts, templates
from wasched.services.schedules.create import create_schedule
from wasched.services.schedules.requests import ScheduleRequest
from wasched.ui.calendar.state import CalendarState
from wasched.ui.compose import draft_state, storage_state
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.editing_state import EditState
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_state import WhenState
from wasched.ui.core import routes
from wasched.ui.schedule.schedule_actions import SteeredState
from wasched.ui.schedule.state import ScheduleState

pytestmark = pytest.mark.asyncio

LUNCH = Poll("Lunch?", ("Soup", "Salad"))


@pytest.fixture
def made(alice: Caller, account_id: int) -> int:
    """A schedule that repeats every Friday, twelve times."""
    day = date.today() + timedelta(days=30)
    request = ScheduleRequest(
        account_id,
        ("+49 151 0000 0012",),
        (Text("The market is open"),),
        day,
        time(18),
        "Europe/Berlin",
        rrule="FREQ=WEEKLY;BYDAY=FR;COUNT=12",
        late_s=600,
    )
    with session_scope() as session:
        return create_schedule(session, alice, request, datetime.now(UTC)).schedule_id


async def opened(root: rx.State) -> ComposeState:
    """The compose page at the tab's address."""
    state = await state_in(root, ComposeState)
    await call(state, "load")
    return state


def row(schedule_id: int) -> Schedule:
    """A schedule as it is saved."""
    with session_scope(write=False) as session:
        found = session.get_one(Schedule, schedule_id)
        session.expunge(found)
        return found


async def test_what_is_not_touched_stays_as_it_was(tab: Tab, alice: Caller, made: int) -> None:
    before = row(made)
    root = tab(alice, f"/new?schedule={made}")
    state, edit = await opened(root), await state_in(root, EditState)
    await call(edit, "choose", "all")
    content, draft = await state_in(root, ContentState), await state_in(root, DraftState)
    assert draft.other_late == "Up to 10 min late"

    ContentState.event_handlers["say"].fn(content, 0, "The market is closed")
    await call(state, "submit")

    after = row(made)
    assert after.contents[0]["body"] == "The market is closed"
    assert (after.rrule, after.starts_local, after.late_window_s) == (
        before.rrule,
        before.starts_local,
        600,
    )


async def test_which_ones_are_meant_is_asked_before_anything_is_saved(
    tab: Tab, alice: Caller, made: int
) -> None:
    state = await opened(tab(alice, f"/new?schedule={made}"))

    await call(state, "submit")

    assert state.field == "scope"


async def test_only_one_of_them_keeps_its_day_and_no_rule(
    tab: Tab, alice: Caller, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    state = await opened(root)
    await call(await state_in(root, EditState), "choose", "this")
    at = await state_in(root, WhenState)
    WhenState.event_handlers["fill"].fn(at, "clock", "19:15")

    await call(state, "submit")

    alone = row(made + 1)
    assert (alone.rrule, alone.starts_local.time()) == ("", time(19, 15))
    assert row(made).exdates == [f"{alone.starts_local.date()}T18:00:00"]


@pytest.mark.parametrize(("scope", "repeats"), [("this", False), ("following", True)])
async def test_what_will_happen_is_told_of_those_that_are_meant(
    tab: Tab, alice: Caller, made: int, scope: str, repeats: bool
) -> None:
    first = row(made)
    assert first.next_at is not None and first.next_local is not None
    week = timedelta(days=7)
    root = tab(alice, routes.edit(made, (first.next_at + week).isoformat()))
    await opened(root)
    await call(await state_in(root, EditState), "choose", scope)

    [told] = (
        await draft_state.look_at_draft(await state_in(root, DraftState), "Europe/Berlin")
    ).requests

    assert (told.day, bool(told.rrule)) == ((first.next_local + week).date(), repeats)


async def test_who_was_slower_sees_that_it_was_changed_and_may_insist(
    tab: Tab, alice: Caller, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    state, edit = await opened(root), await state_in(root, EditState)
    await call(edit, "choose", "all")
    with session_scope() as session:
        anna = add_to_space(session, alice, "Anna", Role.EDITOR, datetime.now(UTC))
        schedules.skip_next(session, anna, made, datetime.now(UTC))
        theirs = replace(schedules.request_of(session, anna, made), clock=time(19))
        schedules.edit_schedule(session, anna, made, theirs, datetime.now(UTC))
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, "Mine")

    await call(state, "submit")
    assert edit.shown.conflict == (
        "Anna changed this less than a minute ago: the time (was 18:00, is 19:00), 1 day left out. "
        "Yours is kept here."
    )
    assert row(made).contents[0]["body"] == "The market is open"
    await call(edit, "insist")
    await call(state, "submit")

    assert row(made).contents[0]["body"] == "Mine"
    assert row(made).starts_local.time() == time(18)


async def test_what_somebody_cancelled_meanwhile_can_be_made_anew(
    tab: Tab, alice: Caller, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    state, edit = await opened(root), await state_in(root, EditState)
    await call(edit, "choose", "all")
    with session_scope() as session:
        schedules.pause_schedule(session, alice, made, datetime.now(UTC))
        schedules.cancel_schedule(session, alice, made, datetime.now(UTC))

    await call(state, "submit")
    assert edit.shown.conflict.startswith("You cancelled this elsewhere less than a minute ago.")
    await call(edit, "insist")
    await call(state, "submit")

    assert row(made).status == ScheduleStatus.CANCELLED
    assert row(made + 1).status == ScheduleStatus.ACTIVE


async def test_what_changes_nothing_that_is_edited_holds_nobody_up(
    tab: Tab, alice: Caller, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    state, edit = await opened(root), await state_in(root, EditState)
    await call(edit, "choose", "all")
    with session_scope() as session:
        schedules.pause_schedule(session, alice, made, datetime.now(UTC))

    await call(state, "submit")

    assert (edit.shown.conflict, row(made).status) == ("", ScheduleStatus.PAUSED)
    assert row(made).version == 3


async def test_what_is_no_text_goes_on_as_it_was(tab: Tab, alice: Caller, account_id: int) -> None:
    day = date.today() + timedelta(days=3)
    poll = ScheduleRequest(account_id, ("+49 151 0000 0012",), (LUNCH,), day, time(12), "UTC")
    with session_scope() as session:
        made = create_schedule(session, alice, poll, datetime.now(UTC)).schedule_id
    root = tab(alice, f"/new?schedule={made}")
    state, at = await opened(root), await state_in(root, WhenState)
    WhenState.event_handlers["fill"].fn(at, "clock", "12:30")

    await call(state, "submit")

    assert row(made).contents[0]["question"] == "Lunch?"
    assert row(made).starts_local.time() == time(12, 30)


async def test_a_copy_is_a_new_schedule_with_all_its_times(
    tab: Tab, alice: Caller, made: int
) -> None:
    state = await opened(tab(alice, f"/new?schedule={made}&copy=yes"))

    await call(state, "submit")

    assert row(made + 1).rrule == row(made).rrule
    assert len(saved()) == 2


async def test_a_message_made_of_a_template_counts_as_its_use(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    with session_scope() as session:
        made = templates.add_template(session, alice, "Greeting", "Good morning", datetime.now(UTC))
    root = tab(alice, f"/new?template={made}")
    state, at = await opened(root), await state_in(root, WhenState)
    await call(await state_in(root, RecipientsState), "enter", {"to": "+49 151 0000 0012"})
    WhenState.event_handlers["fill"].fn(at, "mode", "now")

    await call(state, "submit")

    with session_scope(write=False) as session:
        assert templates.fetch_template(session, alice, made).uses == 1
    assert len(saved()) == 1


async def test_what_would_come_too_late_is_not_saved_without_an_answer(
    tab: Tab, alice: Caller, account_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime.now(UTC).replace(hour=12)  # just before midnight the last one would be in time
    monkeypatch.setattr(bootstrap, "clock", lambda: FakeClock(noon))
    with session_scope() as session:
        session.get_one(Account, account_id).stranger_cap = 1
    root = tab(alice, "/new")
    state, at = await opened(root), await state_in(root, WhenState)
    await call(await state_in(root, RecipientsState), "enter", {"to": "+49 151 0000 0012"})
    await call(await state_in(root, RecipientsState), "enter", {"to": "+49 151 0000 0013"})
    ContentState.event_handlers["say"].fn(await state_in(root, ContentState), 0, "Hello")
    WhenState.event_handlers["fill"].fn(at, "mode", "now")

    await call(state, "submit")
    assert (state.field, len(saved())) == ("spread", 0)
    assert state.error == "1 of 2 would go in time; the last one would be missed."

    DraftState.event_handlers["choose"].fn(await state_in(root, DraftState), "late", "172800")
    await call(state, "submit")
    assert len(saved()) == 2  # one for each of them


async def test_an_edit_leaves_the_unfinished_message_alone(
    tab: Tab, alice: Caller, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    draft = await state_in(root, DraftState)
    state = await opened(root)
    await call(state, "keep")
    await storage_state.store_draft(draft, alice)

    with session_scope(write=False) as session:
        assert kept_drafts.list_drafts(session, alice) == []


async def test_charlie_sees_and_steers_no_schedule_of_alices(
    tab: Tab, charlie: Caller, made: int
) -> None:
    state = await state_in(tab(charlie, f"/schedules/{made}"), ScheduleState)
    await call(state, "load")

    assert state.is_missing
    assert state.coming == []


@pytest.fixture
def daily(alice: Caller, account_id: int) -> Callable[..., int]:
    """Makes a schedule that repeats every day from a day on, in Berlin."""

    def make(day: date, clock: time = time(18)) -> int:
        text = (Text("The market is open"),)
        request = ScheduleRequest(
            account_id, ("+49 151 0000 0012",), text, day, clock, "Europe/Berlin"
        )
        with session_scope() as session:
            wanted = replace(request, rrule="FREQ=DAILY")
            return create_schedule(session, alice, wanted, datetime.now(UTC)).schedule_id

    return make


async def test_exceptions_that_are_typed_join_those_that_were_there(
    tab: Tab, alice: Caller, daily: Callable[..., int]
) -> None:
    first = date.today() + timedelta(days=30)
    skipped, named = first + timedelta(days=2), first + timedelta(days=3)
    made = daily(first)
    with session_scope() as session:
        schedules.skip_date(
            session, alice, made, datetime.combine(skipped, time(18)), datetime.now(UTC)
        )
    root = tab(alice, f"/new?schedule={made}")
    state = await opened(root)
    await call(await state_in(root, EditState), "choose", "all")
    at = await state_in(root, WhenState)
    phrase = f"every day at 9 from {first:%-d %B %Y} except on {named:%-d %B %Y}"
    for name, value in (("mode", "typed"), ("phrase", phrase)):
        WhenState.event_handlers["fill"].fn(at, name, value)
    look = await draft_state.look_at_draft(await state_in(root, DraftState), "UTC")
    assert {one.date() for one in look.requests[0].exdates} == {skipped, named}

    await call(state, "submit")

    page = await state_in(tab(alice, f"/schedules/{made}"), ScheduleState)
    await call(page, "load")
    assert _days(page, "left_out") == [skipped, named]
    assert _days(page, "goes") == [first + timedelta(days=one) for one in (0, 1, 4, 5, 6)]


async def test_the_day_of_a_clock_change_is_skipped_and_taken_in_from_the_list(
    tab: Tab, alice: Caller, daily: Callable[..., int]
) -> None:
    march = date(date.today().year + 1, 3, 31)
    sunday = march - timedelta(days=(march.weekday() + 1) % 7)  # the clocks go forward
    made = daily(sunday - timedelta(days=2), time(2, 30))
    state = await state_in(tab(alice, f"/schedules/{made}"), ScheduleState)
    await call(state, "load")
    assert state.coming[2].clock == "03:30"

    await call(state, "skip", state.coming[2].local)
    assert _days(state, "left_out") == [sunday] and sunday not in _days(state, "goes")
    await call(state, "unskip", state.coming[2].local)

    assert _days(state, "left_out") == [] and state.coming[2].clock == "03:30"


def _days(page: ScheduleState, kind: str) -> list[date]:
    """The days of those of its times that go, go on their own, or are left out."""
    return [datetime.fromisoformat(one.local).date() for one in page.coming if one.kind == kind]


async def test_any_of_its_times_can_be_changed_from_the_calendar_and_put_back(
    tab: Tab, alice: Caller, daily: Callable[..., int]
) -> None:
    first = date.today() + timedelta(days=30)
    made, later = daily(first), first + timedelta(days=9)
    calendar = await state_in(tab(alice, f"/calendar?view=list&day={later}"), CalendarState)
    await call(calendar, "load")
    entry = calendar.days[0].lines[0]

    page = await state_in(tab(alice, entry.href), ScheduleState)
    await call(page, "load")
    assert (page.chosen[0].edit, page.chosen[0].clock) == (entry.edit, "18:00")
    root = tab(alice, entry.edit)
    state = await opened(root)
    await call(await state_in(root, EditState), "choose", "this")
    content, at = await state_in(root, ContentState), await state_in(root, WhenState)
    ContentState.event_handlers["say"].fn(content, 0, "The market is closed")
    WhenState.event_handlers["fill"].fn(at, "clock", "20:00")
    await call(state, "submit")

    await call(page, "load")
    (own,) = page.chosen
    assert own.rest == "goes at 20:00 instead, with another text"
    assert (own.href, own.usual) == (f"/schedules/{made + 1}", str(made + 1))
    await call(calendar, "load")
    changed = next(line for line in calendar.days[0].lines if line.may_go_back)
    assert changed.clock == "20:00"

    await call(calendar, "back_to_usual", changed.key)

    assert [line.clock for line in calendar.days[0].lines if line.status == "scheduled"] == [
        "18:00"
    ]
    await call(page, "load")
    assert page.chosen[0].kind == "goes"
    steered = await state_in(calendar._get_root_state(), SteeredState)
    await call(steered, "take_back", steered._undo.at.isoformat())
    await call(page, "load")
    assert page.chosen == [own]


async def test_a_time_that_is_no_more_is_not_quietly_taken_for_the_next_one(
    tab: Tab, alice: Caller, daily: Callable[..., int]
) -> None:
    first = date.today() + timedelta(days=30)
    made = daily(first)
    gone = wall_clock.instant(datetime.combine(first, time(18)), wall_clock.zone("Europe/Berlin"))
    address = routes.edit(made, gone.isoformat())
    with session_scope() as session:
        schedules.send_now(session, alice, made, datetime.now(UTC))

    root = tab(alice, address)
    await opened(root)

    shown = (await state_in(root, EditState)).shown
    assert shown.gone and shown.next_time and shown.gone != shown.next_time
    page = await state_in(tab(alice, routes.schedule_at(made, gone.isoformat())), ScheduleState)
    await call(page, "load")
    assert [one.kind for one in page.chosen] == ["over"]


async def test_the_day_of_a_clock_change_is_edited_alone(
    tab: Tab, alice: Caller, daily: Callable[..., int]
) -> None:
    march = date(date.today().year + 1, 3, 31)
    sunday = march - timedelta(days=(march.weekday() + 1) % 7)
    made = daily(sunday - timedelta(days=2), time(2, 30))
    instant = datetime.combine(sunday, time(1, 30), UTC)  # 03:30 by then
    root = tab(alice, routes.edit(made, instant.isoformat()))
    state, at = await opened(root), await state_in(root, WhenState)
    await call(await state_in(root, EditState), "choose", "this")
    assert (at.at.day, at.at.clock) == (sunday.isoformat(), "02:30")

    await call(state, "submit")

    assert [one[:10] for one in row(made).exdates] == [sunday.isoformat()]


@pytest.mark.parametrize("is_chosen_first", [True, False])
async def test_all_of_them_from_a_later_one_keeps_those_before_it(
    tab: Tab, alice: Caller, daily: Callable[..., int], is_chosen_first: bool
) -> None:
    first = date.today() + timedelta(days=30)
    made = daily(first)
    with session_scope(write=False) as session:
        fourth = schedules.schedule_view(session, alice, made, datetime.now(UTC)).next_times[3]
    root = tab(alice, routes.edit(made, fourth.at.isoformat()))
    state, at = await opened(root), await state_in(root, WhenState)
    edit = await state_in(root, EditState)
    if is_chosen_first:
        await call(edit, "choose", "all")
    WhenState.event_handlers["fill"].fn(at, "clock", "20:00")
    if not is_chosen_first:
        await call(edit, "choose", "this")
        await call(edit, "choose", "all")

    await call(state, "submit")

    with session_scope(write=False) as session:
        times = schedules.schedule_view(session, alice, made, datetime.now(UTC)).next_times
    assert [one.local for one in times[:2]] == [
        datetime.combine(first + timedelta(days=one), time(20)) for one in (0, 1)
    ]


async def test_a_phrase_is_kept_when_it_is_said_for_which_ones(
    tab: Tab, alice: Caller, daily: Callable[..., int]
) -> None:
    made = daily(date.today() + timedelta(days=30))
    root = tab(alice, f"/new?schedule={made}")
    await opened(root)
    at = await state_in(root, WhenState)
    for name, value in (("mode", "typed"), ("phrase", "every weekday at 9")):
        WhenState.event_handlers["fill"].fn(at, name, value)

    await call(await state_in(root, EditState), "choose", "all")

    assert (at.at.mode, at.at.unit, at.at.clock) == ("repeat", "weekday", "09:00")
    assert at.words.startswith("Every weekday at 09:00, from ")
