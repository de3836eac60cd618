"""A member learns that they have accounts enough, and makes room for another."""

import pytest

from tests.ui.conftest import Tab, move, state_in
from wasched import config
from wasched.services.caller import Caller
from wasched.ui.accounts.state import AccountsState

pytestmark = pytest.mark.asyncio


async def test_who_has_accounts_enough_removes_one_and_adds_another(
    tab: Tab, charlie: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCOUNTS_MAX", "1")
    config.settings.cache_clear()
    root = tab(charlie, "/accounts")
    state = await state_in(root, AccountsState)
    handlers = AccountsState.event_handlers

    assert "/accounts/1" in str(await handlers["add"].fn(state, {"name": "One"}))
    await handlers["add"].fn(state, {"name": "Two"})
    assert state.error.startswith("You have 1 account, and may not have more.")

    move(root, charlie, "/accounts/1")
    await handlers["load"].fn(state)
    answer = await handlers["remove"].fn(state)
    assert "One is removed." in str(answer) and "/accounts" in str(answer)
    assert "/accounts/2" in str(await handlers["add"].fn(state, {"name": "Two"}))
