"""Setting the second step up in Settings, and being asked for the code at the door."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
import reflex as rx
from sqlmodel import select

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap
from wasched.api.cookies import HALF
from wasched.models import SecondStep, SignIn, User
from wasched.services.caller import Caller
from wasched.services.identity import half_sign_in
from wasched.ui.core.password_state import ConfirmingState
from wasched.ui.entrance.code_state import CodeState
from wasched.ui.settings.second_step_state import CODE_FIELD, SecondStepState
from wasched.ui.settings.state import SettingsState

pytestmark = pytest.mark.asyncio


def handler(state: type[rx.State], name: str) -> Callable[..., Any]:
    """A handler as the socket calls it."""
    return state.event_handlers[name].fn  # type: ignore[no-any-return]


async def test_it_is_set_up_with_the_apps_code_and_its_recovery_codes_are_shown_once(
    tab: Tab, alice: Caller
) -> None:
    root = tab(alice, "/settings")
    state = await state_in(root, SecondStepState)
    await handler(SecondStepState, "turn_on")(state, {CODE_FIELD: "000000"})
    await handler(SecondStepState, "begin")(state)
    assert state.qr_path and not state.is_on
    app = pyotp.TOTP(state.key.replace(" ", ""))

    await handler(SecondStepState, "turn_on")(state, {CODE_FIELD: "no code"})
    assert state.error.startswith("That is not the app's present code.")
    code = app.at(bootstrap.clock().now())
    await handler(SecondStepState, "turn_on")(state, {CODE_FIELD: f"{code[:3]} {code[3:]}"})

    assert state.is_on and state.about == "On since today. 10 recovery codes are left."
    assert (len(state.codes), state.key, state._secret) == (10, "", "")
    await handler(SecondStepState, "refresh")(state)
    assert len(state.codes) == 10, "what goes on elsewhere does not take them away"
    await handler(SettingsState, "load")(await state_in(root, SettingsState))
    assert state.codes == []
    await handler(SecondStepState, "turn_off")(state)
    assert (state.is_on, state.about) == (False, "")


@pytest.mark.parametrize("name", ["begin", "renew_codes", "turn_off"])
async def test_the_password_is_asked_for_first(tab: Tab, alice: Caller, name: str) -> None:
    root = tab(alice, "/settings")
    with session_scope() as session:
        for row in session.exec(select(SignIn)):
            row.confirmed_at = bootstrap.clock().now() - timedelta(hours=1)

    await handler(SecondStepState, name)(await state_in(root, SecondStepState))

    assert (await state_in(root, ConfirmingState)).is_open
    assert (await state_in(root, SecondStepState)).key == ""


async def test_only_a_browser_that_owes_a_code_is_asked_for_it(tab: Tab, alice: Caller) -> None:
    def owes(session: Any, now: datetime) -> str:
        session.add(SecondStep(user_id=alice.id, secret="A" * 32, since=now))
        return half_sign_in.begin_half_sign_in(session, session.get_one(User, alice.id), now)

    token = bootstrap.transaction(owes)
    for cookie, is_led_on in ((f"{HALF}={token}", False), (f"{HALF}=made-up", True), ("", True)):
        root = tab(None, "/sign-in/code?error=wrong-code&next=/messages")
        root._update_router_vars(
            {"headers": {"cookie": cookie}, "asPath": "/sign-in/code?error=wrong-code&next=/new"},
            {},
        )
        state = await state_in(root, CodeState)
        answer = await handler(CodeState, "load")(state)

        assert ("/sign-in" in str(answer)) == is_led_on
        assert (state.error[:18], state.next) == ("" if is_led_on else "That code is wrong", "/new")
