"""The link's process: `python -m wasched.adapters.whatsapp.child SESSION_FILE`.

Commands come in as lines on stdin, answers and events go out as lines on what was stdout; the
library writes to stdout itself, so file descriptor 1 is turned to stderr before it is loaded.
The process ends when its stdin does, so it never outlives its worker.
"""

import logging
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from wasched.adapters.whatsapp import session_store, wire
from wasched.adapters.whatsapp.outlet import Outlet
from wasched.domain.link import LinkState, StateChanged
from wasched.domain.log_words import visible_text
from wasched.domain.reasons import Code, Reason
from wasched.private import be_private

_LOCK_S = 15.0
_LOCK_STEP_S = 0.05

Inbox = queue.SimpleQueue[wire.Asked]
Live = Callable[[Path, Inbox, Outlet], int]
"""The life of a process that holds a session; gives its exit code."""


def run_child(session: Path, live: Live) -> None:
    """Hold the session for as long as that life lasts; never returns."""
    be_private()
    # A Ctrl-C or a stop of the whole group is for the worker, which then tells its links.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    outlet = Outlet(_own_stdout())
    inbox: Inbox = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(inbox,), name="stdin", daemon=True).start()
    end = live(session, inbox, outlet) if _hold(session) else _in_use(outlet)
    outlet.flush()
    os._exit(end)  # the library's threads would keep an ordinary exit waiting


def _own_stdout() -> int:
    """Keep stdout for the protocol, and let whoever prints write to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    kept = os.dup(1)
    os.dup2(2, 1)
    return kept


class _OneLine(logging.Formatter):
    """Lines for the worker, which tells a crash of the library by how a line begins."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        return visible_text(super().formatMessage(record))


def _listen(inbox: Inbox) -> None:
    """Read what the worker asks; when it is gone, so is this process, whatever hangs in it."""
    try:
        for line in sys.stdin.buffer:
            said = wire.decode_line(line)
            if isinstance(said, wire.Asked):
                inbox.put(said)
    finally:
        os._exit(0)


def _hold(session: Path) -> bool:
    """Hold the session; a process that is just dying may keep it for a moment."""
    deadline = time.monotonic() + _LOCK_S
    while session_store.lock_store(session) is None:  # open, so held, until this process ends
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOCK_STEP_S)
    return True


def _in_use(outlet: Outlet) -> int:
    now, why = datetime.now(UTC), Reason(Code.SESSION_IN_USE)
    outlet.say(wire.Happened(StateChanged(LinkState.ERROR, now, "session_in_use", why)))
    return 1


def _live(session: Path, inbox: Inbox, outlet: Outlet) -> int:
    outlet.say(wire.Holding())
    # Loaded only here: from this import on the library's threads run in this process.
    from wasched.adapters.whatsapp.link import Link

    link = Link(session, outlet)
    deliver_apart(inbox, link.take)
    return link.run()


def deliver_apart(inbox: Inbox, take: Callable[[wire.Asked], None]) -> None:
    """Hand on what the worker asks, on a thread of its own."""
    threading.Thread(target=_deliver, args=(inbox, take), name="asks", daemon=True).start()


def _deliver(inbox: Inbox, take: Callable[[wire.Asked], None]) -> None:
    while True:
        take(inbox.get())


if __name__ == "__main__":
    run_child(Path(sys.argv[1]), _live)
