"""The question for the password, and going on with what was about to be done."""

from datetime import timedelta

import pytest
import reflex as rx

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap
from wasched.models import SignIn, User
from wasched.services.caller import Caller
from wasched.services.identity import team
from wasched.services.identity.guess_limits import TRIES_MAX
from wasched.ui.core.password_state import PASSWORD_FIELD, ConfirmingState
from wasched.ui.core.session import SignedOutError
from wasched.ui.settings.devices_state import DevicesState
from wasched.ui.settings.server_people_state import ServerPeopleState
from wasched.ui.settings.state import SettingsState
from wasched.ui.settings.team_state import TeamState

pytestmark = pytest.mark.asyncio

PASSWORD = "correct horse battery"


@pytest.fixture
def stale(tab: Tab, alice: Caller) -> rx.State:
    """A tab of the owner's, where the password was given an hour ago."""
    root = tab(alice, "/settings")
    with session_scope() as session:
        session.get_one(User, alice.id).password_hash = bootstrap.passwords().hash(PASSWORD)
        session.get_one(SignIn, 1).confirmed_at = bootstrap.clock().now() - timedelta(hours=1)
    return root


async def call(root: rx.State, cls: type[rx.State], handler: str, **values: object) -> object:
    """Run a handler of a state of the tab as the socket would: by the names of its values."""
    return await cls.event_handlers[handler].fn(await state_in(root, cls), **values)


async def give(root: rx.State, password: str) -> ConfirmingState:
    """Answer the question."""
    await call(root, ConfirmingState, "give", form={PASSWORD_FIELD: password})
    return await state_in(root, ConfirmingState)


def invitations(user: Caller) -> list[str]:
    """For whom invitations wait."""
    found = bootstrap.answer(lambda session, now: team.list_invitations(session, user, now))
    return [one.note for one in found]


async def test_a_deed_waits_for_the_password_and_goes_on_once(
    stale: rx.State, alice: Caller
) -> None:
    question = await state_in(stale, ConfirmingState)
    await call(stale, TeamState, "invite", form={"note": "Tomás", "role": "editor"})
    assert (question.is_open, invitations(alice)) == (True, [])

    await give(stale, "something else")
    assert question.is_open and question.error == "That is not your present password."
    assert invitations(alice) == []
    await give(stale, PASSWORD)
    assert (question.is_open, question.error, invitations(alice)) == (False, "", ["Tomás"])
    await give(stale, PASSWORD)
    assert invitations(alice) == ["Tomás"]

    await call(stale, TeamState, "invite", form={"note": "Dora", "role": "viewer"})
    assert (question.is_open, invitations(alice)) == (False, ["Tomás", "Dora"])


async def test_what_was_closed_is_not_done_later(stale: rx.State, alice: Caller) -> None:
    await call(stale, TeamState, "invite", form={"note": "Tomás", "role": "editor"})
    question = await state_in(stale, ConfirmingState)
    ConfirmingState.event_handlers["turn"].fn(question, False)

    await give(stale, PASSWORD)

    assert invitations(alice) == []


async def test_too_many_wrong_ones_are_told_in_the_question(stale: rx.State, alice: Caller) -> None:
    await call(stale, TeamState, "invite", form={"note": "Tomás", "role": "editor"})
    for number in range(TRIES_MAX):
        await give(stale, f"guess number {number}")

    question = await give(stale, PASSWORD)

    assert question.is_open and question.error.startswith("Too many tries.")
    assert invitations(alice) == []


async def test_another_email_is_asked_about_and_another_name_is_not(
    stale: rx.State, alice: Caller
) -> None:
    question = await state_in(stale, ConfirmingState)
    form = {"name": "Alina", "email": alice.email, "zone": "UTC"}
    await call(stale, SettingsState, "save", form=form)
    assert not question.is_open

    await call(stale, SettingsState, "save", form={**form, "email": "new@example.org"})
    assert question.is_open
    await give(stale, PASSWORD)

    settings = await state_in(stale, SettingsState)
    assert (settings.email, settings.saved) == ("new@example.org", "you")


async def test_every_part_that_lets_people_in_or_out_asks(stale: rx.State, charlie: Caller) -> None:
    question = await state_in(stale, ConfirmingState)
    for state, handler, values in (
        (DevicesState, "end", {"device_id": "1"}),
        (DevicesState, "end_others", {}),
        (TeamState, "take_back", {"invitation_id": "1"}),
        (TeamState, "change_role", {"member_id": str(charlie.id), "role": "viewer"}),
        (TeamState, "remove", {"member_id": str(charlie.id), "pauses": False}),
        (ServerPeopleState, "give_password", {"user_id": str(charlie.id)}),
        (ServerPeopleState, "hand_over", {"user_id": str(charlie.id)}),
        (ServerPeopleState, "remove", {"user_id": str(charlie.id)}),
        (ServerPeopleState, "join", {"space_id": str(charlie.space_id)}),
    ):
        await call(stale, state, handler, **values)
        assert question.is_open, handler
        ConfirmingState.event_handlers["turn"].fn(question, False)


async def test_nobody_is_asked_who_is_not_signed_in(tab: Tab) -> None:
    for state, handler in ((ConfirmingState, "give"), (TeamState, "invite")):
        with pytest.raises(SignedOutError):
            await call(tab(None), state, handler, form={})
