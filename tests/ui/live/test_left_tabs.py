"""What is kept of a tab whose line is gone, and for how long."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio
import reflex as rx
from reflex.istate.manager import memory
from reflex.istate.manager.memory import StateManagerMemory

from tests.ui.conftest import Tab, state_in
from wasched.services.caller import Caller
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.template_state import TemplateUseState
from wasched.ui.core.toasts import NOTHING_LEFT, UndoState
from wasched.ui.live import left_tabs
from wasched.ui.live.left_tabs import IN_ALL, PER_PERSON, STRANGERS_S, LeftTabs, surplus_tabs
from wasched.ui.live.visitors import OVER, Visitor

pytestmark = pytest.mark.asyncio

TEN_MINUTES, TWO_HOURS = 600, 7200


@pytest_asyncio.fixture
async def states() -> AsyncIterator[StateManagerMemory]:
    """What Reflex keeps the States of tabs in."""
    manager = StateManagerMemory()
    yield manager
    await manager.close()


@pytest.fixture
def wait(states: StateManagerMemory, monkeypatch: pytest.MonkeyPatch) -> "Clock":
    """Lets seconds pass."""
    return Clock(states, monkeypatch)


class Clock:
    """The time that Reflex sees, and what it does by it."""

    def __init__(self, states: StateManagerMemory, monkeypatch: pytest.MonkeyPatch) -> None:
        self._states, self._later = states, 0.0
        for module in (memory, left_tabs):
            monkeypatch.setattr(module, "time", self)

    def time(self) -> float:
        """The present instant, in seconds."""
        return time.time() + self._later

    def __call__(self, seconds: float, tabs: LeftTabs, connected: set[str]) -> None:
        """Let them pass, with a look at the tabs in every minute."""
        for _ in range(int(seconds // 60)):
            self._later += 60
            tabs.sweep(connected)
            self._states._purge_expired_tokens()


class Owners(dict[str, Visitor]):
    """Whom each State was made for: one person, where a test names nobody else."""

    def get(self, token: str, default: Visitor | None = None) -> Visitor:  # type: ignore[override]
        """The person, by the token of a tab."""
        return self[token] if token in self else Visitor("their cookie", "person")


async def come(states: StateManagerMemory, root: rx.State, token: str) -> None:
    """A tab opens its line."""
    await states.set_state(rx.BaseStateToken(ident=token, cls=rx.State), root)


async def test_of_one_persons_tabs_without_a_line_the_one_longest_without_goes() -> None:
    left = {f"tab {number}": "Alice" for number in range(PER_PERSON + 2)} | {"other": "Bob"}

    assert sorted(surplus_tabs(left)) == ["tab 0", "tab 1"]


async def test_of_everybodys_tabs_without_a_line_the_one_longest_without_goes() -> None:
    left = {f"tab {number}": f"person {number}" for number in range(IN_ALL + 2)}

    assert sorted(surplus_tabs(left)) == ["tab 0", "tab 1"]


async def test_a_phone_that_comes_back_after_ten_minutes_finds_its_page(
    states: StateManagerMemory, tab: Tab, alice: Caller, wait: Clock
) -> None:
    root, tabs = tab(alice), LeftTabs(states, Owners())
    await come(states, root, "phone")

    wait(TEN_MINUTES, tabs, connected=set())

    assert states.states == {"phone": root}


async def test_nobody_pays_for_a_closed_tab_for_ever(
    states: StateManagerMemory, tab: Tab, alice: Caller, wait: Clock
) -> None:
    tabs = LeftTabs(states, Owners())
    await come(states, tab(alice), "closed")

    wait(TWO_HOURS, tabs, connected=set())

    assert states.states == {}


async def test_an_open_tab_at_rest_keeps_its_page_whatever_is_closed_beside_it(
    states: StateManagerMemory, tab: Tab, alice: Caller, wait: Clock
) -> None:
    roots, tabs = (
        {f"open {number}": tab(alice) for number in range(PER_PERSON + 5)},
        LeftTabs(states, Owners()),
    )
    for token, root in roots.items():
        await come(states, root, token)

    wait(TWO_HOURS, tabs, connected=set(roots))
    assert states.states == roots

    for number in range(PER_PERSON + 5):
        await come(states, tab(alice), f"closed {number}")
    tabs.sweep(set(roots))
    assert set(states.states) >= set(roots)
    assert len(states.states) == len(roots) + PER_PERSON


async def test_people_are_told_apart_and_strangers_by_their_address(
    states: StateManagerMemory, tab: Tab
) -> None:
    owners = Owners()
    tabs = LeftTabs(states, owners)
    for sign_in, who in (("a", "user 1"), ("b", "user 2"), ("", "address 127.0.0.1")):
        for number in range(PER_PERSON + 1):
            token = f"{who} {number}"
            owners[token] = Visitor(sign_in, who)
            await come(states, tab(None), token)

    tabs.sweep(connected=set())

    gone = {"user 1 0", "user 2 0", "address 127.0.0.1 0"}
    assert len(states.states) == 3 * PER_PERSON
    assert gone.isdisjoint(states.states)


async def test_a_state_goes_at_once_when_its_sign_in_has_ended(
    states: StateManagerMemory, tab: Tab
) -> None:
    owners = Owners(closed=Visitor(OVER, "user 1"), kept=Visitor("a", "user 1"))
    for token in owners:
        await come(states, tab(None), token)

    LeftTabs(states, owners).sweep(connected=set())

    assert list(states.states) == ["kept"]


async def test_a_strangers_state_waits_less_than_a_minute(
    states: StateManagerMemory, tab: Tab, wait: Clock
) -> None:
    owners = Owners(stranger=Visitor("", "address 127.0.0.1"), member=Visitor("a", "user 1"))
    tabs = LeftTabs(states, owners)
    for token in owners:
        await come(states, tab(None), token)

    wait(60, tabs, connected=set())

    assert STRANGERS_S < 60
    assert list(states.states) == ["member"]


async def test_a_tab_that_came_back_and_went_again_is_the_newest(
    states: StateManagerMemory, tab: Tab
) -> None:
    tabs = LeftTabs(states, Owners())
    for number in range(PER_PERSON):
        await come(states, tab(None), f"tab {number}")
    tabs.sweep(connected=set())
    tabs.sweep(connected={"tab 0"})

    await come(states, tab(None), "another")
    tabs.sweep(connected=set())

    assert "tab 0" in states.states
    assert "tab 1" not in states.states


async def test_what_a_handler_still_works_in_stays_until_it_is_done(
    states: StateManagerMemory, tab: Tab
) -> None:
    tabs = LeftTabs(states, Owners())
    for number in range(PER_PERSON + 1):
        await come(states, tab(None), f"tab {number}")
        await asyncio.sleep(0)

    async with states.modify_state(rx.BaseStateToken(ident="tab 0", cls=rx.State)):
        tabs.sweep(connected=set())
        assert "tab 0" in states.states


@pytest.mark.parametrize(
    ("cls", "undo"),
    [(UndoState, "take_back"), (TemplateUseState, "take_back"), (ComposeState, "bring_back")],
)
async def test_an_undo_pressed_after_the_state_has_gone_takes_nothing_away(
    tab: Tab, alice: Caller, cls: type[rx.State], undo: str
) -> None:
    root = tab(alice, "/new")
    content = await state_in(root, ContentState)
    content.written = replace(content.written, wordings=("Typed since",))

    told = await cls.event_handlers[undo].fn(await state_in(root, cls))

    assert NOTHING_LEFT in str(told)
    assert content.written.wordings == ("Typed since",)
