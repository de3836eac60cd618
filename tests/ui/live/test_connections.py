"""A line finds the State that was made for its sign-in, and no other."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.scopes import session_scope
from tests.ui.conftest import _session_of
from wasched import bootstrap, wasched
from wasched.api import renewals
from wasched.api.cookies import SESSION
from wasched.services.caller import Caller
from wasched.services.identity import users
from wasched.ui.live.connections import LiveConnections
from wasched.ui.live.visitors import OVER

pytestmark = pytest.mark.asyncio

BOOT = {"name": "reflex___state____state.hydrate_and_load", "payload": {}, "router_data": {}}


class Heard:
    """What each line was sent, as its kind and content."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str, Any]] = []

    async def emit(self, kind: str, what: Any = None, to: str = "", **_more: Any) -> None:
        """Stands for the websocket."""
        self.all.append((to, kind, what))

    def kinds(self, sid: str) -> list[str]:
        """The kinds of what a line was sent."""
        return [kind for to, kind, _ in self.all if to == sid]


@pytest.fixture
def heard() -> Heard:
    """What this test's lines are sent."""
    return Heard()


@pytest_asyncio.fixture
async def lines(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LiveConnections]:
    """The lines of the app, with nobody at them."""
    app = wasched.app
    found = app.event_namespace
    assert isinstance(found, LiveConnections)
    monkeypatch.setattr(found, "emit", heard.emit)
    monkeypatch.setattr(LiveConnections, "_unsent", lambda *_: 0)
    async with app._setup_event_processor():
        yield found
    for sid in list(found._lines):
        await found.on_disconnect(sid)


def environ(token: str = "") -> dict[str, Any]:
    """How a browser with this session opens its websocket."""
    cookie = f"{SESSION}={token}".encode()
    scope = {"headers": [(b"cookie", cookie)], "client": ("127.0.0.1", 1)}
    return {"asgi.scope": scope, "QUERY_STRING": ""}


async def come(lines: LiveConnections, sid: str, session: str, token: str) -> str:
    """Open a line that says a token; the token it has."""
    await lines.on_connect(sid, environ(session), {"token": token})
    return lines.sid_to_token[sid]


async def begin(lines: LiveConnections, heard: Heard, sid: str, session: str) -> str:
    """Open the first line of a new tab; the token that it is given."""
    given = await come(lines, sid, session, "of-the-page")
    heard.all.clear()
    return given


async def go(lines: LiveConnections, sid: str) -> None:
    """Close a line."""
    task = lines.on_disconnect(sid)
    assert task is not None
    await task


async def test_the_same_sign_in_finds_its_state_again(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    session = _session_of(alice)
    token = await begin(lines, heard, "first", session)
    await go(lines, "first")

    assert await come(lines, "second", session, token) == token
    assert heard.kinds("second") == []


async def test_a_tab_that_was_at_another_api_meanwhile_finds_no_old_state(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    session = _session_of(alice)
    left = await begin(lines, heard, "first", session)
    await go(lines, "first")
    given_elsewhere = "2f0a6d0e-6f0c-4d6e-9a57-6b1f2a0b9c11"

    back = await come(lines, "second", session, given_elsewhere)
    assert back not in (left, given_elsewhere) and heard.kinds("second") == ["new_token"]


async def test_a_stranger_and_another_person_get_another_token(
    lines: LiveConnections, heard: Heard, alice: Caller, charlie: Caller
) -> None:
    hers = await begin(lines, heard, "hers", _session_of(alice))
    await go(lines, "hers")

    for sid, session in (("stranger", ""), ("his", _session_of(charlie)), ("fake", "invented")):
        assert await come(lines, sid, session, hers) != hers
        assert heard.kinds(sid) == ["new_token"]


async def test_two_lines_never_share_a_token(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    session = _session_of(alice)
    token = await begin(lines, heard, "one", session)

    assert await come(lines, "two", session, token) != token


async def test_a_line_whose_sign_in_ends_gets_another_token_and_is_led_to_sign_in(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    session, kept = _session_of(alice), _session_of(alice)
    ended_token = await begin(lines, heard, "ended", session)
    kept_token = await begin(lines, heard, "kept", kept)
    with session_scope() as db:
        users.close_session(db, session, "127.0.0.1", bootstrap.clock().now())

    await lines.part_ended()

    assert lines.sid_to_token["ended"] != ended_token
    assert lines.sid_to_token["kept"] == kept_token
    assert heard.kinds("ended") == ["new_token", "event"]
    assert lines.owners[ended_token].sign_in == OVER
    assert await come(lines, "again", session, ended_token) != ended_token


async def test_a_session_with_another_token_goes_on_in_the_tab_that_asked_alone(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    before = _session_of(alice)
    asks = await begin(lines, heard, "asks", before)
    await begin(lines, heard, "other", before)
    with session_scope() as db:
        token = users.renew_session(db, before, bootstrap.clock().now())
        renewals.note_renewal(before, asks, token)

    await lines.part_ended()

    assert heard.kinds("asks") == [] and lines.sid_to_token["asks"] == asks
    assert heard.kinds("other") == ["new_token", "event"]
    assert "loadAnew" in str(heard.all[-1])
    await go(lines, "asks")
    assert await come(lines, "thief", before, asks) != asks
    assert await come(lines, "again", token, asks) == asks


async def test_a_websocket_is_one_line(lines: LiveConnections, alice: Caller) -> None:
    asked = environ(_session_of(alice))
    await lines.on_connect("line", asked, {"token": "f-token"})

    with pytest.raises(ConnectionRefusedError):
        await lines.on_connect("another", asked, {"token": "g-token"})


async def test_what_no_page_says_is_not_answered(lines: LiveConnections, heard: Heard) -> None:
    await begin(lines, heard, "line", "")

    for said in (None, "text\nwith lines", 7, [], {}, {"name": 7}, {"name": ["a"]}):
        await lines.on_event("line", said)

    assert heard.kinds("line") == []


async def test_whose_a_state_was_is_forgotten_with_it(
    lines: LiveConnections, heard: Heard, alice: Caller
) -> None:
    token = await begin(lines, heard, "line", _session_of(alice))
    lines.forget({})
    assert token in lines.owners

    await go(lines, "line")
    lines.forget({})
    assert token not in lines.owners
