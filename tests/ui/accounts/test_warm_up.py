"""The page of an account with a new number says what it may send, and switches that off and on."""

from datetime import UTC, datetime

import pytest

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched.api.v1.account_views import account_out
from wasched.models import Account
from wasched.services.accounts import accounts, warm_up
from wasched.services.caller import Caller
from wasched.ui.accounts.state import AccountsState

pytestmark = pytest.mark.asyncio


async def test_a_manager_reads_the_days_caps_and_switches_the_warm_up_off_and_on(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        account = session.get_one(Account, account_id)
        account.daily_cap, account.stranger_cap = 200, 20
        warm_up.note_number(session, account, "4915100000011@s.whatsapp.net", now)
        card = accounts.account_card(session, alice, account_id, now)
        told = account_out(card, alice, now, []).warm_up
    assert told is not None
    assert (told.day, told.days, told.messages, told.new_people) == (1, 14, 10, 2)
    state = await state_in(tab(alice, f"/accounts/{account_id}"), AccountsState)
    handlers = AccountsState.event_handlers

    await handlers["load"].fn(state)
    assert (state.warm_up.shows, state.warm_up.title) == ("on", "Day 1 of 14 of the warm-up")
    assert state.warm_up.sentence.startswith("Today 10 messages, 2 of them to new people. From ")
    assert state.account.use == "0 of 10"

    await handlers["steer"].fn(state, "warm_up_off")
    assert state.warm_up.shows == "off"
    assert state.account.use == "0 of 200"

    await handlers["steer"].fn(state, "warm_up_on")
    assert (state.warm_up.shows, state.account.use) == ("on", "0 of 10")
