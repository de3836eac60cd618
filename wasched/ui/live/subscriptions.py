"""Open tabs, and what each of them shows."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import reflex as rx

from wasched import bootstrap
from wasched.services.caller import Caller
from wasched.services.change_notes import ACCOUNTS, MESSAGES, PEOPLE, ChangeNote
from wasched.ui.core import times

Handler = Any
"""What @rx.event makes of a method: an EventHandler, for which Reflex declares no usable type."""

_FRAME = frozenset((MESSAGES, ACCOUNTS, PEOPLE))
"""What the frame of every page counts and names."""


@dataclass
class Follower:
    """An open tab: whose it is, what its page follows, and the event that shows that anew."""

    user: Caller
    topics: frozenset[str]
    refresh: Handler | None
    day: date  # the one it calls today
    spaces: frozenset[int] = frozenset()  # beside the one that they are in
    is_stale: bool = False
    is_frame_stale: bool = False
    is_failing: bool = False  # it could not be shown, and says so
    pending: list[asyncio.Future[object]] = field(default_factory=list)

    def hear(self, note: ChangeNote) -> None:
        """Grow old if the note is about something this tab shows."""
        places = (self.user.space_id, *self.spaces)
        if any(note.concerns(one, self.user.id) for one in places):
            self.is_stale = self.is_stale or note.topic in self.topics
            self.is_frame_stale = self.is_frame_stale or note.topic in _FRAME
            if self.is_failing and self.is_waiting():
                self.grow_old()

    def grow_old(self) -> None:
        """Be shown anew, all of it."""
        self.is_stale = self.is_frame_stale = True

    def is_waiting(self) -> bool:
        """True while something of it is old."""
        return self.is_stale or self.is_frame_stale

    def is_ready(self) -> bool:
        """True when it shows something old and is not being shown anew already."""
        return self.is_waiting() and all(one.done() for one in self.pending)


followers: dict[str, Follower] = {}
"""Open tabs by Reflex's client token; a tab follows what its present page shows."""


def follow_topics(
    state: rx.State,
    user: Caller,
    topics: Iterable[str],
    refresh: Handler | None = None,
    spaces: Iterable[int] = (),
) -> None:
    """Show the page of this tab anew when one of the topics changes; its frame follows its own.

    What changes about people always counts: who was signed out elsewhere is led to the door.
    `spaces` are those that it shows beside the one that the user is in.
    """
    token = state.router.session.client_token
    before = followers.get(token)
    followed = frozenset((*topics, PEOPLE))
    now = Follower(user, followed, refresh, today_topic(user), frozenset(spaces))
    # What was noted between counting the frame of a new tab and this is told to nobody.
    now.is_frame_stale = before.is_frame_stale if before else True
    followers[token] = now


def followers_of(state: rx.State) -> Follower | None:
    """The tab that a state belongs to, if its page follows anything."""
    return followers.get(state.router.session.client_token)


def shown_anew(state: rx.State) -> list[Handler]:
    """The event that shows the page of a state as things are now, if it follows anything."""
    tab = followers_of(state)
    return [tab.refresh] if tab and tab.refresh else []


def today_topic(user: Caller) -> date:
    """The day that it is for a person."""
    return times.local_time(bootstrap.clock().now(), user.zone).date()
