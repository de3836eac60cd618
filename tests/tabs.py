"""Tabs of a browser as the api sees them: a websocket that says what the page's scripts say."""

import asyncio
import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.product import PATIENCE_S

_STATE = "reflex___state____state"
_NAMESPACE = "/_event,"
_HYDRATED = "is_hydrated_rx_state_"


class Tab:
    """One tab of one browser; its token outlives its websocket, as in a browser's session."""

    def __init__(
        self, url: str, cookie: str, path: str = "/", headers: Mapping[str, str] | None = None
    ) -> None:
        self.token = str(uuid.uuid4())
        self.path = path
        self.shows: dict[str, dict[str, Any]] = {}  # by state, what the page's scripts hold
        self.events: list[dict[str, Any]] = []  # what the page's scripts were asked to do
        self._url = f"ws{url.removeprefix('http')}/_event/?EIO=4&transport=websocket"
        self._headers = {**(headers or {}), **({"Cookie": cookie} if cookie else {})}
        self._line: ClientConnection | None = None

    async def come(self) -> None:
        """Open the line, or open it again, and wait until the page has loaded."""
        self._line = await connect(self._url, additional_headers=self._headers, max_size=None)
        boot = {"event": self._event(f"{_STATE}.hydrate_and_load", {}), "token": self.token}
        await self._line.send(f"40{_NAMESPACE}{json.dumps(boot)}")
        await self._until_loaded()

    async def go(self, path: str) -> None:
        """Follow a link to another page, and wait until it has loaded."""
        self.path = path
        self.shows[_STATE][_HYDRATED] = False
        name = f"{_STATE}.reflex___state____on_load_internal_state.on_load_internal"
        await self._say(self._event(name, {}))
        await self._until_loaded()

    async def press(
        self, state: type, handler: str, is_answered: Callable[[dict[str, Any]], bool], **given: Any
    ) -> None:
        """Press what calls a handler of a state, and wait until what the state shows is so."""
        name = state.get_full_name()  # type: ignore[attr-defined]
        await self._say(self._event(f"{name}.{handler}", given))
        await self._until(lambda: is_answered(self.of(state)))

    def of(self, state: type) -> dict[str, Any]:
        """What this tab shows of a state, by the names of its variables."""
        shown = self.shows[state.get_full_name()]  # type: ignore[attr-defined]
        return {name.removesuffix("_rx_state_"): value for name, value in shown.items()}

    async def close(self) -> None:
        """Close the line, as a browser does that is closed or put away."""
        if self._line is not None:
            await self._line.close()
            self._line = None

    async def _say(self, event: dict[str, Any]) -> None:
        assert self._line is not None
        await self._line.send(f'42{_NAMESPACE}["event",{json.dumps(event, ensure_ascii=False)}]')

    async def _next_frame(self) -> str:
        assert self._line is not None
        return str(await self._line.recv())

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        path, _, query = self.path.partition("?")
        router = {"pathname": path, "asPath": self.path}
        if query:
            router["query"] = dict(part.split("=", 1) for part in query.split("&"))  # type: ignore[assignment]
        return {"name": name, "payload": payload, "router_data": router}

    async def _until_loaded(self) -> None:
        await self._until(lambda: self.shows.get(_STATE, {}).get(_HYDRATED))

    async def _until(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not holds():
                await self._hear()

    async def _hear(self) -> None:
        """Take the next frame: Engine.IO's ping, or Socket.IO's event."""
        assert self._line is not None
        frame = await self._next_frame()
        if frame == "2":
            await self._line.send("3")
        elif frame.startswith(f"42{_NAMESPACE}"):
            kind, update = json.loads(frame.removeprefix(f"42{_NAMESPACE}"))
            if kind == "new_token":
                self.token = update
                return
            assert kind == "event", frame
            for state, delta in (update.get("delta") or {}).items():
                self.shows.setdefault(state, {}).update(delta)
            self.events += update.get("events") or []
