"""Keeping a link alive: begun in a process, begun again when it ended, or left to rest."""

import logging
import random
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wasched.adapters.alarms import alarms
from wasched.adapters.whatsapp import wire
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.jobs import Jobs
from wasched.adapters.whatsapp.place import Place
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.session_place import SessionPlace, StoreFaultError
from wasched.adapters.whatsapp.store_faults import (
    STORE_CODES,
    UNREACHABLE,
    StoreFault,
    fault_in,
)
from wasched.domain.link import LinkEvent, LinkState, StateChanged
from wasched.domain.reasons import NO_REASON, Code, Reason

log = logging.getLogger(__name__)

ROUNDS = 24
"""How many rounds of codes (160 s each) are shown to nobody before a person must ask again."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_STEADY_S = 10.0
_TAKES_BACK, _RETAKEN_S = 3, 600.0
_STOP_S = 15.0
_STEP_S = 30.0
_ROOM_LOOK_S = 1.0


class Supervisor:
    """Begins one life of a link after another, and knows the link's state.

    What it does it does in turn, on a thread that is there only while there is something to do.
    """

    def __init__(
        self,
        kept: SessionPlace,
        on_event: Callable[[LinkEvent], None],
        processes: LinkProcesses | None = None,
    ) -> None:
        self.state = LinkState.CONNECTING
        self.child: Place | None = None
        self._kept, self._session, self._on_event = kept, kept.store(), on_event
        self._processes = processes or LinkProcesses()
        self._change = StateChanged(LinkState.CONNECTING, datetime.now(UTC))
        self._steps = Jobs(f"link-{kept.name}")
        self._lock = threading.Lock()
        self._told, self._finished = threading.Event(), threading.Event()
        self._is_waiting, self._wait = False, 0
        self._stopping = self._forgetting = False
        self._phone = ""
        self._keeps_texts = wire.KeepTexts(False)
        self.is_linking = self._by_passkey = False
        self._rounds = self._incidents = 0
        self._retaken: list[float] = []
        self._connected_at: float | None = None
        self._banned_until: datetime | None = None

    def start(self) -> None:
        """Begin to hold the session."""
        self._steps.add(self._start)

    def stop(self) -> None:
        """Let go of the session; returns when its link has ended."""
        self._stopping = True
        self._tell()
        if child := self.child:
            child.tell(wire.StopCommand())
            if not child.has_ended(_STOP_S):
                child.kill()
        self._finished.wait()

    def begin_again(self, phone: str = "", *, by_passkey: bool = False) -> None:
        """Start a new process now, which asks for a pairing code if a number is given.

        With `by_passkey` it is one that links an account which WhatsApp asks for its passkey, once.
        """
        with self._lock:
            self._phone, self._by_passkey = phone, by_passkey
            self._rounds = self._incidents = 0
            self._tell()
            if child := self.child:
                child.kill()

    def forget(self) -> None:
        """Delete the session of a link that nobody can log out, and rest."""
        with self._lock:
            self._forgetting = True
            self._tell()
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

    def _tell(self) -> None:
        """Let what was wished begin, whatever is waited for."""
        self._told.set()
        self._steps.add(lambda: self._wake(self._wait))

    def _start(self) -> None:
        self._enter(LinkState.CONNECTING)
        self._pause(self._processes.wait_for_turn())

    def _pause(self, seconds: float | None) -> None:
        """Go on after so long or when told, None for only when told."""
        self._is_waiting, self._wait = True, self._wait + 1
        number = self._wait
        if self._stopping or self._told.is_set() or seconds == 0:
            self._wake(number)
        elif seconds is not None:
            alarms().after(seconds, lambda: self._steps.add(lambda: self._wake(number)))

    def _wake(self, number: int) -> None:
        """Go on, unless that was done already."""
        if not self._is_waiting or number != self._wait:
            return None
        if self._banned_until is not None and not self._told.is_set():
            return self._sit_out(self._banned_until)
        self._is_waiting, self._banned_until = False, None
        if self._stopping:
            return self._finished.set()
        if self._told.is_set() and not self._forgetting:
            self._enter(LinkState.CONNECTING)
        if self._forgetting:
            return self._pause(self._rest())
        if fault := self._session.fault_before_life():
            return self._pause(self._wait_for_store(fault))
        return self._begin()

    def _rest(self) -> float | None:
        """Forget the session, and wait for a person."""
        with self._lock:
            self._forgetting = False
            self._told.clear()
        if fault := self._forget():
            self._forgetting = True
            return self._wait_to_forget(fault)
        self._enter(LinkState.NEEDS_LINK, "unlinked")
        return None

    def _forget(self) -> StoreFault | None:
        """Delete the session; what keeps it from that, None if nothing does."""
        try:
            self._session.forget()
        except OSError as fault:
            log.warning("The session of %s cannot be deleted: %s", self._kept.name, fault)
            return fault.fault if isinstance(fault, StoreFaultError) else UNREACHABLE
        return None

    def _wait_to_forget(self, fault: StoreFault) -> float:
        if self._change.code != fault.code:
            self._enter(fault.state, fault.code, fault.reason)
        return _ROOM_LOOK_S

    def _wait_for_store(self, fault: StoreFault) -> float | None:
        """Say why no process is started; returns how long to wait until the next look."""
        with self._lock:
            if self._stopping or self._forgetting:
                return 0.0
            self._told.clear()
        if self._change.code != fault.code:
            self._enter(fault.state, fault.code, fault.reason)
        return _ROOM_LOOK_S

    def _begin(self) -> None:
        """Begin a life, which fulfils what was told so far."""
        self._connected_at = None
        with self._lock:
            self.is_linking, self._by_passkey = self._by_passkey, False
            self._told.clear()
            child = self.child = self._processes.place(
                self._kept,
                self._take,
                lambda: self._steps.add(self._life_over),
                links_by_passkey=self.is_linking,
            )
            child.tell(self._keeps_texts)
            if self._phone:
                child.tell(wire.PairByCode(self._phone))
                self._phone = ""
            if self._forgetting:
                child.kill()
        if self._stopping:
            child.tell(wire.StopCommand())

    def _life_over(self) -> None:
        child = self.child
        if child is None:
            return
        self.child = None
        code = child.close()
        self._clear_up()
        self._pause(0.0 if self._stopping else self._after(code, child))

    def _take(self, event: LinkEvent) -> None:
        if isinstance(event, StateChanged):
            event = self._with_word_of_process(event)
            if event.code in STORE_CODES and event.code != self._change.code:
                log.error("The store of %s: %s", self._kept.name, event.detail)
            self.state, self._change = event.state, event
            if event.state is LinkState.CONNECTED:
                self._connected_at, self._rounds = time.monotonic(), 0
        self._on_event(event)

    def _with_word_of_process(self, event: StateChanged) -> StateChanged:
        """What is said of a link that is well, but had to be parted from the others."""
        if event.state is LinkState.CONNECTED and self._processes.is_apart(self._kept.file):
            return replace(event, code=Code.LINK_APART, detail=Reason(Code.LINK_APART))
        return event

    def _clear_up(self) -> None:
        """Delete the files of a link that has ended; the library may not have come to it."""
        if self.state is LinkState.LOGGED_OUT or self._change.code == "unlinked":
            self._forget()

    def _after(self, code: int, child: Place) -> float | None:
        if self._told.is_set():
            return 0.0  # it was ended on purpose
        if self.is_linking:
            return self._after_linking(code, child)
        if code == LineEnd.NEW_CODES:
            return self._new_codes()
        if code in (LineEnd.MOVED, LineEnd.LINKED):
            return 0.0
        if code == LineEnd.RETAKEN:
            return self._take_back()
        if code == LineEnd.STORE_FAULT and self._session.fault_before_life():
            return 0.0  # the next life begins with waiting for it
        if code != LineEnd.REST:
            return self._incident(code, child)
        if self.state is LinkState.BANNED and self._change.until is not None:
            self._banned_until = self._change.until
            return 0.0
        return None

    def _after_linking(self, code: int, child: Place) -> float | None:
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

    def _sit_out(self, until: datetime) -> None:
        """Wait for an instant or to be told, in steps: timers stand still while one sleeps."""
        left_s = (until - datetime.now(UTC)).total_seconds()
        if left_s <= 0:
            self._banned_until = None
        self._pause(min(max(left_s, 0.0), _STEP_S))

    def _take_back(self) -> float | None:
        """Log in again, but not for ever against a program that has a copy of the session."""
        now = time.monotonic()
        self._retaken = [one for one in self._retaken if now - one < _RETAKEN_S] + [now]
        if len(self._retaken) > _TAKES_BACK:
            self._enter(LinkState.REPLACED)
            return None
        self._enter(LinkState.RECONNECTING, "replaced")
        return random.uniform(0, _FIRST_PAUSE_S)

    def _new_codes(self) -> float | None:
        self._rounds += 1
        if self._rounds < ROUNDS:
            return 0.0
        self._enter(LinkState.NEEDS_LINK, "no_code")
        return None

    def _incident(self, code: int, child: Place) -> float:
        """Say what happened, and how long to wait: twice as long each time, with full jitter."""
        steady = self._connected_at and time.monotonic() - self._connected_at > _STEADY_S
        self._incidents = 0 if steady else self._incidents
        longest = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2**self._incidents)
        self._incidents += 1
        pause_s = random.uniform(0, longest)
        pause_s += self._processes.wait_for_turn()
        log.warning(
            "Link process %s ended (code %s); starting again in %.1f s. Its last words:\n%s",
            child.pid,
            code,
            pause_s,
            child.last_words(),
            extra={"account": self._kept.account},
        )
        ended = "process_ended" if child.is_counted else "ended_with_others"
        fault = None if child.is_in_company else fault_in(child.last_words())
        self._enter_fault(pause_s, fault, ended)
        return pause_s

    def _enter_fault(self, pause_s: float, fault: StoreFault | None, ended: str) -> None:
        until = datetime.now(UTC) + timedelta(seconds=pause_s)
        if self.state is LinkState.ERROR or self._change.code in STORE_CODES:
            self._enter(self.state, self._change.code, self._change.detail, until)
        elif fault is not None:  # the library ended by it, without a word to anybody
            self._enter(fault.state, fault.code, fault.reason, until)
        elif self.state is not LinkState.NEEDS_LINK:
            self._enter(LinkState.RECONNECTING, ended)

    def _enter(
        self,
        state: LinkState,
        code: str = "",
        detail: Reason = NO_REASON,
        until: datetime | None = None,
    ) -> None:
        self._take(StateChanged(state, datetime.now(UTC), code, detail, until))
