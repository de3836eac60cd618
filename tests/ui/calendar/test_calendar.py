"""The calendar's page: a day that is too full to be listed leads to where all of it is."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.scopes import session_scope
from tests.services.sent import a_send
from tests.ui.conftest import Tab, move, state_in
from tests.ui.test_states import call
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.messages import calendar
from wasched.ui.calendar.calendar_grid import CalendarEntry
from wasched.ui.calendar.state import CalendarState
from wasched.ui.messages.state import MessagesState

pytestmark = pytest.mark.asyncio


async def test_a_full_day_leads_to_all_of_it(tab: Tab, alice: Caller, account_id: int) -> None:
    start = datetime(2026, 3, 12, 6, tzinfo=UTC)
    with session_scope() as session:
        for minute in range(calendar.DAY_MAX + 3):
            a_send(session, alice, account_id, start + timedelta(minutes=minute))
    root = tab(alice, "/calendar?view=month&day=2026-03-12")
    shown = await state_in(root, CalendarState)
    await call(shown, "load")

    move(root, alice, shown.day_rest)
    listed = await state_in(root, MessagesState)
    await call(listed, "load")

    assert len(shown.day_lines) == calendar.DAY_MAX
    assert shown.day_count == "23 messages, the first 20 are shown"
    assert sum(len(day.lines) for day in listed.days) == calendar.DAY_MAX + 3


async def test_what_is_pushed_twice_goes_two_days_on_and_takes_the_focus_with_it(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    eight = (datetime.now(UTC) + timedelta(days=40)).replace(day=10, hour=7, minute=0, second=0)
    eight = eight.replace(microsecond=0)
    with session_scope() as session:
        [pushed] = a_send(session, alice, account_id, eight)
        [other] = a_send(session, alice, account_id, eight + timedelta(hours=10))
    shown = await state_in(tab(alice, f"/calendar?day={eight:%Y-%m-10}"), CalendarState)
    await call(shown, "load")
    key = next(entry.key for entry in _entries(shown) if entry.clock < "12:00")

    for _ in range(2):  # the second one before the page has changed: it says the old key
        events = await call(shown, "nudge", key, "ArrowRight", _ALT)

    with session_scope() as session:
        assert session.get_one(Message, pushed).due_at == eight + timedelta(days=2)
        assert session.get_one(Message, other).due_at == eight + timedelta(hours=10)
    moved = (eight + timedelta(days=2)).isoformat()
    assert f"entry {key.partition('~')[0]}~{moved}" in str(events)


_ALT = {"alt_key": True, "ctrl_key": False, "meta_key": False, "shift_key": False}


def _entries(shown: CalendarState) -> list[CalendarEntry]:
    return [entry for week in shown.weeks for cell in week.cells for entry in cell.shown]
