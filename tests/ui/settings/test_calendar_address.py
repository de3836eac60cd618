"""The calendar's address in Settings: shown once, another one in its place, and taken back."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap
from wasched.models import CalendarAddress, SignIn
from wasched.services.caller import Caller
from wasched.ui.core.password_state import ConfirmingState
from wasched.ui.settings.calendar_address_state import CalendarAddressState
from wasched.ui.settings.state import SettingsState


@pytest.mark.asyncio
async def test_an_address_takes_the_password_is_shown_once_and_taken_back_without(
    tab: Tab, alice: Caller
) -> None:
    root = tab(alice, "/settings")
    state = await state_in(root, CalendarAddressState)
    handlers = CalendarAddressState.event_handlers
    await handlers["make"].fn(state)
    first = state.link
    assert "/calendar/wcal_" in first and first.endswith(".ics") and state.since == "today"

    await handlers["make"].fn(state)
    assert state.link != first
    with session_scope() as session:
        [kept] = session.exec(select(CalendarAddress)).all()
        assert kept.token_hash not in state.link
        session.get_one(SignIn, 1).confirmed_at = bootstrap.clock().now() - timedelta(hours=1)

    await SettingsState.event_handlers["load"].fn(await state_in(root, SettingsState))
    await handlers["refresh"].fn(state)
    assert (state.link, state.since) == ("", "today")
    await handlers["make"].fn(state)
    assert state.link == "" and (await state_in(root, ConfirmingState)).is_open

    await handlers["end"].fn(state)
    assert state.since == ""
    with session_scope() as session:
        assert session.exec(select(CalendarAddress)).all() == []
