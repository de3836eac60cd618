"""What belongs to others stays theirs, whatever ids and keys somebody names in events.

And what a role is too low for stays undone: every event of every State is really said, by each.
"""

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext
from websockets.exceptions import ConnectionClosed

import wasched.wasched  # noqa: F401 - every handler registers itself
from tests.attacks.conftest import Target, cookie_of
from tests.browser import full
from tests.browser.conftest import api_alone, invited, owner_of
from tests.tabs import Tab
from wasched.ui.core import routes
from wasched.ui.live import event_check

_PAGES = [
    *(re.sub(r"\[\w+\]", "1", one) for one in vars(routes).values() if str(one).startswith("/")),
    *(
        "/new?schedule=1",
        "/new?template=1",
        "/new?draft=1",
        "/messages?tab=all&schedule=1",
        "/new?to=1",
    ),
]
"""Every page there is, and those of the owner's first things."""

_OWNERS = ("Dilnoza", "Rehearsal", "Choir phone", "miriam@choir.example", "Amina")
"""Words that stand on the owner's pages."""

_IDS = ((1, "1"), (2, "list-1"), (3, "1,2,3"))
"""Numbers and keys of the owner's first things, as handlers take them."""

_PASSED_OVER = {"change", "sign_in", "sign_in_try", "audit_entry", "setting", "number_check"}
"""Tables that say who was here, and when; nothing of theirs is anybody's words."""


_MANAGERS = {
    "space",
    "membership",
    "invitation",
    "account",
    "link_wish",
    "pairing",
    "user",
    "api_key",
}
"""Tables that only a manager changes, or who runs the server."""


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A server with something of the owner's in every table, and somebody who has nothing.

    Two more belong to the owner's space: a viewer, and an editor.
    """
    with api_alone(tmp_path_factory.mktemp("stocked")) as product:
        owner = cookie_of(owner_of(product))
        full.fill(product.settings)
        member = cookie_of(invited(product, "Charlie Choi", "charlie@choir.example"))
        yield Target(product, owner, member)


class Listener(Tab):
    """A tab that keeps what its line is sent, and follows addresses with ids in them."""

    heard = ""

    async def _next_frame(self) -> str:
        frame = await super()._next_frame()
        self.heard += frame
        return frame

    def _event(self, name: str, payload: dict[str, Any]) -> dict[str, Any]:
        event = super()._event(name, payload)
        names = ("message_id", "schedule_id", "account_id", "recipient_id", "list_id")
        ids = dict.fromkeys((*names, "template_id"), "1")
        event["router_data"]["query"] = ids | event["router_data"].get("query", {})
        return event

    async def say(self, name: str, payload: dict[str, Any]) -> None:
        """Say an event, and hear what comes at once."""
        await self._say(self._event(name, payload))
        with suppress(TimeoutError):
            async with asyncio.timeout(0.01):
                while True:
                    await self._hear()


def test_the_owner_hears_the_words_that_nobody_else_may(stocked: Target) -> None:
    """Else the others' silence would prove nothing."""
    heard = asyncio.run(_look_at_pages(stocked, stocked.owner))

    assert [one for one in _OWNERS if one not in heard] == []


@pytest.mark.parametrize("who", ["a member", "a stranger"])
def test_pages_of_others_things_say_none_of_their_words(stocked: Target, who: str) -> None:
    cookie = stocked.member if who == "a member" else ""

    heard = asyncio.run(_look_at_pages(stocked, cookie))

    assert [one for one in _OWNERS if one in heard] == []


def test_no_event_of_a_viewer_changes_anything(stocked: Target) -> None:
    """With the ids of the very things that they see."""
    cookie = cookie_of(invited(stocked.product, "Vera Viewer", "vera@choir.example", "viewer"))
    before = _rows(stocked)

    heard = asyncio.run(_say_everything(stocked, cookie))

    assert "Rehearsal" in heard
    after = _rows(stocked)
    del after["calendar_address"]  # they may show elsewhere what they see here
    assert {table for table, rows in after.items() if before[table] != rows} == set()


@pytest.mark.parametrize("who", ["a member", "a stranger"])
def test_no_event_with_others_ids_tells_or_changes_anything(stocked: Target, who: str) -> None:
    before = _rows(stocked)
    cookie = stocked.member if who == "a member" else ""

    heard = asyncio.run(_say_everything(stocked, cookie))

    assert [one for one in _OWNERS if one in heard] == []
    changed = {table for table, rows in _rows(stocked).items() if not before[table] <= rows}
    assert changed == set()


def test_no_event_of_an_editor_changes_what_only_a_manager_may(stocked: Target) -> None:
    """The last one here: an editor does a great deal to what the others were about."""
    cookie = cookie_of(invited(stocked.product, "Eve Editor", "eve@choir.example", "editor"))
    before = _rows(stocked)

    asyncio.run(_say_everything(stocked, cookie))

    changed = {table for table, rows in _rows(stocked).items() if before[table] != rows}
    assert "recipient_list" in changed  # else it would prove nothing
    assert changed & _MANAGERS == set()


async def _look_at_pages(target: Target, cookie: str) -> str:
    heard = ""
    for path in _PAGES:
        tab = Listener(target.url, cookie, path)
        with suppress(ConnectionClosed):
            await tab.come()
            await tab.say("reflex___state____state.hydrate", {})
        heard += tab.heard
        await tab.close()
    return heard


async def _say_everything(target: Target, cookie: str) -> str:
    """Say each event of the pages with the ids of the owner's things, a new tab for each State."""
    heard, every = "", _events()
    print(f"{sum(map(len, every.values()))} events are said")
    for state, events in every.items():
        tab = Listener(target.url, cookie, "/new?schedule=1")
        await tab.come()
        for name, payload in events:
            with suppress(ConnectionClosed):
                await tab.say(f"{state}.{name}", payload)
        heard += tab.heard
        await tab.close()
    return heard


def _events() -> dict[str, list[tuple[str, dict[str, Any]]]]:
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for full_name, registered in RegistrationContext.get().event_handlers.items():
        state, _, name = full_name.rpartition(".")
        if ".wasched___ui" in full_name and name != "setvar":
            hints = event_check._shape(registered.handler.fn)[1]
            kinds = {one: kind for one, kind in hints.items() if one != "return"}
            for number, key in _IDS:
                payload = {one: _given(kind, number, key) for one, kind in kinds.items()}
                if (name, payload) not in found.setdefault(state, []):
                    found[state].append((name, payload))
    return found


def _given(kind: object, number: int, key: str) -> object:
    names = ("id", "to", "but", "name", "list", "account", "recipient", "message", "schedule")
    values: dict[object, object] = {int: number, float: float(number), bool: True, str: key}
    return values.get(kind, dict.fromkeys(names, key))


def _rows(target: Target) -> dict[str, set[tuple[object, ...]]]:
    """What the owner has, by table."""
    path = Path(target.product.settings.db_path)
    with closing(sqlite3.connect(path)) as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = {name for (name,) in listed} - _PASSED_OVER
        return {one: set(connection.execute(_select(connection, one))) for one in tables}


def _select(connection: sqlite3.Connection, table: str) -> str:
    """All columns but those that say that an account was stopped, which editors may, too."""
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    kept = [one for one in columns if one not in ("paused_at", "paused_by_id")]
    return f'SELECT {", ".join(kept)} FROM "{table}"'
