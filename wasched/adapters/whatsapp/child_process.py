"""The worker's end of one link process: starting it, asking it, hearing it, ending it."""

import logging
import os
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from pathlib import Path

from wasched.adapters.whatsapp import wire
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import LinkEvent
from wasched.domain.log_words import shorten_text

log = logging.getLogger(__name__)

LINK = "wasched.adapters.whatsapp.child"
LINKER = "wasched.adapters.whatsapp.linking.child"
"""The two kinds of process: one keeps the link, the other links by passkey."""

_ROOT = Path(__file__).resolve().parents[3]
_SECRETS = (
    *("SECRET_KEY", "DATABASE_URL", "REDIS_PASSWORD", "BACKUP_PASSPHRASE"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
)
_GO_MEMORY = "100MiB"  # a bound Go may exceed for a large file, and returns to afterwards
_LAST_WORDS = 20
_LINE_MAX = 500  # characters
_CAUSES = ("panic:", "fatal error:")


class ChildEndedError(Exception):
    """The process ended, or hung, before it answered; `was_heard` if it may have begun to act."""

    def __init__(self, *, was_heard: bool) -> None:
        super().__init__()
        self.was_heard = was_heard


class ChildProcess:
    """A running link process; its events arrive in order on a thread of its own."""

    def __init__(
        self, session: Path, on_event: Callable[[LinkEvent], None], program: str = LINK
    ) -> None:
        self.is_holding = False
        self._on_event = on_event
        self._numbers = count(1)
        self._waiting: dict[int, Future[wire.Result]] = {}
        self._lock = threading.Lock()
        self._ended = False
        self._silent = threading.Event()
        self._cause = ""
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._process = _start(session, program)
        self._readers = [
            threading.Thread(target=read, name=f"link-{self.pid}-{name}", daemon=True)
            for name, read in (("events", self._hear), ("log", self._overhear))
        ]
        for thread in self._readers:
            thread.start()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def ask(self, ask: wire.Ask, timeout_s: float) -> wire.Result:
        """Ask and wait for the answer.

        Raises NotNow or SendError as the process does, and ChildEndedError when it ended first.
        When the time is over the process is taken for hung, and killed.
        """
        number, answer = self._expect()
        try:
            self._say(wire.encode_line(wire.Asked(number, ask)))
            return answer.result(timeout_s)
        except TimeoutError:
            log.error("Link process %s did not answer for %.0f s", self.pid, timeout_s)
            self.kill()
            raise ChildEndedError(was_heard=True) from None
        finally:
            self._waiting.pop(number, None)

    def tell(self, ask: wire.Ask) -> None:
        """Ask without waiting; a process that has ended hears nothing."""
        try:
            self._say(wire.encode_line(wire.Asked(next(self._numbers), ask)))
        except ChildEndedError:
            log.debug("Link process %s has ended already", self.pid)

    def has_ended(self, within_s: float) -> bool:
        """Wait for its end, up to that time; True once it has ended."""
        return self._silent.wait(within_s)

    def kill(self) -> None:
        """End it at once; what was in flight is settled by evidence."""
        self._process.kill()

    def close(self) -> int:
        """After its end: deliver its last events, and return its exit code."""
        code = self._process.wait()
        for thread in self._readers:
            thread.join()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what it no longer heard
                    pipe.close()
        return code

    def last_words(self) -> str:
        """The last lines it wrote to its log, without numbers of people."""
        return "\n".join(filter(None, [self._cause, *self._last_words]))

    def _expect(self) -> tuple[int, Future[wire.Result]]:
        answer: Future[wire.Result] = Future()
        with self._lock:
            if self._ended:
                raise ChildEndedError(was_heard=False)
            number = next(self._numbers)
            self._waiting[number] = answer
        return number, answer

    def _say(self, line: bytes) -> None:
        assert self._process.stdin is not None
        with self._lock:
            try:
                self._process.stdin.write(line)
                self._process.stdin.flush()
            except (BrokenPipeError, ValueError):
                raise ChildEndedError(was_heard=False) from None

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                self._take(wire.decode_line(line))
            except Exception:  # one bad line, or one bad listener, must not end the hearing
                log.exception("Link process %s said something unexpected", self.pid)
        with self._lock:
            self._ended, self.is_holding = True, False
            left = list(self._waiting.values())
        for answer in left:
            if not answer.done():
                answer.set_exception(ChildEndedError(was_heard=True))
        self._silent.set()

    def _take(self, said: wire.Said) -> None:
        match said:
            case wire.Happened(event):
                self._on_event(event)
            case wire.Answered(number, result):
                if answer := self._waiting.get(number):
                    answer.set_result(result)
            case wire.Refused():
                if answer := self._waiting.get(said.number):
                    answer.set_exception(_fault(said))
            case wire.Holding():
                self.is_holding = True
            case wire.CouldNotRead(count):
                log.warning("Messages that came and could not be read: %d", count)

    def _overhear(self) -> None:
        assert self._process.stderr is not None
        for raw in self._process.stderr:
            text = shorten_text(raw.decode("utf-8", "replace").rstrip(), _LINE_MAX)
            line = re.sub(r"\d{7,}", "…", text)
            if line.startswith(_CAUSES):
                self._cause = line  # the stacks of all threads follow, longer than what is kept
            self._last_words.append(line)
            log.debug("Link process %s: %s", self.pid, line)


def _start(session: Path, program: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", program, str(session)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
        process_group=0,  # so that a Ctrl-C reaches the worker alone
    )


def _environment() -> dict[str, str]:
    """What the process needs; Go sees it only as it is at the start, and needs no secrets."""
    kept = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    path = [part for part in (kept.get("PYTHONPATH", ""), str(_ROOT)) if part]
    bounds = {"GOMEMLIMIT": kept.get("GOMEMLIMIT", _GO_MEMORY)}
    return kept | bounds | {"NEONIZE_BOT_TAG": "off", "PYTHONPATH": os.pathsep.join(path)}


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
