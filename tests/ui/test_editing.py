"""Editing and duplicating on the compose page: what was there stays unless it is changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import reflex as rx

from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call, saved
from wasched import db
from wasched.domain.content import Poll, Text
from wasched.models import Schedule
from wasched.services import schedules, templates
from wasched.services.drafting import Draft
from wasched.services.scheduling import schedule
from wasched.services.views import SignedIn
from wasched.ui.states.compose import ComposeState
from wasched.ui.states.content import ContentState
from wasched.ui.states.drafting import DraftState
from wasched.ui.states.editing import EditState
from wasched.ui.states.recipients import RecipientsState
from wasched.ui.states.schedule import ScheduleState
from wasched.ui.states.when import WhenState

pytestmark = pytest.mark.asyncio

LUNCH = Poll("Lunch?", ("Soup", "Salad"))


@pytest.fixture
def made(alice: SignedIn, account_id: int) -> int:
    """A schedule that repeats every Friday, twelve times."""
    day = date.today() + timedelta(days=30)
    draft = Draft(
        account_id,
        ("+49 151 0000 0012",),
        (Text("The market is open"),),
        day,
        time(18),
        "Europe/Berlin",
        rrule="FREQ=WEEKLY;BYDAY=FR;COUNT=12",
        late_s=600,
    )
    with db.session_scope() as session:
        return schedule(session, alice, draft, datetime.now(UTC)).schedule_id


async def opened(root: rx.State) -> ComposeState:
    """The compose page at the tab's address."""
    state = await state_in(root, ComposeState)
    await call(state, "load")
    return state


def row(schedule_id: int) -> Schedule:
    """A schedule as it is saved."""
    with db.session_scope(write=False) as session:
        found = session.get_one(Schedule, schedule_id)
        session.expunge(found)
        return found


async def test_what_is_not_touched_stays_as_it_was(tab: Tab, alice: SignedIn, made: int) -> None:
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
    tab: Tab, alice: SignedIn, made: int
) -> None:
    state = await opened(tab(alice, f"/new?schedule={made}"))

    await call(state, "submit")

    assert state.field == "scope"


async def test_only_one_of_them_keeps_its_day_and_no_rule(
    tab: Tab, alice: SignedIn, made: int
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


async def test_who_was_slower_sees_that_it_was_changed_and_may_insist(
    tab: Tab, alice: SignedIn, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    state, edit = await opened(root), await state_in(root, EditState)
    await call(edit, "choose", "all")
    with db.session_scope() as session:
        schedules.skip_next(session, alice, made, datetime.now(UTC))
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, "Mine")

    await call(state, "submit")
    assert "changed this" in edit.shown.conflict
    assert row(made).contents[0]["body"] == "The market is open"
    await call(edit, "insist")
    await call(state, "submit")

    assert row(made).contents[0]["body"] == "Mine"


async def test_what_is_no_text_goes_on_as_it_was(
    tab: Tab, alice: SignedIn, account_id: int
) -> None:
    day = date.today() + timedelta(days=3)
    poll = Draft(account_id, ("+49 151 0000 0012",), (LUNCH,), day, time(12), "UTC")
    with db.session_scope() as session:
        made = schedule(session, alice, poll, datetime.now(UTC)).schedule_id
    root = tab(alice, f"/new?schedule={made}")
    state, at = await opened(root), await state_in(root, WhenState)
    WhenState.event_handlers["fill"].fn(at, "clock", "12:30")

    await call(state, "submit")

    assert row(made).contents[0]["question"] == "Lunch?"
    assert row(made).starts_local.time() == time(12, 30)


async def test_a_copy_is_a_new_schedule_with_all_its_times(
    tab: Tab, alice: SignedIn, made: int
) -> None:
    state = await opened(tab(alice, f"/new?schedule={made}&copy=yes"))

    await call(state, "submit")

    assert row(made + 1).rrule == row(made).rrule
    assert len(saved()) == 2


async def test_a_message_made_of_a_template_counts_as_its_use(
    tab: Tab, alice: SignedIn, account_id: int
) -> None:
    with db.session_scope() as session:
        made = templates.add(session, alice, "Greeting", "Good morning", datetime.now(UTC))
    root = tab(alice, f"/new?template={made}")
    state, at = await opened(root), await state_in(root, WhenState)
    await call(await state_in(root, RecipientsState), "enter", {"to": "+49 151 0000 0012"})
    WhenState.event_handlers["fill"].fn(at, "mode", "now")

    await call(state, "submit")

    with db.session_scope(write=False) as session:
        assert templates.fetch(session, alice, made).uses == 1
    assert len(saved()) == 1


async def test_an_edit_leaves_the_unfinished_message_alone(
    tab: Tab, alice: SignedIn, made: int
) -> None:
    root = tab(alice, f"/new?schedule={made}")
    draft = await state_in(root, DraftState)
    draft.kept = "what the browser keeps"
    state = await opened(root)
    await call(state, "keep")

    assert draft.kept == "what the browser keeps"


async def test_charlie_sees_and_steers_no_schedule_of_alices(
    tab: Tab, charlie: SignedIn, made: int
) -> None:
    state = await state_in(tab(charlie, f"/schedules/{made}"), ScheduleState)
    await call(state, "load")

    assert state.is_missing
    assert state.times == []
