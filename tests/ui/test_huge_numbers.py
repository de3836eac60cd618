"""Numbers beyond 64 bits in events: nothing is found by them, and no handler fails."""

import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import reflex as rx

import wasched.ui
from tests.ui.conftest import Tab, state_in
from wasched import wasched as _pages  # noqa: F401 - every state registers itself
from wasched.domain.errors import WaschedError
from wasched.services.caller import Caller

pytestmark = pytest.mark.asyncio

HUGE = (2**63, -(2**63) - 1, 10**30, 10**400, 10**17)
TEXTS = (
    *(str(number) for number in (*HUGE[:3], HUGE[4])),
    "9" * 5000,  # int() takes no more than 4300 digits
    f"list-{10**30}",
    f"{10**30}~2026-01-01T00:00:00+00:00",
    f"{10**30}|Alice",
)
_FORM_KEY = re.compile(r'form(?:\.get\(|\[)"([\w-]+)"')
_UI = Path(wasched.ui.__file__).parent
KEYS = {key for path in _UI.rglob("*.py") for key in _FORM_KEY.findall(path.read_text())}


def takers(cls: type[rx.State]) -> Iterator[tuple[type[rx.State], str]]:
    """Every handler of ours that takes anything from a browser."""
    for state in cls.get_substates():
        yield from takers(state)
        if state.__module__.startswith("wasched."):
            for name, handler in state.event_handlers.items():
                if name != "setvar" and len(inspect.signature(handler.fn).parameters) > 1:
                    yield state, name


def filled(handler: Any, number: int, text: str) -> list[Any]:
    """Arguments of the types that the handler takes, full of the number."""
    values = {int: number, bool: True, str: text, dict[str, str]: dict.fromkeys(KEYS, text)}
    keys = dict.fromkeys(("alt_key", "ctrl_key", "meta_key", "shift_key"), True)
    hints = inspect.get_annotations(handler.fn, eval_str=True)
    names = list(inspect.signature(handler.fn).parameters)[1:]
    return [values.get(hints[name], keys) for name in names]


async def test_a_number_that_no_row_can_have_is_not_found(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    root, failed, tried = tab(alice, f"/accounts/{account_id}"), set(), 0
    for state, name in takers(rx.State):
        handler = state.event_handlers[name]
        for turn, text in enumerate(TEXTS):
            arguments = filled(handler, HUGE[turn % len(HUGE)], text)
            try:
                await _run(handler.fn(await state_in(root, state), *arguments))
            except WaschedError:
                pass
            except Exception as fault:
                failed.add(f"{state.__name__}.{name} {type(fault).__name__}")
            tried += 1

    assert (failed, tried > 400) == (set(), True)


@pytest.mark.parametrize("number", [*HUGE[2:], "9" * 5000])
@pytest.mark.parametrize(
    "address",
    ["/messages/{}", "/schedules/{}", "/lists/{}", "/new?schedule={}", "/messages?account={}"],
)
async def test_a_page_of_it_is_there_and_empty(
    tab: Tab, alice: Caller, number: object, address: str
) -> None:
    root = tab(alice, address.format(number))
    for state in _loaders(rx.State):
        with suppress(WaschedError):
            await _run(state.event_handlers["load"].fn(await state_in(root, state)))


def _loaders(cls: type[rx.State]) -> Iterator[type[rx.State]]:
    for state in cls.get_substates():
        yield from _loaders(state)
        if "load" in state.event_handlers:
            yield state


async def _run(answer: Any) -> None:
    """Wait for a handler, whichever kind of function it is."""
    if inspect.isasyncgen(answer):
        async for _ in answer:
            pass
    elif inspect.isawaitable(answer):
        await answer
