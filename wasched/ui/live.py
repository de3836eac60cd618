"""Live pages: one listener for all open tabs, which costs nothing while nothing changes.

A page follows topics when it loads. The listener waits until the database may have changed,
reads the notes of what did, and asks the tabs that follow it to show what is so now.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from wasched import bootstrap
from wasched.services import changes
from wasched.services.changes import PEOPLE, Noted
from wasched.services.views import SignedIn
from wasched.ui.states.shell import ShellState

log = logging.getLogger(__name__)

Handler = Any
"""What @rx.event makes of a method: an EventHandler, for which Reflex declares no usable type."""

_LOOK_S = 5.0
"""How long one wait may last; a change ends it at once."""

_BREATH_S = 0.3
"""Between two rounds, so that a hundred changes in a second are shown in a few."""


@dataclass
class Follower:
    """An open tab: whose it is, what it follows, and the events that show it anew."""

    user: SignedIn
    topics: frozenset[str]
    events: list[Handler]
    is_stale: bool = False
    pending: list[asyncio.Future[object]] = field(default_factory=list)

    def follows(self, note: Noted) -> bool:
        """True if the note is about something this tab shows."""
        return note.topic in self.topics and (self.user.is_owner or note.owner_id == self.user.id)

    def is_ready(self) -> bool:
        """True when the tab shows something old and is not being shown anew already."""
        return self.is_stale and all(one.done() for one in self.pending)


followers: dict[str, Follower] = {}
"""Open tabs by Reflex's client token; a tab follows what its present page shows."""


def follow(
    state: rx.State,
    user: SignedIn,
    topics: Iterable[str],
    refresh: Handler | None = None,
) -> None:
    """Show the page of this tab anew when one of the topics changes, its frame included.

    What changes about people always counts: who was signed out elsewhere is led to the door.
    """
    events = [ShellState.refresh, *([refresh] if refresh is not None else [])]
    followers[state.router.session.client_token] = Follower(
        user, frozenset((*topics, PEOPLE)), events
    )


@asynccontextmanager
async def listening(app: rx.App) -> AsyncIterator[None]:
    """Pass changes on to the open tabs while the app runs."""
    with ThreadPoolExecutor(1, thread_name_prefix="changes") as thread:
        seen = await asyncio.get_running_loop().run_in_executor(thread, _newest)
        task = asyncio.create_task(_listen(app, thread, seen))
        try:
            yield
        finally:
            task.cancel()
            bootstrap.changes().close()


async def _listen(app: rx.App, thread: ThreadPoolExecutor, seen: int) -> None:
    loop = asyncio.get_running_loop()
    while True:
        try:
            notes = await loop.run_in_executor(thread, _news, seen, _patience())
            for note in notes:
                _mark(note)
                seen = note.id
            await _pass_on(app)
        except SQLAlchemyError:
            log.exception("Open pages cannot follow changes; trying again")
        await asyncio.sleep(_BREATH_S)


def _patience() -> float:
    """How long to wait for a change: briefly while a tab is still to be shown anew."""
    return 0 if any(one.is_stale for one in followers.values()) else _LOOK_S


def _mark(note: Noted) -> None:
    for follower in followers.values():
        follower.is_stale = follower.is_stale or follower.follows(note)


async def _pass_on(app: rx.App) -> None:
    assert app.event_namespace is not None
    connected = app.event_namespace.token_to_sid
    for token, follower in list(followers.items()):
        if token not in connected:
            del followers[token]  # a tab that comes back loads its page, and follows again
        elif follower.is_ready():
            follower.is_stale = False
            events = rx.event.Event.from_event_type(follower.events)
            follower.pending = [await app.event_processor.enqueue(token, one) for one in events]


def _newest() -> int:
    with bootstrap.session_scope(write=False) as session:
        return changes.newest(session)


def _news(last: int, seconds: float) -> list[Noted]:
    """What was noted after the change `last`, once something may have been."""
    bootstrap.changes().wait(seconds)
    with bootstrap.session_scope(write=False) as session:
        return changes.since(session, last)
