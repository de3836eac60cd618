"""The links' process: `python -m wasched.adapters.whatsapp.child`.

Commands come in as lines on stdin, answers and events go out as lines on what was stdout; the
library writes to stdout itself, so file descriptor 1 is turned to stderr before it is loaded.
Each line names the place of one link among those that share the process.
The process ends when its stdin does, so it never outlives its worker.
"""

import logging
import os
import signal
import sys
import threading
from pathlib import Path

from wasched.adapters.whatsapp import wire
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.life import Life, Live
from wasched.adapters.whatsapp.outlet import Outlet, PlaceOutlet
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.domain.log_words import visible_text
from wasched.private import be_private

log = logging.getLogger(__name__)


def run_child(live: Live) -> None:
    """Keep links, each living as `live` says, until the worker is gone; never returns."""
    be_private()
    # A Ctrl-C or a stop of the whole group is for the worker, which then tells its links.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    host = _Host(Outlet(_own_stdout()), live)
    try:
        for line in sys.stdin.buffer:
            said = wire.decode_line(line)
            if isinstance(said, wire.Line) and isinstance(said.said, wire.Asked):
                host.take(said.place, said.said)
    finally:
        os._exit(
            0
        )  # whatever hangs here; the library's threads would keep an ordinary exit waiting


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


class _Host:
    """The links of this process by their places."""

    def __init__(self, outlet: Outlet, live: Live) -> None:
        self._outlet, self._live = outlet, live
        self._lives: dict[int, Life] = {}

    def take(self, place: int, asked: wire.Asked) -> None:
        """Begin a link, or hand on what is asked of one; returns at once."""
        if isinstance(asked.ask, wire.Begin):
            kept = SessionPlace(Path(asked.ask.session), asked.ask.database)
            self._begin(place, kept)
        elif (life := self._lives.get(place)) is not None:
            life.inbox.put(asked)

    def _begin(self, place: int, kept: SessionPlace) -> None:
        outlet = PlaceOutlet(self._outlet, place)
        life = Life(kept, outlet, lambda: self._lives.pop(place, None))
        self._lives[place] = life
        name = f"life-{kept.name}"
        threading.Thread(target=self._run, args=(life,), name=name, daemon=True).start()

    def _run(self, life: Life) -> None:
        try:
            if life.hold():
                self._live(life)
        except Exception:
            log.exception("A link failed")
            life.end(LineEnd.INCIDENT, hangs=True)  # nobody knows what it has left behind


def _live(life: Life) -> None:
    # Loaded only here: from this import on the library's threads run in this process.
    from wasched.adapters.whatsapp.link import Link
    from wasched.adapters.whatsapp.neonize_api import list_devices

    opening = life.open(list_devices)
    if opening is not None:
        Link(life, opening).run()


if __name__ == "__main__":
    run_child(_live)
