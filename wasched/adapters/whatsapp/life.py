"""A link in its place: it holds its session from first to last, and ends without the others."""

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from wasched.adapters.whatsapp import session_store, wire
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.outlet import PlaceOutlet
from wasched.adapters.whatsapp.session_place import (
    ListDevices,
    Opening,
    SessionPlace,
    StoreFaultError,
)
from wasched.adapters.whatsapp.store_faults import UNREACHABLE
from wasched.domain.link import LinkState, StateChanged
from wasched.domain.reasons import Code, Reason

log = logging.getLogger(__name__)

_LOCK_S = 15.0
_LOCK_STEP_S = 0.05

Take = Callable[[wire.Asked], None]


class Inbox:
    """What the worker asks of a place, kept until there is somebody to take it, quickly."""

    def __init__(self) -> None:
        self._early: list[wire.Asked] = []
        self._take: Take | None = None
        self._lock = threading.Lock()

    def put(self, asked: wire.Asked) -> None:
        """Hand it on."""
        with self._lock:
            if self._take is None:
                self._early.append(asked)
            else:
                self._take(asked)

    def deliver_to(self, take: Take) -> None:
        """Hand on what was asked so far, and from now on."""
        with self._lock:
            for asked in self._early:
                take(asked)
            self._early, self._take = [], take

    def was_abandoned(self) -> bool:
        """True if nobody wants any more what has not begun yet."""
        with self._lock:
            return any(isinstance(one.ask, wire.Abandon | wire.StopCommand) for one in self._early)


class Life:
    """From the first hold of the session to its end, which is told once and for all."""

    def __init__(
        self, kept: SessionPlace, outlet: PlaceOutlet, on_over: Callable[[], object]
    ) -> None:
        self.kept, self.store = kept, kept.store()
        self.outlet, self.inbox = outlet, Inbox()
        self._on_over = on_over
        self._handle: int | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def hold(self) -> bool:
        """Hold the session; a process that is just dying may keep it for a moment."""
        deadline = time.monotonic() + _LOCK_S
        while (handle := session_store.lock_store(self.kept.file)) is None:
            if self.inbox.was_abandoned():
                self.end(LineEnd.REST)
                return False
            if time.monotonic() > deadline:
                self._say_in_use()
                return False
            time.sleep(_LOCK_STEP_S)
        self._handle = handle
        if not self._can(self.store.take_over):
            return False
        self.outlet.say(wire.Holding())
        return True

    def open(self, list_devices: ListDevices) -> Opening | None:
        """How the library opens the session; None if it cannot, and then the life is over."""
        found: list[Opening] = []
        self._can(lambda: found.append(self.store.open(list_devices)))
        return found[0] if found else None

    def end(self, code: int, *, hangs: bool = False) -> None:
        """Let go of the session, unless something hangs that may still use it, and say so."""
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
        if self._handle is not None and not hangs:
            os.close(self._handle)
        self._on_over()
        self.outlet.say(wire.Ended(code, hangs))

    def _can(self, do: Callable[[], None]) -> bool:
        """True once it is done; False if the store does not let it, and then the life is over."""
        try:
            do()
        except (OSError, sqlite3.Error) as fault:
            log.warning("The session cannot be opened: %s", fault)
            said = fault.fault if isinstance(fault, StoreFaultError) else UNREACHABLE
            change = StateChanged(said.state, datetime.now(UTC), said.code, said.reason)
            self.outlet.say(wire.Happened(change))
            self.end(LineEnd.STORE_FAULT)
            return False
        return True

    def _say_in_use(self) -> None:
        now, why = datetime.now(UTC), Reason(Code.SESSION_IN_USE)
        self.outlet.say(wire.Happened(StateChanged(LinkState.ERROR, now, "session_in_use", why)))
        self.end(LineEnd.INCIDENT)


Live = Callable[[Life], None]
"""Lives on the life's own thread, and ends it, there or on another one."""
