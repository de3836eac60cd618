"""A tab that says events past its websocket: to the door, the lines and the event processor."""

import asyncio
from functools import cache
from typing import Any
from urllib.parse import urlencode

from reflex_base.registry import RegistrationContext
from reflex_base.utils import format

from tests.attacks.walk.people import Walker
from wasched import wasched
from wasched.api.cookies import SESSION
from wasched.ui.core import routes
from wasched.ui.live.connections import LiveConnections

_IN_ADDRESSES = ("message", "schedule", "account", "recipient", "list", "template")
_PATIENCE_S = 60.0


class Line:
    """One tab of somebody, whose addresses name the first things after `first`."""

    def __init__(self, lines: LiveConnections, walker: Walker, first: int) -> None:
        self._lines, self.walker, self.first = lines, walker, first
        self._heard: list[str] = []

    async def open(self) -> None:
        """Come, with the cookie of whose it is, to an empty State."""
        self._lines.emit = self._hear  # type: ignore[method-assign]
        wasched.app.state_manager.states.clear()
        cookie = f"{SESSION}={self.walker.token}".encode() if self.walker.token else b""
        scope = {"headers": [(b"cookie", cookie)], "client": ("127.0.0.1", 1)}
        environ = {"asgi.scope": scope, "QUERY_STRING": ""}
        await self._lines.on_connect("line", environ, {"token": "tab"})

    async def close(self) -> None:
        """Go."""
        if task := self._lines.on_disconnect("line"):
            await task
        self._lines.owners.clear()

    async def say(self, name: str, payload: dict[str, Any]) -> str:
        """Say an event on its page; returns all that is sent until it is done."""
        self._heard.clear()
        event = {"name": name, "payload": payload, "router_data": self._address(page_of(name))}
        door = wasched.app.sio.namespace_handlers["/_event"]
        await door.trigger_event("event", "line", event)
        processor = wasched.app.event_processor
        async with asyncio.timeout(_PATIENCE_S):
            while waiting := [one for one in processor._futures.values() if not one.done()]:
                await asyncio.wait(waiting)
        return "\n".join(self._heard)

    async def _hear(self, kind: str, what: Any = None, **_more: Any) -> None:
        self._heard.append(f"{kind} {format.json_dumps(what)}")

    def _address(self, path: str) -> dict[str, Any]:
        """An address that names things in each way that addresses do."""
        key = str(self.first + 1)
        ids = dict.fromkeys((f"{one}_id" for one in _IN_ADDRESSES), key)
        asked = dict.fromkeys(("space", "schedule", "template", "draft", "to"), key)
        for name, value in ids.items():
            path = path.replace(f"[{name}]", value)
        return {"pathname": path, "asPath": f"{path}?{urlencode(asked)}", "query": ids | asked}


def registered_events() -> list[str]:
    """All there are, Reflex's own among them; those that load a page before its others."""
    return sorted(RegistrationContext.get().event_handlers, key=_state_and_load)


def handler_of(name: str) -> Any:
    """The function of an event."""
    return RegistrationContext.get().event_handlers[name].handler.fn


def load_of(name: str) -> str:
    """The event that shows anew what an event's State shows; empty if there is none."""
    load = f"{name.rpartition('.')[0]}.load"
    return load if load in RegistrationContext.get().event_handlers else ""


@cache
def page_of(name: str) -> str:
    """The page on which an event is said: of its State, else of its room, if these have one."""
    state, room = name.rpartition(".")[0], _room(name)
    pages = sorted(wasched.app._load_events.items(), key=lambda one: -one[0].count("["))
    loads = [(route, [format.format_event_handler(one) for one in found]) for route, found in pages]
    of_state = (route for route, names in loads if f"{state}.load" in names)
    of_room = (route for route, names in loads if room and room in map(_room, names))
    return _as_path(next(of_state, next(of_room, routes.COMPOSE)))


def _as_path(route: str) -> str:
    return "/" if route == "index" else f"/{route.removeprefix('/')}"


def _room(name: str) -> str:
    parts = name.split("___")
    return parts[parts.index("ui") + 1] if "ui" in parts else ""


def _state_and_load(name: str) -> tuple[str, bool, str]:
    state, _, handler = name.rpartition(".")
    return state, handler != "load", handler
