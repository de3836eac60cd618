"""A person in two spaces, and those who share one: what their tabs show."""

from datetime import UTC, datetime, timedelta

import pytest
import reflex as rx

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.services.sent import a_send
from tests.ui.conftest import Tab, move, state_in
from tests.ui.test_states import call
from wasched import bootstrap
from wasched.domain.message import Status
from wasched.models import Role
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.change_notes import MESSAGES, ChangeNote
from wasched.services.content import templates
from wasched.services.identity import spaces, users
from wasched.ui.core.session import SpaceChangedError
from wasched.ui.frame.state import ShellState
from wasched.ui.home.state import HomeState
from wasched.ui.live import subscriptions
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
    assert [one.is_here for one in shell.spaces] == [False, True, False]
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


async def test_home_shows_what_is_to_come_and_needs_somebody_in_all_of_their_spaces(
    tab: Tab, both: Caller, charlie: Caller, account_id: int
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        for who, hours, name in ((both, 2, "Anna"), (charlie, 1, "Ben")):
            there = accounts.add_account(session, who, f"Phone of {who.name}", now)
            a_send(session, who, there, now + timedelta(hours=hours), names=(name,))
        a_send(session, charlie, there, now - timedelta(hours=1), Status.MISSED)
    root = tab(both, "/?space=all")
    home, shell = await state_in(root, HomeState), await state_in(root, ShellState)
    await call(shell, "arrive")
    await call(home, "load")

    lines = [line for day in home.next_days for line in day.lines]
    assert [(one.recipient, one.space) for one in lines] == [("Ben", "Charlie"), ("Anna", "Alice")]
    assert lines[0].href == f"/messages/2?space={charlie.space_id}"
    missed = next(one for one in home.needs if one.kind == "missed")
    assert (missed.space, missed.label, missed.goes, missed.key) == ("Charlie", "Look", False, "")
    assert missed.href.endswith(f"?space={charlie.space_id}")
    assert home.needing == len(home.needs) and "in your 2 spaces" in home.summary
    assert (shell.space, [one.is_here for one in shell.spaces]) == (
        "All of mine",
        [False, False, True],
    )

    followed = subscriptions.followers_of(home)
    assert followed is not None
    followed.is_stale = False
    followed.hear(ChangeNote(1, charlie.space_id, 0, MESSAGES))
    assert followed.is_stale


async def test_all_of_mine_is_the_one_space_of_who_has_no_other(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    home = await state_in(tab(alice, "/?space=all"), HomeState)
    await call(home, "load")

    assert not home.is_all and len(home.accounts) == 1


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
