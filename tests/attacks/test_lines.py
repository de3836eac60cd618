"""What a live line takes from whoever opens it: so much, of those, and nothing of strangers."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.attacks.conftest import Target
from tests.attacks.raw_line import RawLine
from tests.attacks.visitors import address
from tests.tabs import Tab
from wasched.ui.compose.content_state import ContentState
from wasched.ui.live.accepted_events import MESSAGE_MAX
from wasched.ui.live.connection_limits import PER_ADDRESS
from wasched.ui.templates.state import TemplatesState

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def line(target: Target, cookie: str = "") -> AsyncIterator[RawLine]:
    """An open line that says nothing yet."""
    opened = RawLine(target.url, cookie)
    assert await opened.open()
    yield opened
    await opened.close()


async def test_a_message_in_pieces_that_never_ends_ends_the_line(target: Target) -> None:
    async with line(target) as opened:
        sent = await opened.endless(64, pause_s=0.01)
        assert not await opened.is_open()

    assert sent < 64 * 10**6


async def test_a_message_that_is_too_large_ends_the_line(target: Target) -> None:
    async with line(target) as opened:
        await opened.say("4" + "x" * MESSAGE_MAX)
        assert not await opened.is_open()


async def test_files_inside_the_line_end_it(target: Target) -> None:
    async with line(target) as opened:
        await opened.say('451-/_event,["event",{"_placeholder":true,"num":0}]')
        assert not await opened.is_open()


async def test_a_websocket_is_one_line(target: Target) -> None:
    async with line(target) as opened:
        for _ in range(2):
            await opened.say('40/_event,{"token":"a token of mine"}')
            await opened.say("41/_event,")
        heard = await opened.hear()

    assert heard.count("40/_event,") == 1
    assert "44/_event," in heard


async def test_there_is_no_way_in_but_the_websocket(target: Target) -> None:
    answer = target.browser().get("/_event/?EIO=4&transport=polling")

    assert answer.status_code == 426
    assert "sid" not in answer.text


async def test_the_longest_text_goes_through(target: Target) -> None:
    tab = Tab(target.url, target.member, "/templates/new")
    await tab.come()
    text = "ж" * 65_536
    await tab.press(TemplatesState, "write", lambda shown: shown["text"] == text, text=text)
    await tab.close()


async def test_what_a_stranger_says_to_a_page_of_members_leads_to_sign_in(target: Target) -> None:
    tab = Tab(target.url, "", "/sign-in")
    await tab.come()
    for state, handler, given in (
        (ContentState, "say", {"index": 0, "words": "x" * 200_000}),
        (TemplatesState, "call", {"name": "x" * 200_000}),
        (ContentState, "mention", {"name": "Anna", "jid": "1@lid"}),
    ):
        tab.events.clear()
        await tab.press(state, handler, lambda _shown: tab.events, **given)

        assert tab.events[0]["name"] == "_redirect"
        assert "x" * 100 not in json.dumps(tab.shows)
    await tab.close()


async def test_a_stranger_has_few_lines_and_members_come_in_all_the_same(target: Target) -> None:
    household = address()  # no other test's, which would be refused while these are open
    opened = [RawLine(target.url, address=household) for _ in range(PER_ADDRESS + 5)]
    let_in = [await one.open() for one in opened]
    member = Tab(target.url, target.member)
    await member.come()

    assert let_in.count(True) <= PER_ADDRESS
    assert not let_in[-1]
    assert target.browser().get("/sign-in").status_code == 200

    for one in opened:
        await one.close()
    await member.close()
