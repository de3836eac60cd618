"""The live connection opens for this server's own pages only, and is given what it needs."""

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from wasched import config
from wasched.ui.live.socket_origin import SocketDoor

pytestmark = pytest.mark.asyncio

HOST = "wasched.example.org"


@pytest.fixture(autouse=True)
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server with an address of its own."""
    monkeypatch.setenv("PUBLIC_URL", f"https://{HOST}")
    config.settings.cache_clear()


async def knock(kind: str, *headers: tuple[str, str], path: str = "/") -> list[object]:
    """What the door lets through, headers of a websocket included, or answers."""
    seen: list[object] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append("inside")
        seen.extend(scope["headers"] if kind == "websocket" else ())

    async def send(message: Scope) -> None:
        seen.append(message["type"])

    async def receive() -> Scope:
        return {}

    listed = [(name.encode(), value.encode()) for name, value in headers]
    door: ASGIApp = SocketDoor(inside)
    scope = {"type": kind, "path": path, "scheme": "ws", "headers": listed}
    await door(scope, receive, send)
    return seen


async def test_our_own_page_is_let_in() -> None:
    assert (await knock("websocket", ("origin", f"https://{HOST}"), ("host", HOST)))[0] == "inside"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"http://{HOST}"])
async def test_a_page_of_another_site_is_refused(origin: str) -> None:
    answer = await knock("websocket", ("origin", origin), ("host", HOST))

    assert answer == ["websocket.close"]


async def test_a_program_without_an_origin_is_let_in() -> None:
    assert (await knock("websocket", ("host", HOST)))[0] == "inside"


async def test_plain_requests_are_not_looked_at() -> None:
    assert await knock("http", ("origin", "https://evil.example")) == ["inside"]


async def test_the_live_connection_has_no_other_way() -> None:
    answer = await knock("http", ("host", HOST), path="/_event/")

    assert answer == ["http.response.start", "http.response.body"]


async def test_only_what_is_read_goes_further_and_lines_of_one_name_as_one() -> None:
    given = [("host", HOST), ("cookie", "a=1"), ("x-api-key", "secret"), ("dnt", "1")]
    forwarded = [("x-forwarded-for", "127.0.0.1"), ("X-Forwarded-For", "203.0.113.9")]

    answer = await knock("websocket", *given, *forwarded)

    assert answer[1:] == [
        (b"host", HOST.encode()),
        (b"cookie", b"a=1"),
        (b"x-forwarded-for", b"127.0.0.1, 203.0.113.9"),
    ]
