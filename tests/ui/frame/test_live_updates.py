"""A change reaches the tabs that show it, and no others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tests.scopes import session_scope
from tests.ui.conftest import Tab, move, state_in
from wasched import bootstrap
from wasched.services.caller import Caller
from wasched.services.content import kept_drafts
from wasched.services.messages import message_actions, stopping
from wasched.services.server import health, server_settings
from wasched.ui.accounts.state import AccountsState
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.unfinished_state import UnfinishedState
from wasched.ui.frame import live_updates
from wasched.ui.frame.more_state import MoreState
from wasched.ui.frame.state import ShellState
from wasched.ui.health.state import HealthState
from wasched.ui.live import subscriptions
from wasched.ui.recipients.state import AddressBookState

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
    async with live_updates.listen_for_changes(browser):  # type: ignore[arg-type]
        yield


def stop(user: Caller, account_id: int) -> None:
    """A change that another process makes."""
    with session_scope() as session:
        stopping.stop_sending(session, user, [account_id], bootstrap.clock().now())


async def opens(root: Any, page: Any) -> None:
    """Load a page in a tab, whose frame has been counted."""
    await page.event_handlers["load"].fn(await state_in(root, page))
    subscriptions.followers_of(await state_in(root, page)).is_frame_stale = False


async def test_a_tab_shows_a_change_of_what_it_follows(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    browser = Browser("tab")
    await opens(tab(alice), AccountsState)

    async with listening(browser):
        await asyncio.to_thread(stop, alice, account_id)
        events = [await browser.next(), await browser.next()]

    assert events == [("tab", "refresh"), ("tab", "refresh")]  # the frame's, and the page's


async def test_a_member_is_not_told_of_what_is_alices(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    browser = Browser("alices", "charlies")
    for user, token in ((charlie, "charlies"), (alice, "alices")):
        await opens(tab(user, token=token), HealthState)

    async with listening(browser):
        await asyncio.to_thread(stop, alice, account_id)
        told = {await browser.next(), await browser.next()}

    assert {token for token, _ in told} == {"alices"}
    assert browser.sent.empty()


async def test_the_frame_follows_accounts_on_a_page_that_does_not(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    browser = Browser("tab")
    await opens(tab(alice), AddressBookState)

    async with listening(browser):
        await asyncio.to_thread(stop, alice, account_id)
        assert await browser.next() == ("tab", "refresh")

    assert browser.sent.empty()  # the frame's alone


async def test_practice_mode_reaches_the_frame_of_everybody(
    tab: Tab, alice: Caller, charlie: Caller
) -> None:
    browser = Browser("charlies")
    await opens(tab(charlie, token="charlies"), MoreState)

    def practise() -> None:
        with session_scope() as session:
            server_settings.choose_practice(session, alice, True, bootstrap.clock().now())

    async with listening(browser):
        await asyncio.to_thread(practise)
        assert await browser.next() == ("charlies", "refresh")


async def test_the_frame_is_counted_when_a_tab_comes_and_not_page_after_page(
    tab: Tab, alice: Caller, charlie: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, counted = tab(alice), []
    monkeypatch.setattr(
        message_actions, "needing_me", lambda s, user: counted.append(user.name) or 0
    )
    for user in (alice, alice, charlie):  # who signs in in another tab has the cookie here too
        move(root, user, "/more")
        await ShellState.event_handlers["arrive"].fn(await state_in(root, ShellState))
        await opens(root, MoreState)

    assert counted == ["Alice", "Charlie"]


async def test_a_page_that_failed_is_shown_whole_with_the_next_news(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    browser, root = Browser("tab"), tab(alice)
    shell = await state_in(root, ShellState)
    await opens(root, AddressBookState)
    ShellState.event_handlers["fail"].fn(shell)

    async with listening(browser):
        await asyncio.to_thread(stop, alice, account_id)
        told = [(await browser.next())[1] for _ in range(3)]
        await ShellState.event_handlers["arrive"].fn(shell)

    assert told == ["refresh", "refresh", "arrive"]  # the frame, the page, and no more alert
    assert not shell.is_failing


async def test_the_frame_of_a_new_tab_is_counted_once_more_when_it_follows(
    tab: Tab, alice: Caller
) -> None:
    browser = Browser("tab")
    await MoreState.event_handlers["load"].fn(await state_in(tab(alice), MoreState))

    async with listening(browser):
        assert await browser.next() == ("tab", "refresh")  # what changed in between is told


async def test_a_closed_tab_is_forgotten(tab: Tab, alice: Caller, account_id: int) -> None:
    browser = Browser("open")
    for token in ("closed", "open"):
        await opens(tab(alice, token=token), AccountsState)

    async with listening(browser):
        await asyncio.to_thread(stop, alice, account_id)
        await browser.next()

    assert set(subscriptions.followers) == {"open"}


@pytest.mark.parametrize(
    ("now", "later"),
    [
        (at("2026-03-12 17:00"), at("2026-03-12 17:03")),  # no worker has beaten for so long
        (at("2026-03-12 22:59"), at("2026-03-12 23:00")),  # midnight in Berlin
    ],
)
async def test_a_tab_is_shown_anew_when_only_time_has_passed(
    tab: Tab, alice: Caller, monkeypatch: pytest.MonkeyPatch, now: datetime, later: datetime
) -> None:
    monkeypatch.setattr(bootstrap, "clock", lambda: SimpleNamespace(now=lambda: now))
    monkeypatch.setattr(live_updates, "_LOOK_S", 0.1)
    with session_scope() as session:
        health.note_heartbeat(session, "worker", now, now)
    browser = Browser("tab")
    await opens(tab(alice), AccountsState)

    async with listening(browser):
        monkeypatch.setattr(bootstrap, "clock", lambda: SimpleNamespace(now=lambda: later))

        assert await browser.next() == ("tab", "refresh")


async def test_what_is_begun_in_another_tab_is_offered_in_a_new_message(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    browser, root = Browser("tab"), tab(alice, "/new")
    await opens(root, ComposeState)

    def begin() -> None:
        with session_scope() as session:
            body = kept_drafts.DraftBody("{}", "Bob", "Half a sentence")
            kept_drafts.keep_draft(session, alice, body, bootstrap.clock().now())

    async with listening(browser):
        await asyncio.to_thread(begin)
        assert await browser.next() == ("tab", "refresh")
    compose = await state_in(root, ComposeState)
    await ComposeState.event_handlers["refresh"].fn(compose)

    shown = await state_in(root, UnfinishedState)
    assert [line.words for line in shown.lines] == ["Half a sentence"]
