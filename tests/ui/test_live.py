"""A change reaches the tabs that show it, and no others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tests.ui.conftest import Tab, state_in
from wasched import bootstrap
from wasched.services import accounts, health
from wasched.services.views import SignedIn
from wasched.ui import live
from wasched.ui.states.accounts import AccountsState
from wasched.ui.states.health import HealthState

pytestmark = pytest.mark.asyncio

PATIENCE_S = 20


def at(text: str) -> datetime:
    """An instant, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Browser:
    """Stands for the app: its open tabs, and the events they are sent."""

    def __init__(self, *tabs: str) -> None:
        self.event_namespace = SimpleNamespace(token_to_sid=dict.fromkeys(tabs, "sid"))
        self.event_processor = self
        self.sent: asyncio.Queue[tuple[str, str]] = asyncio.Queue()

    async def enqueue(self, token: str, event: Any) -> asyncio.Future[object]:
        """Note the event, which is done at once."""
        await self.sent.put((token, event.name.rpartition(".")[2]))
        done: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        done.set_result(None)
        return done

    async def next(self) -> tuple[str, str]:
        """The next event that a tab is sent."""
        return await asyncio.wait_for(self.sent.get(), PATIENCE_S)


@asynccontextmanager
async def listening(browser: Browser) -> AsyncIterator[None]:
    """The listener of the app, at work."""
    async with live.listening(browser):  # type: ignore[arg-type]
        yield


def pause(user: SignedIn, account_id: int) -> None:
    """A change that another process makes."""
    with bootstrap.session_scope() as session:
        accounts.pause(session, user, account_id, bootstrap.clock().now())


async def test_a_tab_shows_a_change_of_what_it_follows(
    tab: Tab, alice: SignedIn, account_id: int
) -> None:
    browser = Browser("tab")
    await AccountsState.event_handlers["load"].fn(await state_in(tab(alice), AccountsState))

    async with listening(browser):
        await asyncio.to_thread(pause, alice, account_id)
        events = [await browser.next(), await browser.next()]

    assert events == [("tab", "refresh"), ("tab", "refresh")]  # the frame's, and the page's


async def test_a_member_is_not_told_of_what_is_alices(
    tab: Tab, alice: SignedIn, charlie: SignedIn, account_id: int
) -> None:
    browser = Browser("alices", "charlies")
    for user, token in ((charlie, "charlies"), (alice, "alices")):
        state = await state_in(tab(user, token=token), HealthState)
        await HealthState.event_handlers["load"].fn(state)

    async with listening(browser):
        await asyncio.to_thread(pause, alice, account_id)
        told = {await browser.next(), await browser.next()}

    assert {token for token, _ in told} == {"alices"}
    assert browser.sent.empty()


async def test_a_closed_tab_is_forgotten(tab: Tab, alice: SignedIn, account_id: int) -> None:
    browser = Browser("open")
    for token in ("closed", "open"):
        state = await state_in(tab(alice, token=token), AccountsState)
        await AccountsState.event_handlers["load"].fn(state)

    async with listening(browser):
        await asyncio.to_thread(pause, alice, account_id)
        await browser.next()

    assert set(live.followers) == {"open"}


@pytest.mark.parametrize(
    ("now", "later"),
    [
        (at("2026-03-12 17:00"), at("2026-03-12 17:03")),  # no worker has beaten for so long
        (at("2026-03-12 22:59"), at("2026-03-12 23:00")),  # midnight in Berlin
    ],
)
async def test_a_tab_is_shown_anew_when_only_time_has_passed(
    tab: Tab, alice: SignedIn, monkeypatch: pytest.MonkeyPatch, now: datetime, later: datetime
) -> None:
    monkeypatch.setattr(bootstrap, "clock", lambda: SimpleNamespace(now=lambda: now))
    monkeypatch.setattr(live, "_LOOK_S", 0.1)
    with bootstrap.session_scope() as session:
        health.beat(session, "worker", now, now)
    browser = Browser("tab")
    await AccountsState.event_handlers["load"].fn(await state_in(tab(alice), AccountsState))

    async with listening(browser):
        monkeypatch.setattr(bootstrap, "clock", lambda: SimpleNamespace(now=lambda: later))

        assert await browser.next() == ("tab", "refresh")
