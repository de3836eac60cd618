"""States of tabs: kept while a tab has its line, and only so many of those whose line is gone.

Reflex keeps a State until nothing has used it for an hour, whoever it belongs to. So a closed tab
cost its memory for an hour, and an open one that rested for an hour lost its State. A tab that
comes back and finds no State loads its page anew, as after a new start of the server.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Container, Iterable, Mapping
from contextlib import asynccontextmanager

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory

from wasched.ui.live import release_memory
from wasched.ui.live.connections import LiveConnections
from wasched.ui.live.visitors import OVER, Visitor

log = logging.getLogger(__name__)

PER_PERSON = 20
"""States without a line of one person, or of one address where nobody is signed in."""

IN_ALL = 100
"""States without a line of everybody; each has 50 KB, more on a page with long lists."""

STRANGERS_S = 30
"""How long a stranger's State is kept without a line: nothing is in it but the entrance."""

_LOOK_S = 1.0
_NOBODY = Visitor("", "")


@asynccontextmanager
async def bound_states(app: rx.App) -> AsyncIterator[None]:
    """Keep States within their bounds while the app runs."""
    task = asyncio.create_task(_keep_bounded(app))
    try:
        yield
    finally:
        task.cancel()


def surplus_tabs(left: dict[str, str]) -> list[str]:
    """The tokens of the tabs whose State goes.

    `left` says whose each tab without a line is, by token, the one longest without it first.
    """
    kept: Counter[str] = Counter()
    gone = []
    for token, whose in reversed(left.items()):
        if kept[whose] < PER_PERSON and kept.total() < IN_ALL:
            kept[whose] += 1
        else:
            gone.append(token)
    return gone


class LeftTabs:
    """The tabs without a line, by token, the one longest without it first.

    `owners` says whom each State was made for, by token.
    """

    def __init__(self, states: StateManagerMemory, owners: Mapping[str, Visitor]) -> None:
        self._states, self._owners = states, owners
        # The end of Reflex's hour; another one tells that something uses the State.
        self._left: dict[str, float] = {}

    def sweep(self, connected: Container[str]) -> int:
        """Note who has lost their line since, and drop what is too much; returns how many."""
        states = self._states
        for key, (deadline, token) in list(states._token_expires_at.items()):
            if key in connected:
                self._left.pop(key, None)
                states._track_token(token)  # its hour begins when its line is gone
            elif self._left.get(key) != deadline:
                self._left.pop(key, None)  # what is used goes to the end
                self._left[key] = deadline
        self._left = {key: one for key, one in self._left.items() if key in states.states}
        return sum(self._drop(key) for key in [*self._ended(), *self._surplus()])

    def _ended(self) -> Iterable[str]:
        """The tabs whose sign-in is over, and those of strangers who did not come back."""
        hour = self._states.token_expiration
        for key, deadline in list(self._left.items()):
            sign_in = self._owner(key).sign_in
            is_late = time.time() - (deadline - hour) >= STRANGERS_S
            if sign_in == OVER or (not sign_in and is_late):
                yield key

    def _surplus(self) -> list[str]:
        return surplus_tabs({key: self._owner(key).who for key in self._left})

    def _owner(self, key: str) -> Visitor:
        return self._owners.get(key, _NOBODY)

    def _drop(self, key: str) -> bool:
        if key not in self._left:
            return False
        _deadline, token = self._states._token_expires_at[key]
        lock = self._states._states_locks.get(token.lock_key)
        if lock is not None and lock.locked():
            return False  # a handler is at work there
        self._states._purge_token(token)
        del self._left[key]
        return True


async def _keep_bounded(app: rx.App) -> None:
    states, lines = app.state_manager, app.event_namespace
    assert isinstance(states, StateManagerMemory) and isinstance(lines, LiveConnections)
    tabs, memory = LeftTabs(states, lines.owners), release_memory.Memory()
    while True:
        try:
            memory.note(tabs.sweep(lines.token_to_sid))
            lines.forget(states.states)
        except Exception:  # one State that is odd must not end the bound on all
            log.exception("Dropping the States of closed tabs failed; trying again")
        await asyncio.sleep(_LOOK_S)
