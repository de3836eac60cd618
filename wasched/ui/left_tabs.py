"""States of tabs: kept while a tab has its line, and only so many of those whose line is gone.

Reflex keeps a State until nothing has used it for an hour, whoever it belongs to. So a closed tab
cost its memory for an hour, and an open one that rested for an hour lost its State. A tab that
comes back and finds no State loads its page anew, as after a new start of the server.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Container
from contextlib import asynccontextmanager
from dataclasses import dataclass

import reflex as rx
from reflex.istate.manager.memory import StateManagerMemory

from wasched.api import doors
from wasched.ui.states.session import WhoState

log = logging.getLogger(__name__)

PER_PERSON = 20
"""States without a line of one person, or of one address where nobody is signed in."""

IN_ALL = 100
"""States without a line of everybody; each has 50 KB, more on a page with long lists."""

_LOOK_S = 1.0


@asynccontextmanager
async def bounded(app: rx.App) -> AsyncIterator[None]:
    """Keep States within their bounds while the app runs."""
    task = asyncio.create_task(_keep_bounded(app))
    try:
        yield
    finally:
        task.cancel()


def surplus(left: dict[str, str]) -> list[str]:
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


@dataclass(frozen=True)
class _Left:
    whose: str
    deadline: float  # of Reflex's hour; another one tells that something uses the State


class LeftTabs:
    """The tabs without a line, by token, the one longest without it first."""

    def __init__(self, states: StateManagerMemory) -> None:
        self._states = states
        self._left: dict[str, _Left] = {}

    def sweep(self, connected: Container[str]) -> None:
        """Note who has lost their line since, and drop what is too much."""
        states = self._states
        for key, (deadline, token) in list(states._token_expires_at.items()):
            if key in connected:
                self._left.pop(key, None)
                states._track_token(token)  # its hour begins when its line is gone
            elif key not in self._left or self._left[key].deadline != deadline:
                self._left.pop(key, None)  # what is used goes to the end
                self._left[key] = _Left(_whose(states.states[key]), deadline)
        self._left = {key: one for key, one in self._left.items() if key in states.states}
        for key in surplus({key: one.whose for key, one in self._left.items()}):
            self._drop(key)

    def _drop(self, key: str) -> None:
        _deadline, token = self._states._token_expires_at[key]
        lock = self._states._states_locks.get(token.lock_key)
        if lock is None or not lock.locked():  # else a handler is at work there
            self._states._purge_token(token)
            del self._left[key]


async def _keep_bounded(app: rx.App) -> None:
    assert app.event_namespace is not None
    assert isinstance(app.state_manager, StateManagerMemory)
    tabs = LeftTabs(app.state_manager)
    while True:
        try:
            tabs.sweep(app.event_namespace.token_to_sid)
        except Exception:  # one State that is odd must not end the bound on all
            log.exception("Dropping the States of closed tabs failed; trying again")
        await asyncio.sleep(_LOOK_S)


def _whose(root: rx.State) -> str:
    who = root.get_substate(WhoState.get_full_name().split("."))
    assert isinstance(who, WhoState)
    if who._user_id is not None:
        return f"user {who._user_id}"
    asked = root.router.headers.raw_headers.get("x-forwarded-for", "")
    return doors.address_behind(root.router.session.client_ip, asked)
