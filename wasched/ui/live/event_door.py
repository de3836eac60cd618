"""The door of the live line's events: what no page of ours sends is counted, and goes no further.

Reflex would log each as a fault of the server, with a trace and all that stood in it.
"""

from collections.abc import Mapping
from typing import Any

import reflex as rx
from socketio import AsyncNamespace

from wasched import client_faults
from wasched.ui.live.event_check import with_plain_forms, wrong_with

_PLAIN = {"event": 1, "ping": 0, "client_error": 1}
"""What a page says on the live line, each with how many words."""


def add_event_door(app: rx.App) -> None:
    """Put the door before the app's own events."""
    assert app.sio is not None
    assert app.event_namespace is not None
    app.sio.register_namespace(EventDoor(app.event_namespace))


def note_report(exception: Exception) -> None:
    """Count what a browser reports as a fault: its word, and no fault of the server's."""
    client_faults.reports.note(str(exception).strip())


class EventDoor(AsyncNamespace):
    """Stands where Reflex's events would come in, and passes on what a page may have sent."""

    def __init__(self, inner: AsyncNamespace) -> None:
        super().__init__(inner.namespace)
        self._inner = inner

    async def trigger_event(self, event: str, *words: Any) -> Any:
        """Pass an event on, or count it; False refuses a line."""
        wrong = self._wrong_with(event, words)
        if not wrong:
            return await self._inner.trigger_event(event, *_with_plain_forms(event, words))
        client_faults.wrong_events.note(wrong)
        return False if event == "connect" else None

    def _wrong_with(self, event: object, words: tuple[Any, ...]) -> str:
        sid, said = words[0], words[1:]
        if event in ("connect", "disconnect"):
            return self._wrong_with_line(str(event), sid, said)
        if not isinstance(event, str) or len(said) != _PLAIN.get(event):
            return f"words that no page has: {event}"
        return wrong_with(said[0]) if event == "event" else ""

    def _wrong_with_line(self, event: str, sid: str, said: tuple[Any, ...]) -> str:
        """The server alone says that a line came or went, and what it came with."""
        if event == "disconnect":
            is_said_by_client = self.server.manager.is_connected(sid, self.namespace)
            return "a line that says of itself that it went" if is_said_by_client else ""
        if not said or said[0] is not self.server.get_environ(sid, self.namespace):
            return "a line that says of itself how it came"
        boot = said[1] if len(said) > 1 else None
        if boot is None:
            return ""
        boot_event = boot.get("event") if isinstance(boot, Mapping) else None
        return wrong_with(boot_event) if boot_event is not None else ""


def _with_plain_forms(event: str, words: tuple[Any, ...]) -> tuple[Any, ...]:
    if event == "event":
        return words[0], with_plain_forms(words[1])
    boot = words[2] if event == "connect" and len(words) > 2 else None
    if not isinstance(boot, Mapping) or boot.get("event") is None:
        return words
    return *words[:2], {**boot, "event": with_plain_forms(boot["event"])}
