"""A browser's visits are noted once in a while, and what cannot be noted keeps nobody out."""

from datetime import timedelta

import pytest
import reflex as rx
from sqlalchemy.exc import OperationalError

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap
from wasched.api import renewals
from wasched.models import SignIn
from wasched.services.caller import Caller
from wasched.services.identity import profile, users
from wasched.ui.core.session import SignedOutError
from wasched.ui.frame.state import ShellState

pytestmark = pytest.mark.asyncio


async def test_who_comes_again_is_seen_and_stays_signed_in(tab: Tab, alice: Caller) -> None:
    shell, now = await state_in(tab(alice, "/"), ShellState), bootstrap.clock().now()
    with session_scope() as session:
        row = session.get_one(SignIn, 1)
        row.seen_at, row.expires_at = now - timedelta(days=20), now + timedelta(days=10)

    await ShellState.event_handlers["arrive"].fn(shell)

    with session_scope(write=False) as session:
        row = session.get_one(SignIn, 1)
        assert row.seen_at >= now
        assert row.expires_at >= now + users.STAYS_SIGNED_IN - timedelta(minutes=1)


async def test_a_page_is_shown_although_the_visit_cannot_be_written(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    monkeypatch.setattr(profile, "SEEN_EVERY", timedelta(0))
    monkeypatch.setattr(profile, "note_visit", full)
    shell = await state_in(tab(alice, "/"), ShellState)

    await ShellState.event_handlers["arrive"].fn(shell)

    assert shell.name == "Alice"


async def test_the_tab_that_asked_for_another_token_goes_on_and_no_other(
    tab: Tab, alice: Caller
) -> None:
    asks, other = tab(alice, "/", "asks"), tab(None, "/", "other")
    cookie = asks.router.headers.cookie
    move_with(other, cookie)
    with session_scope() as session:
        before = cookie.partition("=")[2]
        token = users.renew_session(session, before, bootstrap.clock().now())
        renewals.note_renewal(before, "asks", token)

    shell = await state_in(asks, ShellState)
    await ShellState.event_handlers["refresh"].fn(shell)

    assert shell.name == "Alice"
    with pytest.raises(SignedOutError):
        await ShellState.event_handlers["refresh"].fn(await state_in(other, ShellState))


def move_with(root: rx.State, cookie: str) -> None:
    """Give a tab the cookie of another."""
    root._update_router_vars(
        {"headers": {"cookie": cookie}, "asPath": "/", "pathname": "/", "token": "other"}, {}
    )
