"""Live pages: one listener for all open tabs, which costs nothing while nothing changes.

A page follows topics when it loads (followers.py). The listener waits until the database may
have changed, reads the notes of what did, and asks the tabs that follow it to show what is so now.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from wasched import bootstrap, self_check
from wasched.services import change_notes
from wasched.services.change_notes import PEOPLE, ChangeNote
from wasched.ui.frame.state import ShellState
from wasched.ui.live.connections import LiveConnections
from wasched.ui.live.subscriptions import Follower, Handler, followers, today_topic

log = logging.getLogger(__name__)

_LOOK_S = 5.0
"""How long one wait may last; a change ends it at once."""

_ENDED_S = 30.0
"""How often it is looked which sign-ins have run out; one that is ended is noted at once."""

_BREATH_S = 0.3
"""Between two rounds, so that a hundred changes in a second are shown in a few."""


@asynccontextmanager
async def listen_for_changes(app: rx.App) -> AsyncIterator[None]:
    """Pass changes on to the open tabs while the app runs."""
    with ThreadPoolExecutor(1, thread_name_prefix="changes") as thread:
        start = await asyncio.get_running_loop().run_in_executor(thread, _start)
        task = asyncio.create_task(_listen(app, thread, *start))
        try:
            yield
        finally:
            task.cancel()
            bootstrap.changes().close()


async def _listen(
    app: rx.App, thread: ThreadPoolExecutor, seen: int, trouble: tuple[str, str]
) -> None:
    loop = asyncio.get_running_loop()
    looked = time.monotonic()
    while True:
        try:
            notes, found = await loop.run_in_executor(thread, _news, seen, _patience())
            if _may_have_ended(notes) or time.monotonic() - looked > _ENDED_S:
                looked = time.monotonic()
                await _part_ended(app)
            for note in notes:
                _mark(note)
                seen = note.id
            _mark_time(found != trouble)
            trouble = found
            await _pass_on(app)
        except SQLAlchemyError:
            log.exception("Open pages cannot follow changes; trying again")
        await asyncio.sleep(_BREATH_S)


async def _part_ended(app: rx.App) -> None:
    if isinstance(app.event_namespace, LiveConnections):
        await app.event_namespace.part_ended()


def _may_have_ended(notes: list[ChangeNote]) -> bool:
    """True if somebody may have been signed out."""
    return any(note.topic == PEOPLE for note in notes)


def _patience() -> float:
    """How long to wait for a change: briefly while a tab is still to be shown anew."""
    return 0 if any(one.is_waiting() for one in followers.values()) else _LOOK_S


def _mark(note: ChangeNote) -> None:
    for follower in followers.values():
        follower.hear(note)


def _mark_time(is_other: bool) -> None:
    """What changes with nobody doing anything: midnight, and a server in trouble."""
    for follower in followers.values():
        day = today_topic(follower.user)
        if is_other or day != follower.day:
            follower.grow_old()
        follower.day = day


async def _pass_on(app: rx.App) -> None:
    assert app.event_namespace is not None
    connected = app.event_namespace.token_to_sid
    for token, follower in list(followers.items()):
        if token not in connected:
            del followers[token]  # a tab that comes back loads its page, and follows again
        elif follower.is_ready():
            events = rx.event.Event.from_event_type(_due(follower))
            follower.is_stale = follower.is_frame_stale = False
            follower.pending = [await app.event_processor.enqueue(token, one) for one in events]


def _due(follower: Follower) -> list[Handler]:
    """The events that show anew what is old in a tab."""
    page = [follower.refresh] if follower.is_stale and follower.refresh else []
    frame = [ShellState.refresh] if follower.is_frame_stale else []
    # What was not shown may be by now; if not, that is said again after this.
    return [*frame, *page, *([ShellState.arrive] if follower.is_failing else [])]


def _start() -> tuple[int, tuple[str, str]]:
    return bootstrap.answer(
        lambda session, now: (
            change_notes.newest_note(session),
            self_check.trouble_sentences(session, now),
        )
    )


def _news(last: int, seconds: float) -> tuple[list[ChangeNote], tuple[str, str]]:
    """What was noted after the change `last`, once something may have been; what is wrong."""
    bootstrap.changes().wait(seconds)
    return bootstrap.answer(
        lambda session, now: (
            change_notes.notes_since(session, last),
            self_check.trouble_sentences(session, now),
        )
    )
