"""A round of linking against the loopback server, and what it tells."""

import json
import queue
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from tests.adapters.whatsapp.watched import ADA
from tests.whatsapp_server.client import CommandError, Simulator
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.linking.round import LinkingRound
from wasched.adapters.whatsapp.linking.told import (
    Answer,
    Linked,
    PasskeyRequest,
    ScanCode,
    Stop,
    Told,
)
from wasched.adapters.whatsapp.linking.whatsapp import Server

PATIENCE_S = 60.0
_Kind = TypeVar("_Kind")


def devices_in(session: Path) -> list[str]:
    """What the library would list, asked without it: it takes seconds to load."""
    with closing(sqlite3.connect(session)) as connection:
        return [row[0] for row in connection.execute("SELECT jid FROM whatsmeow_device")]


class Rig:
    """A round on a thread of its own; `next` gives what it told, in order."""

    def __init__(self, whatsapp: Simulator, session: Path, phone: str = ADA, **more: Any) -> None:
        server = Server(whatsapp.url, bytes.fromhex(whatsapp.root_key()))
        self.whatsapp, self.session, self.phone = whatsapp, session, phone
        self._told: queue.Queue[Told | LinkEndedError] = queue.Queue()
        given = {"list_devices": devices_in, "server": server, **more}
        self.round = LinkingRound(session, self._told.put, **given)
        threading.Thread(target=self._run, daemon=True).start()

    def next(self, kind: type[_Kind]) -> _Kind:
        """The next thing of a kind; those before it are passed over, its end is raised."""
        until = time.monotonic() + PATIENCE_S
        while True:
            told = self._told.get(timeout=max(0.01, until - time.monotonic()))
            if isinstance(told, kind):
                return told
            if isinstance(told, LinkEndedError):
                raise told

    def end(self) -> LinkEndedError:
        """Why the round ended."""
        return self.next(LinkEndedError)

    def scan(self) -> None:
        """Let the phone scan the code; with the gate its screen then asks for the passkey."""
        try:
            self.whatsapp.scan(qr=self.next(ScanCode).text, phone=self.phone)
        except CommandError as said:
            assert "passkey" in str(said)

    def asked(self) -> dict[str, Any]:
        """Scan, and wait for what WhatsApp then asks for."""
        self.scan()
        return self.next(PasskeyRequest).options

    def show(self, options: dict[str, Any], phone: str = "", **wrongly: Any) -> None:
        """Let the owner show the passkey, rightly or not."""
        who = phone or self.phone
        answer = self.whatsapp.sign_with_passkey(phone=who, options=options, **wrongly)
        self.hand_in(json.dumps(answer))

    def hand_in(self, text: str) -> None:
        """Hand over what a browser gave."""
        self.round.take(Answer(text))

    def links(self, options: dict[str, Any]) -> None:
        """A right answer links."""
        self.show(options)
        linked = self.next(Linked)
        assert linked.by_passkey
        assert devices_in(self.session) == [linked.jid]
        assert linked.jid.startswith(f"{self.phone}:")

    def stop(self) -> None:
        """Give up, if it is not over."""
        self.round.take(Stop())

    def _run(self) -> None:
        try:
            self._told.put(self.round.run())
        except LinkEndedError as end:
            self._told.put(end)
