"""The calendar's page: a day that is too full to be listed leads to where all of it is."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.services.sent import a_send
from tests.ui.conftest import Tab, move, state_in
from tests.ui.test_states import call
from wasched import db
from wasched.services import calendar
from wasched.services.views import SignedIn
from wasched.ui.states.calendar import CalendarState
from wasched.ui.states.messages import MessagesState

pytestmark = pytest.mark.asyncio


async def test_a_full_day_leads_to_all_of_it(tab: Tab, alice: SignedIn, account_id: int) -> None:
    start = datetime(2026, 3, 12, 6, tzinfo=UTC)
    with db.session_scope() as session:
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
