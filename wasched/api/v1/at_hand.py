"""The door for programs, asked in this very process by who has the server's data at hand."""

import asyncio
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from starlette.types import Message

from wasched import bootstrap
from wasched.api.v1.app import PATH, make_v1
from wasched.api.v1.callers import OPERATOR
from wasched.services.caller import Caller
from wasched.services.identity import keys

_application = cache(make_v1)


def find_operator(space: str) -> Caller:
    """For whom the shell acts in a space, named by name or number; of one alone nothing is said."""
    return bootstrap.answer(
        lambda session, _now: keys.who_manages(session, keys.find_space(session, space))
    )


def ask_here(operator: Caller, method: str, address: str, body: bytes = b"") -> tuple[int, bytes]:
    """The status and the body of what is answered to the operator, who needs no key."""
    where = urlsplit(address)
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": where.path,
        "root_path": PATH,
        "query_string": where.query.encode(),
        "headers": [
            (b"host", b"localhost"),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
        ],
        OPERATOR: operator,
    }
    return asyncio.run(_asked(scope, body))


async def _asked(scope: dict[str, Any], body: bytes) -> tuple[int, bytes]:
    said: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        said.append(message)

    await _application()(scope, receive, send)
    return said[0]["status"], b"".join(one.get("body", b"") for one in said[1:])
