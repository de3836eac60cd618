"""Work whose length somebody else decides, in a process of its own: bounded, and ended at will.

What is asked and answered goes over stdin and stdout as lines of JSON; the process's own end is
`bounded_child`. It does one thing and ends, so that nothing is left of it, whatever it met.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

from wasched.domain import errors
from wasched.domain.errors import EndReason, NotFoundError, WorkEndedError
from wasched.domain.reasons import load_reason

log = logging.getLogger(__name__)

SPARE_S = 50.0
"""How long one that nobody has asked yet is waited for, and waits (`bounded_child`)."""

_ROOT = Path(__file__).resolve().parents[2]
_running: WeakSet["BoundedProcess"] = WeakSet()
_SECRETS = (
    *("SECRET_KEY", "DATABASE_URL", "SESSION_DATABASE_URL"),
    *("REDIS_PASSWORD", "REDIS_URL", "BACKUP_PASSPHRASE"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
)
_REFUSALS = {
    one.__name__: one
    for one in (
        errors.InputError,
        errors.TooLargeError,
        errors.WrongKindError,
        errors.NoRoomError,
    )
}


@dataclass(frozen=True)
class Bounds:
    """How much a process may take: seconds of a processor, seconds of a clock, bytes of memory.

    Memory counts on top of what the process has when it is asked; where the system cannot bound
    it (macOS), the seconds are all there is.
    """

    cpu_s: int
    wall_s: float
    memory: int


class BoundedProcess:
    """A process that runs a module and waits to be asked for one thing."""

    def __init__(self, module: str, bounds: Bounds, *, knows_secrets: bool = False) -> None:
        self._bounds = bounds
        self._end: EndReason | None = None
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what goes wrong is told as an answer
            env=_environment(knows_secrets),
            umask=0o077,
            process_group=0,  # so that what it starts ends with it
        )
        _running.add(self)

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def is_alive(self) -> bool:
        """True while it runs; one that waited too long to be asked has ended."""
        return self._process.poll() is None

    def ask(self, asked: Mapping[str, Any], hear: Callable[[Any], None] = lambda said: None) -> Any:
        """Ask for the one thing and wait for the answer; `hear` gets what is said on the way.

        Raises what the process refuses with (InputError, NotFoundError), and WorkEndedError when
        a bound or `stop` ended it.
        """
        clock = threading.Timer(self._bounds.wall_s, self._kill, [EndReason.TIME])
        clock.daemon = True
        clock.start()
        try:
            self._say({"bounds": asdict(self._bounds), "ask": asked})
            return self._hear_out(hear)
        finally:
            clock.cancel()
            self._kill(EndReason.STOPPED)
            self._close()

    def stop(self) -> None:
        """End it, whatever it is doing; also before it was asked."""
        self._kill(EndReason.STOPPED)

    def _say(self, asked: Mapping[str, Any]) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended, which is heard next
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            self._process.stdin.flush()

    def _hear_out(self, hear: Callable[[Any], None]) -> Any:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            said = json.loads(line)
            if "said" in said:
                hear(said["said"])
            elif "answer" in said:
                return said["answer"]
            else:
                raise _refusal(said)
        raise WorkEndedError(self._reason())

    def _reason(self) -> EndReason:
        if hasattr(os, "waitid"):  # as not on every macOS: what it has left behind ends, too
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
            self._kill(None)
        code = self._process.wait()
        if self._end is not None:
            return self._end
        if code == -signal.SIGXCPU:
            return EndReason.TIME
        # By the system, which is short of memory, or by a library that gets none and gives up.
        if code in (-signal.SIGKILL, -signal.SIGABRT):
            return EndReason.MEMORY
        log.error("A bounded process ended with %d", code)
        return EndReason.FAULT

    def _kill(self, reason: EndReason | None) -> None:
        with self._lock:
            if self._process.returncode is None:  # else its number may be another's by now
                self._end = self._end or reason
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def _close(self) -> None:
        with self._lock:
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()


def end_all() -> None:
    """End every bounded process of this one, which is about to stop."""
    for process in list(_running):
        process.stop()


class BoundedWork:
    """What is asked of processes, each started for it, until it is stopped."""

    def __init__(self, start: Callable[[], BoundedProcess]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._is_stopped = False
        self._process: BoundedProcess | None = None

    def ask(self, asked: Mapping[str, Any], hear: Callable[[Any], None] = lambda said: None) -> Any:
        """Ask a process as BoundedProcess does; WorkEndedError once this is stopped."""
        with self._lock:
            if self._is_stopped:
                raise WorkEndedError(EndReason.STOPPED)
            self._process = self._start()
        return self._process.ask(asked, hear)

    def stop(self) -> None:
        """End what is under way, and whatever is asked after it."""
        with self._lock:
            self._is_stopped = True
            if self._process is not None:
                self._process.stop()


class SpareProcess:
    """Processes that take a while to start: one is ready for whoever comes soon."""

    def __init__(self, start: Callable[[], BoundedProcess]) -> None:
        self._start = start
        self._lock = threading.Lock()
        self._spare: BoundedProcess | None = None
        self._until = 0.0

    def warm(self) -> None:
        """Have one ready for the next minute."""
        with self._lock:
            if self._spare is None or time.monotonic() > self._until:
                self._spare, self._until = self._start(), time.monotonic() + SPARE_S

    def take(self) -> BoundedProcess:
        """The one that is ready, else a new one."""
        with self._lock:
            spare, self._spare = self._spare, None
            is_fresh = time.monotonic() < self._until
        return spare if spare is not None and is_fresh and spare.is_alive() else self._start()


def _refusal(said: Mapping[str, Any]) -> Exception:
    if "ended" in said:
        return WorkEndedError(EndReason(said["ended"]))
    if "fault" in said:
        log.error("A bounded process failed: %s", said["fault"])
        return WorkEndedError(EndReason.FAULT)
    kind, *rest = said["refused"]
    if kind == NotFoundError.__name__:
        return NotFoundError()
    field, reason, code = rest
    return _REFUSALS[kind](field, load_reason(reason), code)


def _environment(knows_secrets: bool) -> dict[str, str]:
    kept = {name: one for name, one in os.environ.items() if knows_secrets or name not in _SECRETS}
    path = [part for part in (kept.get("PYTHONPATH", ""), str(_ROOT)) if part]
    # A second arena of the allocator would count as 64 MB of memory that nothing uses.
    return kept | {"PYTHONPATH": os.pathsep.join(path), "MALLOC_ARENA_MAX": "1"}
