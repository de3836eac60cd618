"""The control API: commands by HTTP, on loopback only.

`POST /<command>` with the arguments as a JSON object answers {"result": …}, or, with status 400,
{"error": sentence, "kind": name of the exception}. `GET /commands` lists the commands, and
`GET /` is a page with the people's phones.
"""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Awaitable, Callable
from typing import Any

from websockets.exceptions import ConnectionClosed

from .commands import LinkCommands, PeopleCommands
from .fault_commands import FaultCommands, SeenCommands
from .linking import LinkingError
from .loopback_http import Request, Response, listen, port_of
from .phone_commands import PhoneCommands
from .phones_page import PageCommands, page
from .protocol.media_crypto import MediaError
from .protocol.pairing import PairingError
from .qr_symbol import QrError
from .server import WhatsAppServer
from .stanzas import IqError
from .votes import VoteError
from .world import WorldError

Command = Callable[..., Awaitable[Any]]

_REFUSALS = (
    WorldError,
    LinkingError,
    PairingError,
    QrError,
    VoteError,
    MediaError,
    IqError,
    ConnectionClosed,
    TimeoutError,
    LookupError,
    ValueError,
    TypeError,
)
_GROUPS = (
    PeopleCommands,
    LinkCommands,
    PhoneCommands,
    FaultCommands,
    SeenCommands,
    PageCommands,
)


class Control:
    """Serves the commands of one server."""

    def __init__(self, server: WhatsAppServer) -> None:
        self.port = 0
        self._commands: dict[str, Command] = {}
        self._listener: asyncio.Server | None = None
        for group in _GROUPS:
            self._commands |= _public_methods(group(server))

    async def start(self, port: int = 0) -> None:
        """Listen on loopback."""
        self._listener = await listen(self._answer, port)
        self.port = port_of(self._listener)

    def stop(self) -> None:
        """Listen no more."""
        if self._listener:
            self._listener.close()

    async def _answer(self, request: Request) -> Response:
        if request.method == "GET" and request.path == "/":
            return page()
        if request.method == "GET" and request.path == "/commands":
            return _json({name: str(inspect.signature(run)) for name, run in self._list()})
        if _is_of_another_site(request):
            return _json({"error": "another site asked", "kind": "PermissionError"}, 403)
        run = self._commands.get(request.path.strip("/"))
        if run is None:
            return _json({"error": f"no command {request.path}", "kind": "KeyError"}, 404)
        try:
            arguments = json.loads(request.body or b"{}")
            return _json({"result": await run(**arguments)})
        except _REFUSALS as fault:
            return _json({"error": str(fault), "kind": type(fault).__name__}, 400)

    def _list(self) -> list[tuple[str, Command]]:
        return sorted(self._commands.items())


def _public_methods(group: object) -> dict[str, Command]:
    methods = inspect.getmembers(group, inspect.iscoroutinefunction)
    return {name: method for name, method in methods if not name.startswith("_")}


def _is_of_another_site(request: Request) -> bool:
    """Tell whether a browser asks on behalf of a page that is not this server's."""
    origin = request.headers.get("origin")
    return origin is not None and origin != f"http://{request.headers.get('host')}"


def _json(answer: object, status: int = 200) -> Response:
    return Response(status, json.dumps(answer).encode())
