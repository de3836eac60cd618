"""Keeping a link process alive: started, watched, started again, or left to rest."""

import logging
import random
import threading
import time
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wasched.adapters.whatsapp import session_store, wire
from wasched.adapters.whatsapp.child_process import LINK, LINKER, ChildEndedError, ChildProcess
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.store_faults import (
    STORE_CODES,
    StoreFault,
    fault_in,
    fault_of_folder,
)
from wasched.domain.link import LinkEvent, LinkState, StateChanged
from wasched.domain.reasons import NO_REASON, Code, Reason
from wasched.domain.storage import ROOM

log = logging.getLogger(__name__)

ROUNDS = 24
"""How many rounds of codes (160 s each) are shown to nobody before a person must ask again."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_STEADY_S = 10.0
_WATCH_S, _PING_S = 15.0, 45.0
_STOP_S = 15.0
_STEP_S = 30.0
_ROOM, _ROOM_LOOK_S = 2 * ROOM, 1.0  # a process that is begun lives longer than a moment


class Supervisor:
    """Runs one link process after another on a thread of its own, and knows the link's state."""

    def __init__(self, session: Path, on_event: Callable[[LinkEvent], None]) -> None:
        self.state = LinkState.CONNECTING
        self.child: ChildProcess | None = None
        self._session, self._on_event = session, on_event
        self._change = StateChanged(LinkState.CONNECTING, datetime.now(UTC))
        self._thread = threading.Thread(target=self._run, name=f"link-{session.stem}", daemon=True)
        self._lock = threading.Lock()
        self._told = threading.Event()
        self._stopping = self._forgetting = False
        self._phone = ""
        self._keeps_texts = wire.KeepTexts(False)
        self.is_linking = self._by_passkey = False
        self._rounds = self._incidents = 0
        self._connected_at: float | None = None

    def start(self) -> None:
        """Begin to hold the session."""
        self._thread.start()

    def stop(self) -> None:
        """Let go of the session; returns when the process has ended."""
        self._stopping = True
        self._told.set()
        if child := self.child:
            child.tell(wire.StopCommand())
            if not child.has_ended(_STOP_S):
                child.kill()
        self._thread.join()

    def begin_again(self, phone: str = "", *, by_passkey: bool = False) -> None:
        """Start a new process now, which asks for a pairing code if a number is given.

        With `by_passkey` it is one that links an account which WhatsApp asks for its passkey, once.
        """
        with self._lock:
            self._phone, self._by_passkey = phone, by_passkey
            self._rounds = self._incidents = 0
            self._told.set()
            if child := self.child:
                child.kill()

    def forget(self) -> None:
        """Delete the session of a link that nobody can log out, and rest."""
        with self._lock:
            self._forgetting = True
            self._told.set()
            if child := self.child:
                child.kill()

    def keep_texts(self, on: bool, keywords: Collection[str]) -> None:
        """Let what people say be kept until it is written down, or of it keywords alone."""
        told = wire.KeepTexts(on, tuple(sorted(keywords)))
        with self._lock:
            if told == self._keeps_texts:
                return
            self._keeps_texts = told
            if child := self.child:
                child.tell(told)

    def note_written(self, number: int) -> None:
        """What people said is written down, up to this number."""
        if child := self.child:
            child.tell(wire.NoteWritten(number))

    def _run(self) -> None:
        self._enter(LinkState.CONNECTING)
        while True:
            pause_s = self._rest() if self._forgetting else self._live()
            if self._stopping:
                return
            if self._told.wait(pause_s) and not (self._stopping or self._forgetting):
                self._enter(LinkState.CONNECTING)

    def _rest(self) -> float | None:
        """Forget the session, and wait for a person."""
        with self._lock:
            self._forgetting = False
            self._told.clear()
        session_store.forget_store(self._session)
        self._enter(LinkState.NEEDS_LINK, "unlinked")
        return None

    def _live(self) -> float | None:
        """One life of a process; returns how long to wait for the next, None until told."""
        if fault := fault_of_folder(self._session, _ROOM):
            return self._wait_for_store(fault)
        self._connected_at = None
        child = self._begin()
        while not child.has_ended(_WATCH_S):
            try:
                child.ask(wire.PingCommand(), _PING_S)
            except ChildEndedError:
                continue
        self.child = None
        code = child.close()
        self._clear_up(code)
        return None if self._stopping else self._after(code, child)

    def _wait_for_store(self, fault: StoreFault) -> float | None:
        """Say why no process is started; returns how long to wait until the next look."""
        with self._lock:
            if self._stopping or self._forgetting:
                return 0.0
            self._told.clear()
        if self._change.code != fault.code:
            self._enter(fault.state, fault.code, fault.reason)
        return _ROOM_LOOK_S

    def _begin(self) -> ChildProcess:
        """Start a process, which fulfils what was told so far."""
        with self._lock:
            self.is_linking, self._by_passkey = self._by_passkey, False
            program = LINKER if self.is_linking else LINK
            child = self.child = ChildProcess(self._session, self._take, program)
            self._told.clear()
            child.tell(self._keeps_texts)
            if self._phone:
                child.tell(wire.PairByCode(self._phone))
                self._phone = ""
            if self._forgetting:
                child.kill()
        if self._stopping:
            child.tell(wire.StopCommand())
        return child

    def _take(self, event: LinkEvent) -> None:
        if isinstance(event, StateChanged):
            if event.code in STORE_CODES and event.code != self._change.code:
                log.error("The store of %s: %s", self._session.stem, event.detail)
            self.state, self._change = event.state, event
            if event.state is LinkState.CONNECTED:
                self._connected_at, self._rounds = time.monotonic(), 0
        self._on_event(event)

    def _clear_up(self, code: int) -> None:
        """Delete the files of a link that has ended; the library may not have come to it."""
        is_over = self.state is LinkState.LOGGED_OUT or self._change.code == "unlinked"
        if code == LineEnd.REST and is_over:
            session_store.forget_store(self._session)

    def _after(self, code: int, child: ChildProcess) -> float | None:
        if self._told.is_set():
            return 0.0  # it was ended on purpose
        if self.is_linking:
            return self._after_linking(code, child)
        if code == LineEnd.NEW_CODES:
            return self._new_codes()
        if code == LineEnd.STORE_FAULT and fault_of_folder(self._session, _ROOM):
            return 0.0  # the next life begins with waiting for it
        if code != LineEnd.REST:
            return self._incident(code, child)
        if self.state is LinkState.BANNED and self._change.until is not None:
            return self._sit_out(self._change.until)
        return None

    def _after_linking(self, code: int, child: ChildProcess) -> float | None:
        """The link begins at once if there is one; another attempt begins only by a person."""
        self.is_linking = False
        if code == LineEnd.LINKED:
            return 0.0
        if code != LineEnd.REST:
            log.warning(
                "Linking process %s ended (code %s). Its last words:\n%s",
                child.pid,
                code,
                child.last_words(),
            )
            self._enter(LinkState.NEEDS_PASSKEY, "ended", Reason(Code.LINK_ODD))
        return None

    def _sit_out(self, until: datetime) -> float:
        """Wait for an instant or to be told, in steps: a timer stands still while a machine sleeps.

        Returns what is left to wait, which is nothing.
        """
        while (left_s := (until - datetime.now(UTC)).total_seconds()) > 0:
            if self._told.wait(min(left_s, _STEP_S)):
                break
        return 0.0

    def _new_codes(self) -> float | None:
        self._rounds += 1
        if self._rounds < ROUNDS:
            return 0.0
        self._enter(LinkState.NEEDS_LINK, "no_code")
        return None

    def _incident(self, code: int, child: ChildProcess) -> float:
        """Say what happened, and how long to wait: twice as long each time, with full jitter."""
        steady = self._connected_at and time.monotonic() - self._connected_at > _STEADY_S
        self._incidents = 0 if steady else self._incidents
        longest = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**self._incidents)
        self._incidents += 1
        pause_s = random.uniform(0, longest)
        log.warning(
            "Link process %s ended (code %s); starting again in %.1f s. Its last words:\n%s",
            child.pid,
            code,
            pause_s,
            child.last_words(),
        )
        self._enter_fault(pause_s, fault_in(child.last_words()))
        return pause_s

    def _enter_fault(self, pause_s: float, fault: StoreFault | None) -> None:
        until = datetime.now(UTC) + timedelta(seconds=pause_s)
        if self.state is LinkState.ERROR or self._change.code in STORE_CODES:
            self._enter(self.state, self._change.code, self._change.detail, until)
        elif fault is not None:  # the library ended by it, without a word to anybody
            self._enter(fault.state, fault.code, fault.reason, until)
        elif self.state is not LinkState.NEEDS_LINK:
            self._enter(LinkState.RECONNECTING, "process_ended")

    def _enter(
        self,
        state: LinkState,
        code: str = "",
        detail: Reason = NO_REASON,
        until: datetime | None = None,
    ) -> None:
        self._take(StateChanged(state, datetime.now(UTC), code, detail, until))
