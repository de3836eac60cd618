"""Moving an account: only for who manages another space, told before it is done."""

from datetime import UTC, datetime

import pytest

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call
from wasched.models import Account, Role
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.ui.settings.moving_state import MovingState

pytestmark = pytest.mark.asyncio


async def test_what_moves_is_told_first_and_moves_only_then(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    state = await state_in(tab(alice, "/settings"), MovingState)
    await call(state, "refresh")
    assert state.spaces == []  # she manages one: nothing is said of spaces
    with session_scope() as session:
        users.add_membership(session, alice.id, charlie.space_id, Role.MANAGER, datetime.now(UTC))
    await call(state, "refresh")
    assert [one.label for one in state.spaces] == ["Charlie"]

    await call(state, "look", {"phone": str(account_id), "to": state.spaces[0].value})
    assert state.title == "Move Choir phone to Charlie?"
    assert state.plan[0].startswith("With it go the templates and files. ")
    with session_scope(write=False) as session:
        assert session.get_one(Account, account_id).space_id == alice.space_id
    await call(state, "move")

    with session_scope(write=False) as session:
        assert session.get_one(Account, account_id).space_id == charlie.space_id
    assert (state.accounts, state.plan) == ([], [])
