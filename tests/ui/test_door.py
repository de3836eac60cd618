"""The live connection opens for this server's own pages only."""

import pytest

from wasched.ui.door import AsgiApp, Receive, Scope, Send, SocketDoor

pytestmark = pytest.mark.asyncio


def is_own(origin: str, host: str) -> bool:
    """The rule of this test's server."""
    return (origin, host) == ("https://wasched.example.org", "wasched.example.org")


async def knock(kind: str, **headers: str) -> list[str]:
    """What the door lets through, or answers."""
    seen: list[str] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append("inside")

    async def send(message: Scope) -> None:
        seen.append(message["type"])

    async def receive() -> Scope:
        return {}

    listed = [(name.encode(), value.encode()) for name, value in headers.items()]
    door: AsgiApp = SocketDoor(inside, is_own)
    await door({"type": kind, "headers": listed}, receive, send)
    return seen


async def test_our_own_page_is_let_in() -> None:
    host = "wasched.example.org"
    assert await knock("websocket", origin=f"https://{host}", host=host) == ["inside"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://wasched.example.org"])
async def test_a_page_of_another_site_is_refused(origin: str) -> None:
    answer = await knock("websocket", origin=origin, host="wasched.example.org")

    assert answer == ["websocket.close"]


async def test_a_program_without_an_origin_is_let_in() -> None:
    assert await knock("websocket", host="wasched.example.org") == ["inside"]


async def test_plain_requests_are_not_looked_at() -> None:
    assert await knock("http", origin="https://evil.example") == ["inside"]
