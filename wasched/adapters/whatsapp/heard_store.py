"""What people said, kept where the session is until the worker has written it down.

WhatsApp delivers a message once: what a killed worker had not written is told again by the next
process. Where replies are not kept, no words stand here either, but for the wish to get no more and
which of the keywords that were set up somebody wrote.
"""

import logging
import os
import threading
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from wasched.adapters.whatsapp import wire
from wasched.domain.keyword import word_form
from wasched.domain.link import Heard, IncomingEdited, IncomingSeen
from wasched.domain.opt_out import asks_to_stop

log = logging.getLogger(__name__)

SUFFIX = ".heard"


class HeardLines(Protocol):
    """Where lines are kept, one for each event; all of it may raise OSError."""

    def read(self) -> list[bytes]:
        """Those that are left, in their order."""
        ...

    def add(self, line: bytes) -> None:
        """Keep another one, so that it outlives this process."""
        ...

    def clear(self) -> None:
        """Delete all that were read or added by this."""
        ...

    def close(self) -> None:
        """Keep nothing more."""
        ...


class HeardFile:
    """Lines in a file beside the session; empty while nothing is unwritten."""

    def __init__(self, session: Path) -> None:
        self._file = os.open(
            session.with_suffix(SUFFIX), os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600
        )

    def read(self) -> list[bytes]:
        """Those that are left; a kill may have cut the last one short."""
        return os.pread(self._file, os.fstat(self._file).st_size, 0).splitlines()

    def add(self, line: bytes) -> None:
        """Keep another one."""
        os.write(self._file, line)

    def clear(self) -> None:
        """Empty the file."""
        os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Keep nothing more: the link has ended."""
        os.close(self._file)
        self._file = -1


class HeardStore:
    """Keeps what is heard as lines, and forgets them once all of it is written down."""

    def __init__(self, lines: HeardLines) -> None:
        self.keeps_texts = False
        self.keywords: frozenset[str] = frozenset()
        self._lock = threading.Lock()
        self._lines = lines
        self._last = self._written = 0

    def read_left(self) -> list[Heard]:
        """What an earlier process heard and nobody has written down, in its order."""
        with self._lock:
            lines = self._lines.read()
            found = [event for line in lines if (event := _read(line)) is not None]
            if not found:
                self._lines.clear()
            numbered = [replace(one, number=number) for number, one in enumerate(found, 1)]
            self._last = len(numbered)
            return numbered

    def keep(self, event: Heard) -> Heard:
        """Keep it before anybody is told; returns it with the number that is told once written."""
        with self._lock:
            self._last += 1
            numbered = replace(event, number=self._last)
            kept = numbered if self.keeps_texts else _without_words(numbered, self.keywords)
            if kept is not None:
                try:
                    self._lines.add(wire.encode_line(wire.Happened(kept)))
                except OSError as fault:  # it is told all the same
                    log.warning("What was said is not kept beside the session: %s", fault)
            return numbered

    def forget(self, number: int) -> None:
        """All up to this number is written down."""
        with self._lock:
            self._written = max(self._written, number)
            if self._written >= self._last:
                try:
                    self._lines.clear()
                except OSError as fault:  # what is told twice is written once
                    log.warning("What was said is kept longer beside the session: %s", fault)

    def close(self) -> None:
        """Keep nothing more: the link has ended."""
        with self._lock:
            self._lines.close()


def _without_words(event: Heard, keywords: Collection[str]) -> Heard | None:
    """What has to be known of it where no words are kept; None for what changes words alone."""
    if isinstance(event, IncomingSeen):
        return replace(event, text=_own_word(event.text, keywords), name="")
    return None if isinstance(event, IncomingEdited) else event


def _own_word(text: str, keywords: Collection[str]) -> str:
    """The word of ours that a text says, as we write it; empty for all others."""
    if asks_to_stop(text):
        return "stop"
    form = word_form(text)
    return form if form in keywords else ""


def _read(line: bytes) -> Heard | None:
    """The event of a line; None for one that a kill cut short."""
    try:
        said = wire.decode_line(line)
    except ValueError:
        return None
    event = said.event if isinstance(said, wire.Happened) else None
    return event if isinstance(event, Heard) else None
