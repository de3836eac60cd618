"""What every process of wasched begins with: private files, and a log whose every line is ours.

`python -m wasched.process MODULE WORDS…` begins so and then runs a module of somebody else's, such
as the server under the api or the consumer under the worker.
"""

import atexit
import gc
import io
import logging
import runpy
import sys
import threading
from types import TracebackType
from typing import TextIO

from wasched import logs
from wasched.private import be_private

log = logging.getLogger(__name__)

_LINE_MAX = 10_000  # characters of a line that does not end


def main() -> None:
    """Begin, and be the module that the first word names.

    While it loads nothing becomes garbage, and looking for some took a sixth of the start. Api and
    worker look for it from when they have started.
    """
    begin_process()
    gc.disable()
    sys.argv = sys.argv[1:]
    if sys.argv[0].startswith("huey."):
        import wasched.adapters.huey_library  # noqa: F401 - loads less of it than it would itself
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def begin_process() -> None:
    """Keep files private, and let whatever is printed or raised become records on stdout."""
    be_private()
    if isinstance(sys.stdout, Printed):
        return
    stdout = _whatever_is_said(sys.stdout)
    sys.stdout, sys.stderr = Printed("stdout", stdout), Printed("stderr", sys.stderr)
    logs.set_up("INFO", stream=stdout)  # until the settings are read
    _hear_faults()


def begin_command() -> None:
    """The same for a command of the shell, which prints for a person: records go to stderr."""
    be_private()
    logs.set_up("WARNING", stream=_whatever_is_said(sys.stderr))
    _hear_faults()


class Printed(io.TextIOBase):
    """A stream whose lines become records of the log; `under` is the one it stands before."""

    encoding = "utf-8"

    def __init__(self, name: str, under: TextIO) -> None:
        super().__init__()
        self._log = logging.getLogger(f"printed.{name}")
        self.under = under
        self._lock = threading.RLock()
        self._begun = ""
        atexit.register(self.write, "\n")  # what has not ended by then

    def write(self, text: str) -> int:
        """Log every line that is whole."""
        with self._lock:
            *lines, self._begun = (self._begun + text).split("\n")
            if len(self._begun) > _LINE_MAX:
                lines, self._begun = [*lines, self._begun], ""
        for line in lines:
            if line.strip():
                self._log.info("%s", line)
        return len(text)

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """The descriptor of the stream under it."""
        return self.under.fileno()


def _whatever_is_said(stream: TextIO) -> TextIO:
    """The stream, once it takes every character, whatever the system's locale is."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _hear_faults() -> None:
    """Log what nobody caught, wherever it was raised, and warnings."""
    logging.captureWarnings(True)
    sys.excepthook = _end
    threading.excepthook = _end_thread
    sys.unraisablehook = _pass_over


def _end(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    if not isinstance(fault, KeyboardInterrupt):
        log.critical("The process ends by a fault", exc_info=(kind, fault, trace))


def _end_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        name = ended.thread.name if ended.thread else "that is gone"
        log.error("The thread %s ended by a fault", name, exc_info=ended.exc_value)


def _pass_over(passed: "sys.UnraisableHookArgs") -> None:
    log.warning("A fault was passed over", exc_info=passed.exc_value)


if __name__ == "__main__":
    from wasched import process  # whose classes the rest of the process knows

    process.main()
