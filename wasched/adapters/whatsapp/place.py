"""One link's place in a process, as the worker sees it: asking it, hearing it, ending it."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from typing import TYPE_CHECKING

from wasched.adapters.whatsapp import wire
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkEvent, LinkState, StateChanged

if TYPE_CHECKING:
    from wasched.adapters.whatsapp.child_process import ChildProcess

log = logging.getLogger(__name__)

_END_S = 60.0


class ChildEndedError(Exception):
    """The link ended, or hung, before it answered; `was_heard` if it may have begun to act.

    `was_blamed` if it may have ended by what it was asked, and not by what another link did.
    """

    def __init__(self, *, was_heard: bool, was_blamed: bool = True) -> None:
        super().__init__()
        self.was_heard, self.was_blamed = was_heard, was_blamed


class Place:
    """A link that was begun in a process; its events arrive in order on the process's thread."""

    def __init__(
        self,
        process: "ChildProcess",
        number: int,
        kept: SessionPlace,
        on_event: Callable[[LinkEvent], None],
    ) -> None:
        self.session, self.number, self._kept = kept.file, number, kept
        self.is_holding = self.is_moving = self.hangs = False
        self.is_counted = True  # as the end of a process, of which others may have been told
        self.begun_at, self.connected_at = time.monotonic(), 0.0
        self.pinged_at: float | None = None
        self._process, self._on_event = process, on_event
        self._numbers = count(1)
        self._ping = 0
        self._waiting: dict[int, Future[wire.Result]] = {}
        self._lock = threading.Lock()
        self._code: int | None = None
        self._over = threading.Event()
        self._on_over: Callable[[], None] = lambda: None

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def is_asked(self) -> bool:
        """True while it is doing something that it was asked."""
        return bool(self._waiting)

    @property
    def is_in_company(self) -> bool:
        """True if the process is not its own, so that what the process said may be of others."""
        return self._process.is_shared

    def begin(self, on_over: Callable[[], None]) -> None:
        """Let the process begin the link; `on_over` is called once it has ended."""
        self._on_over = on_over
        self.tell(wire.Begin(str(self._kept.file), self._kept.database))

    def ask(self, ask: wire.Ask, timeout_s: float) -> wire.Result:
        """Ask and wait for the answer.

        Raises NotNow or SendError as the link does, and ChildEndedError when it ended first.
        When the time is over the link is taken for hung, and ended.
        """
        number, answer = self._expect()
        try:
            self._process.say(self, wire.Asked(number, ask))
            return answer.result(timeout_s)
        except TimeoutError:
            log.error("Link process %s did not answer for %.0f s", self.pid, timeout_s)
            self._end_for_sure()  # before anybody asks what became of it
            raise ChildEndedError(was_heard=True) from None
        finally:
            self._waiting.pop(number, None)

    def tell(self, ask: wire.Ask) -> None:
        """Ask without waiting; a link that has ended hears nothing."""
        try:
            self._process.say(self, wire.Asked(next(self._numbers), ask))
        except ChildEndedError:
            log.debug("Link process %s has ended already", self.pid)

    def ping(self) -> None:
        """Ask for a sign of life, which is noted when it comes."""
        self._ping, self.pinged_at = next(self._numbers), time.monotonic()
        self._process.say(self, wire.Asked(self._ping, wire.PingCommand()))

    def move(self) -> None:
        """Let it finish the send on its way and end, to begin elsewhere."""
        self.is_moving = True
        self.tell(wire.StopCommand())

    def has_ended(self, within_s: float) -> bool:
        """Wait for its end, up to that time; True once it has ended."""
        return self._over.wait(within_s)

    def kill(self) -> None:
        """End it at once; what was in flight is settled by evidence."""
        self._process.end_place(self)

    def close(self) -> int:
        """After its end: why it ended, a LineEnd or the process's exit code."""
        self._over.wait()
        assert self._code is not None
        if self._code == LineEnd.REST and self.is_moving:
            return LineEnd.MOVED
        return self._code

    def last_words(self) -> str:
        """The last lines the process wrote to its log, without numbers of people."""
        return self._process.last_words()

    def take(self, said: wire.Said) -> None:
        """Heed what the link says."""
        match said:
            case wire.Happened(event):
                if isinstance(event, StateChanged) and event.state is LinkState.CONNECTED:
                    self.connected_at = time.monotonic()
                self._on_event(event)
            case wire.Answered(number, result):
                if number == self._ping:
                    self.pinged_at = None
                elif answer := self._waiting.get(number):
                    answer.set_result(result)
            case wire.Refused():
                if answer := self._waiting.get(said.number):
                    answer.set_exception(_fault(said))
            case wire.Holding():
                self.is_holding = True
            case wire.CouldNotRead(count):
                log.warning("Messages that came and could not be read: %d", count)

    def end(self, code: int, *, was_blamed: bool = True) -> None:
        """The link has ended; whoever waits for an answer learns so."""
        with self._lock:
            if self._code is not None:
                return
            self._code, self.is_holding = code, False
            left = list(self._waiting.values())
        for answer in left:
            if not answer.done():
                answer.set_exception(ChildEndedError(was_heard=True, was_blamed=was_blamed))
        self._over.set()
        self._on_over()

    def _end_for_sure(self) -> None:
        self.kill()
        if not self._over.wait(_END_S):
            self._process.kill()
            self._over.wait()

    def _expect(self) -> tuple[int, Future[wire.Result]]:
        answer: Future[wire.Result] = Future()
        with self._lock:
            if self._code is not None:
                raise ChildEndedError(was_heard=False)
            number = next(self._numbers)
            self._waiting[number] = answer
        return number, answer


def _fault(refused: wire.Refused) -> NotNow | SendError:
    if refused.not_now:
        return NotNow(refused.reason, refused.until)
    return SendError(
        refused.reason,
        permanent=refused.permanent,
        left=refused.left,
        code=refused.code,
        not_found=refused.not_found,
    )
