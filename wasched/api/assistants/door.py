"""Where assistants come in: /mcp, streamable HTTP of the Model Context Protocol."""

from types import ModuleType

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from wasched.api.v1.callers import KeyRoute

PATH = "/mcp"

router = APIRouter(route_class=KeyRoute)


@router.post(PATH)
async def ask(request: Request) -> Response:
    """One request of an assistant, and its answer."""
    server = await run_in_threadpool(_server)
    answer: Response = await server.answer(request)
    return answer


@router.api_route(PATH, methods=["GET", "DELETE"])
async def has_no_session() -> None:
    """Nothing is kept between requests: there is no stream to follow, and no session to end."""
    raise HTTPException(405, headers={"Allow": "POST"})


def _server() -> ModuleType:
    """The part that needs the protocol's library: 28 MB, which most servers never need."""
    from wasched.api.assistants import server

    return server
