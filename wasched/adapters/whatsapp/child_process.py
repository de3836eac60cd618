"""The worker's end of one process of links: starting it, speaking with its places, ending it."""

import logging
import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from pathlib import Path

from wasched.adapters.alarms import keep_calling
from wasched.adapters.whatsapp import wire
from wasched.adapters.whatsapp.ends import LineEnd
from wasched.adapters.whatsapp.jobs import Jobs
from wasched.adapters.whatsapp.place import ChildEndedError, Place
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.domain.link import LinkEvent
from wasched.domain.log_words import shorten_text

log = logging.getLogger(__name__)

LINK = "wasched.adapters.whatsapp.child"
LINKER = "wasched.adapters.whatsapp.linking.child"
"""The two kinds of process: one keeps links, the other links one account by passkey."""

_ROOT = Path(__file__).resolve().parents[3]
_SECRETS = (
    *("SECRET_KEY", "DATABASE_URL", "SESSION_DATABASE_URL", "REDIS_PASSWORD", "BACKUP_PASSPHRASE"),
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
)
_GO_MIB, _GO_MIB_EACH = 98, 2  # a bound Go may exceed for a large file, and returns to afterwards
_LAST_WORDS = 20
_LINE_MAX = 500  # characters
_CAUSES = ("panic:", "fatal error:")
_WATCH_S, _PING_S = 15.0, 45.0
_END_S = 15.0  # for a link to end alone, and then for the others to leave
_LIVES, _LEFTOVERS = 100, 8
"""After so many links have ended in it, or left something behind, a process takes no more: each
leaves the library's connection to its store open, and one that was never linked a thread."""

Blame = Callable[["ChildProcess", int], set[Place]]
"""Says which of the links may have brought a process down, given its exit code."""


class ChildProcess:
    """A running process with room for so many links."""

    def __init__(
        self, most: int = 1, program: str = LINK, blame: Blame | None = None, room: int = 0
    ) -> None:
        self.room = room
        self.places: dict[int, Place] = {}
        self.is_sealed = False
        self._most, self._blame = most, blame or _blame_all
        self._numbers = count(1)
        self._lives = self._leftovers = 0
        self._lock = threading.Lock()
        self._ended = False
        self._cause = ""
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._process = _start(program, most)
        self._overhearing = self._read_apart("log", self._overhear)
        self._read_apart("events", self._hear)
        self._pings = Jobs(f"link-{self.pid}-pings")
        keep_calling(self._watch, _WATCH_S)

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def is_shared(self) -> bool:
        """True if it has room for more than one."""
        return self._most > 1

    @property
    def has_room(self) -> bool:
        """True while it may take another link."""
        return not self.is_sealed and not self._ended and len(self.places) < self._most

    def add_place(self, kept: SessionPlace, on_event: Callable[[LinkEvent], None]) -> Place | None:
        """A place for the link of that session, which is still to be begun; None without room."""
        with self._lock:
            if not self.has_room:
                return None
            place = Place(self, next(self._numbers), kept, on_event)
            self.places[place.number] = place
            return place

    def say(self, place: Place, asked: wire.Asked) -> None:
        """Say it to a place; ChildEndedError once the process hears nothing more."""
        assert self._process.stdin is not None
        line = wire.encode_line(wire.Line(place.number, asked))
        with self._lock:
            if self._ended:
                raise ChildEndedError(was_heard=False)
            try:
                self._process.stdin.write(line)
                self._process.stdin.flush()
            except (BrokenPipeError, ValueError):
                raise ChildEndedError(was_heard=False) from None

    def kill(self) -> None:
        """End all of it at once."""
        self.is_sealed = True
        self._process.kill()

    def end_place(self, place: Place) -> None:
        """End one link at once: alone, if it is not the only one and if it can be."""
        if len(self.places) <= 1 or not self.is_shared:
            self.kill()
            return
        Jobs(f"link-{self.pid}-end").add(lambda: self._abandon(place))

    def make_room(self) -> None:
        """Let all links leave, each when its send is done, and end what does not."""
        if self.is_sealed:
            return
        self.is_sealed = True
        log.warning("The links of process %s go to another one", self.pid)
        leaving = [one for one in list(self.places.values()) if not one.hangs]
        for place in leaving:
            place.move()
        until = time.monotonic() + _END_S
        for place in leaving:
            place.has_ended(until - time.monotonic())
        self.kill()

    def last_words(self) -> str:
        """The last lines it wrote to its log, without numbers of people."""
        return "\n".join(filter(None, [self._cause, *self._last_words]))

    def _abandon(self, place: Place) -> None:
        place.tell(wire.Abandon())
        if not place.has_ended(_END_S):
            place.hangs = True
            self.make_room()

    def _read_apart(self, name: str, read: Callable[[], None]) -> threading.Thread:
        thread = threading.Thread(target=read, name=f"link-{self.pid}-{name}", daemon=True)
        thread.start()
        return thread

    def _watch(self) -> bool:
        """Ask each link for a sign of life, and end those that gave none; True to go on."""
        if self._ended:
            return False
        now, places = time.monotonic(), list(self.places.values())
        silent = [one for one in places if one.pinged_at and now - one.pinged_at > _PING_S]
        if silent and len(silent) == len(places):
            log.error("Link process %s did not answer for %.0f s", self.pid, _PING_S)
            self.kill()
        for place in silent:
            log.error("The link of %s hangs, and is ended", place.session.stem)
            place.kill()
        self._pings.add(lambda: _ping(places))
        return True

    def _hear(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            try:
                self._take(wire.decode_line(line))
            except Exception:  # one bad line, or one bad listener, must not end the hearing
                log.exception("Link process %s said something unexpected", self.pid)
        self._close()

    def _take(self, line: wire.Line | wire.Said) -> None:
        place = self.places.get(line.place) if isinstance(line, wire.Line) else None
        if place is None or not isinstance(line, wire.Line):
            return
        if isinstance(line.said, wire.Ended):
            self._end_one(place, line.said)
        else:
            place.take(line.said)

    def _end_one(self, place: Place, ended: wire.Ended) -> None:
        """A link has ended and the process lives on, unless that was the last."""
        if ended.hangs:
            place.hangs = True
            Jobs(f"link-{self.pid}-end").add(self.make_room)
            return  # it ends with the process, for until then it may still act
        self._lives += 1
        self._leftovers += not place.connected_at and ended.code != LineEnd.LINKED
        too_many = self._lives >= _LIVES or self._leftovers >= _LEFTOVERS
        with self._lock:
            self.is_sealed |= too_many or ended.code == LineEnd.STORE_FAULT
            self.places.pop(place.number, None)
            if not self.places:
                self.is_sealed = True
        if not self.places:
            self._end_quietly()
        place.end(ended.code)

    def _end_quietly(self) -> None:
        """Let the process end, which alone lets go of all that the library keeps open."""
        assert self._process.stdin is not None
        with self._lock, suppress(BrokenPipeError, ValueError):
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_S)

    def _close(self) -> None:
        """The process has ended: find out why, and let each of its links know."""
        with self._lock:
            self._ended = self.is_sealed = True
        code = self._process.wait()
        self._overhearing.join()
        left = list(self.places.values())
        blamed = self._blame(self, code) if left else set()
        if len(left) > 1:
            log.warning(
                "Link process %s ended (code %s) with links of %s accounts. Its last words:\n%s",
                self.pid,
                code,
                len(left),
                self.last_words(),
            )
        for place in left:
            place.is_counted = place is left[0]
            place.end(code or LineEnd.INCIDENT, was_blamed=place in blamed)
        self.places.clear()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what it no longer heard
                    pipe.close()

    def _overhear(self) -> None:
        assert self._process.stderr is not None
        for raw in self._process.stderr:
            text = shorten_text(raw.decode("utf-8", "replace").rstrip(), _LINE_MAX)
            line = re.sub(r"\d{7,}", "…", text)
            if line.startswith(_CAUSES):
                self._cause = line  # the stacks of all threads follow, longer than what is kept
            self._last_words.append(line)
            log.debug("Link process %s: %s", self.pid, line)


def _blame_all(process: ChildProcess, _code: int) -> set[Place]:
    return set(process.places.values())


def _ping(places: list[Place]) -> None:
    for place in places:
        if place.pinged_at is None:
            with suppress(ChildEndedError):
                place.ping()


def _start(program: str, most: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(most),
        process_group=0,  # so that a Ctrl-C reaches the worker alone
    )


def _environment(most: int) -> dict[str, str]:
    """What the process needs; Go sees it only as it is at the start, and needs no secrets."""
    kept = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    path = [part for part in (kept.get("PYTHONPATH", ""), str(_ROOT)) if part]
    bounds = {"GOMEMLIMIT": kept.get("GOMEMLIMIT", f"{_GO_MIB + _GO_MIB_EACH * most}MiB")}
    return kept | bounds | {"NEONIZE_BOT_TAG": "off", "PYTHONPATH": os.pathsep.join(path)}
