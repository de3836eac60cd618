"""The Model Context Protocol around the tools, by its official SDK.

Each request stands alone: a server is made for it that knows whose key it came with, and nothing is
kept between two, so that an assistant that is idle costs nothing.
"""

import json
import logging
from functools import cache
from typing import Any

import mcp_types as protocol
from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.types import Message

from wasched import bootstrap
from wasched.api.assistants import strangers, tools
from wasched.api.assistants.tool import Tool
from wasched.api.database_faults import fault_sentence
from wasched.domain import wall_clock
from wasched.domain.version import VERSION
from wasched.services.caller import Caller

log = logging.getLogger(__name__)

_ABOUT = (
    "wasched schedules WhatsApp messages and tells what became of them. Find people, groups, lists "
    "and accounts first, and name them by their ids. Words about time are read in {zone}, where it "
    "is now {now:%A %d %B %Y, %H:%M}; instants are answered in UTC."
)
_ASKS = (
    "A tool that would send anything shows first what it would do, with a `confirmation`. Show "
    "that to the person you work for, and call the tool again only once they have agreed."
)
_FAULT = "Something is wrong with this server; its log says what. Nothing was done."


async def answer(request: Request) -> Response:
    """What the protocol says to a request whose key is known."""
    said = _Answer(await request.body(), request)
    manager = StreamableHTTPSessionManager(
        _server_for(request.state.caller), json_response=True, stateless=True
    )
    async with manager.run():
        await manager.handle_request(request.scope, said.receive, said.send)
    return Response(said.body, said.status, said.headers)


class _Answer:
    """The connection as the SDK sees it: a body that is read already, and an answer to keep."""

    def __init__(self, given: bytes, request: Request) -> None:
        self._given: bytes | None = given
        self._request = request
        self.status, self.body, self.headers = 500, b"", dict[str, str]()

    async def receive(self) -> Message:
        """The body at first, then what comes after it: the end of the connection."""
        if self._given is None:
            return await self._request.receive()
        given, self._given = self._given, None
        return {"type": "http.request", "body": given, "more_body": False}

    async def send(self, message: Message) -> None:
        """Keep it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            heads = Headers(raw=message.get("headers", []))
            self.headers = dict(heads.items())
        self.body += message.get("body", b"")


def _server_for(program: Caller) -> Server[Any]:
    async def list_tools(_context: Any, _asked: Any) -> protocol.ListToolsResult:
        return protocol.ListToolsResult(tools=[_described(one) for one in tools.tools_for(program)])

    async def call_tool(
        _context: Any, asked: protocol.CallToolRequestParams
    ) -> protocol.CallToolResult:
        found = await run_in_threadpool(_run, program, asked)
        text = json.dumps(found.said, ensure_ascii=False)
        return protocol.CallToolResult(
            content=[protocol.TextContent(type="text", text=text)],
            structured_content=found.said,
            is_error=found.is_refused,
        )

    return Server(
        "wasched",
        version=VERSION,
        title="wasched",
        instructions=_instructions(program),
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _run(program: Caller, asked: protocol.CallToolRequestParams) -> tools.Answer:
    """What a tool says; also where the database cannot be used, or the fault is ours."""
    try:
        return tools.run_tool(program, asked.name, asked.arguments or {})
    except Exception as fault:  # whatever it is, the assistant is told that nothing was done
        log.exception("A tool could not be used")
        return tools.Answer({"refused": fault_sentence(fault) or _FAULT}, is_refused=True)


def _instructions(program: Caller) -> str:
    now = wall_clock.local(bootstrap.clock().now(), wall_clock.zone(program.zone))
    about = _ABOUT.format(zone=program.zone, now=now)
    return " ".join([about, *([_ASKS] if program.confirms else []), strangers.ABOUT])


@cache
def _described(tool: Tool) -> protocol.Tool:
    return protocol.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.about,
        input_schema=tool.takes.model_json_schema(),
        annotations=protocol.ToolAnnotations(
            read_only_hint=not tool.changes,
            destructive_hint=tool.takes_back,
            open_world_hint=tool.changes,
        ),
    )
