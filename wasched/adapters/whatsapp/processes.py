"""Which process each link lives in, and when it may begin there."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from wasched.adapters.whatsapp.blame import Blame
from wasched.adapters.whatsapp.child_process import LINK, LINKER, ChildProcess
from wasched.adapters.whatsapp.place import Place
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.domain.link import LinkEvent

log = logging.getLogger(__name__)

_GAP_S, _GAP_AFTER_CRASH_S = 0.1, 0.5
_CALM_S = 60.0


class LinkProcesses:
    """The processes of a worker; links share them, so many each, unless one must be alone."""

    def __init__(self, most: int = 1) -> None:
        self.blame = Blame()
        self._most = most
        self._lock = threading.Lock()
        self._processes: list[ChildProcess] = []
        self._next_at = 0.0

    def place(
        self,
        kept: SessionPlace,
        on_event: Callable[[LinkEvent], None],
        on_over: Callable[[], None],
        *,
        links_by_passkey: bool = False,
    ) -> Place:
        """Begin the link of a session, in a process that has room or in a new one."""
        with self._lock:
            place = None
            if not links_by_passkey and (process := self._with_room(kept.file)) is not None:
                place = process.add_place(kept, on_event)
            while place is None:  # a new one has room, unless it has ended already
                program = LINKER if links_by_passkey else LINK
                place = self._start(kept.file, program).add_place(kept, on_event)
        place.begin(on_over)
        return place

    def is_apart(self, session: Path) -> bool:
        """True if the link has a process of its own for what it did to others."""
        return self._most > 1 and self.blame.is_apart(session)

    def wait_for_turn(self) -> float:
        """Seconds until another link may begin: not all at once, and no one waits for another.

        After a crash they come more slowly, so that it shows whose login leads to the next.
        """
        if self._most == 1:
            return 0.0
        now = time.monotonic()
        with self._lock:
            at = max(now, self._next_at)
            is_calm = now - self.blame.crashed_at > _CALM_S
            self._next_at = at + (_GAP_S if is_calm else _GAP_AFTER_CRASH_S)
        return at - now

    def _with_room(self, session: Path) -> ChildProcess | None:
        self._processes = [one for one in self._processes if not one.is_sealed or one.places]
        if self.blame.must_be_alone(session):
            return None
        room = self.blame.room(session)
        fitting = [one for one in self._processes if one.is_shared and one.has_room]
        return next((one for one in fitting if one.room == room or not self.blame.has_parted), None)

    def _start(self, session: Path, program: str) -> ChildProcess:
        is_alone = program == LINKER or self.blame.must_be_alone(session)
        most = 1 if is_alone else self._most
        process = ChildProcess(most, program, self._judge, self.blame.room(session))
        self._processes.append(process)
        return process

    def _judge(self, process: ChildProcess, code: int) -> set[Place]:
        with self._lock:
            if self._most == 1:
                return set(process.places.values())
            return self.blame.judge(process.places.values(), code)
