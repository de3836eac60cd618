"""A line whose events a test can wait for."""

import queue
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from tests.product import until
from wasched.adapters.media_files import MediaFiles
from wasched.adapters.whatsapp import session_store
from wasched.adapters.whatsapp.process import WhatsAppLine
from wasched.adapters.whatsapp.processes import LinkProcesses
from wasched.adapters.whatsapp.session_place import SessionPlace
from wasched.domain.content import Content, Text
from wasched.domain.link import (
    LinkEvent,
    LinkState,
    ReceiptKind,
    ReceiptSeen,
    StateChanged,
)
from wasched.services.ports import Outgoing

ADA, BOB, EVE, NOBODY = "4915100000001", "4915100000002", "4915100000003", "4915100000009"

PATIENCE_S = 60.0
_Event = TypeVar("_Event")


class Watched:
    """A started line, and what it reports, in order."""

    def __init__(
        self, session: Path, processes: LinkProcesses | None = None, database: str = ""
    ) -> None:
        self._session = session
        self._events: queue.Queue[LinkEvent] = queue.Queue()
        self._all: list[LinkEvent] = []
        kept = SessionPlace(session, database)
        media = MediaFiles(session.parent / "media")
        self.line = WhatsAppLine(kept, self._hear, media, processes)
        self.line.start()

    def next(self, kind: type[_Event], fits: Callable[[_Event], bool] = lambda _: True) -> _Event:
        """The next event of a kind that fits; those before it are passed over."""
        while True:
            event = self._events.get(timeout=PATIENCE_S)
            if isinstance(event, kind) and fits(event):
                return event

    def state(self, state: LinkState) -> StateChanged:
        """Wait until the link reports the state."""
        return self.next(StateChanged, lambda change: change.state is state)

    def receipt(self, message_id: str, kind: ReceiptKind = ReceiptKind.DELIVERED) -> ReceiptSeen:
        """Wait for a receipt of a message."""
        return self.next(
            ReceiptSeen, lambda seen: seen.kind is kind and message_id in seen.message_ids
        )

    def has_heard(self, kind: type[LinkEvent]) -> bool:
        """True if an event of the kind waits to be asked for."""
        return any(isinstance(one, kind) for one in list(self._events.queue))

    def count_states(self, state: LinkState) -> int:
        """How often the link came to be in that state."""
        return sum(isinstance(one, StateChanged) and one.state is state for one in self._all)

    def _hear(self, event: LinkEvent) -> None:
        self._all.append(event)
        self._events.put(event)

    def process(self) -> psutil.Process:
        """The process that holds the session now, or does in a moment."""
        until(lambda: len(processes_of(self._session)) == 1, "one process has the session")
        return processes_of(self._session)[0]


def processes_of(session: Path) -> list[psutil.Process]:
    """The link processes of this test run that hold a session."""
    lock = str(session.with_suffix(session_store.LOCK))
    return [child for child in psutil.Process().children() if lock in _open_files(child)]


def _open_files(child: psutil.Process) -> list[str]:
    """What a process has open; nothing for one that has ended and waits to be noticed."""
    try:
        return [one.path for one in child.open_files()]
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return []


def to(phone: str, content: Content | str, secret: bytes | None = None) -> Outgoing:
    """A message to a number, with a secret of its own."""
    said = Text(content) if isinstance(content, str) else content
    return Outgoing(f"{phone.lstrip('+')}@s.whatsapp.net", said, secret or secrets.token_bytes(32))
