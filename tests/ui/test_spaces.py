"""A person in two spaces, and those who share one: what their tabs show."""

from datetime import UTC, datetime

import pytest
import reflex as rx

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.ui.conftest import Tab, move, state_in
from tests.ui.test_states import call
from wasched import bootstrap
from wasched.models import Role
from wasched.services.caller import Caller
from wasched.services.content import templates
from wasched.services.identity import spaces, users
from wasched.ui.core.session import SpaceChangedError
from wasched.ui.frame.state import ShellState
from wasched.ui.settings.team_state import TeamState
from wasched.ui.templates.state import TemplatesState

pytestmark = pytest.mark.asyncio


@pytest.fixture
def both(alice: Caller, charlie: Caller) -> Caller:
    """Alice, who looks in at Charlie's as well; each space has a template."""
    now = datetime.now(UTC)
    with session_scope() as session:
        users.add_membership(session, alice.id, charlie.space_id, Role.VIEWER, now)
        for user, name in ((alice, "Mine"), (charlie, "Theirs")):
            templates.add_template(session, user, name, "Hello", now)
    return alice


async def shown(root: rx.State) -> list[str]:
    """The templates that a tab shows."""
    state = await state_in(root, TemplatesState)
    await call(state, "load")
    return [one.name for one in state.lines]


async def test_alone_in_one_space_nothing_is_said_of_it(tab: Tab, alice: Caller) -> None:
    root = tab(alice)
    await call(await state_in(root, ShellState), "arrive")
    team = await state_in(root, TeamState)
    await call(team, "refresh")

    shell = await state_in(root, ShellState)
    assert (shell.space, len(shell.spaces), shell.about) == ("", 1, alice.email)
    assert (team.is_named, team.may_leave) == (False, False)


async def test_an_address_leads_to_another_space_and_the_browser_stays_there(
    tab: Tab, both: Caller, charlie: Caller
) -> None:
    root = tab(both, "/templates")
    assert await shown(root) == ["Mine"]
    root._update_router_vars(
        {
            "headers": {"cookie": root.router.headers.cookie},
            "asPath": f"/templates?space={charlie.space_id}",
            "query": {"space": str(charlie.space_id)},
        },
        {},
    )
    assert await shown(root) == ["Theirs"]
    shell = await state_in(root, ShellState)
    await call(shell, "arrive")
    assert (shell.space, shell.about, shell.may_write) == ("Charlie", "Viewer", False)
    assert [one.is_here for one in shell.spaces] == [False, True]
    root._update_router_vars(
        {"headers": {"cookie": root.router.headers.cookie}, "asPath": "/templates"}, {}
    )
    assert await shown(root) == ["Theirs"]


async def test_a_tab_whose_person_went_to_another_space_elsewhere_begins_anew(
    tab: Tab, both: Caller, charlie: Caller
) -> None:
    root = tab(both, "/templates")
    assert await shown(root) == ["Mine"]
    token = root.router.headers.cookie.partition("=")[2]
    bootstrap.transaction(
        lambda session, now: spaces.choose_space(session, both, token, charlie.space_id, now)
    )

    state = await state_in(root, TemplatesState)
    with pytest.raises(SpaceChangedError):
        await call(state, "load")
    assert (await state_in(root, TemplatesState)).lines == []
    assert await shown(root) == ["Theirs"]


async def test_only_a_manager_is_shown_invitations_and_everybody_the_people(
    tab: Tab, alice: Caller
) -> None:
    with session_scope() as session:
        vera = add_to_space(session, alice, "Vera", Role.VIEWER, datetime.now(UTC))
    root = tab(alice, "/settings")
    team = await state_in(root, TeamState)
    await call(team, "invite", {"note": "Bob", "role": "editor"})
    assert [one.note for one in team.invitations] == ["Bob"] and "/sign-up?invite=" in team.link
    move(root, vera, "/settings")
    team = await state_in(root, TeamState)
    await call(team, "refresh")

    assert (team.may_manage, team.invitations, team.link) == (False, [], "")
    assert [(one.name, one.role, one.is_me) for one in team.members] == [
        ("Alice", "manager", False),
        ("Vera", "viewer", True),
    ]
