"""However much a handler is given, a State keeps no more of it than there is room for."""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, get_type_hints

import pytest
import reflex as rx
from reflex_base.utils.format import format_event_handler

from tests.ui.conftest import Tab, state_in
from wasched import wasched
from wasched.domain.content_rules import TEXT_MAX
from wasched.domain.errors import WaschedError
from wasched.services.caller import Caller
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.core.strength_state import StrengthState
from wasched.ui.entrance.code_state import CodeState
from wasched.ui.entrance.forgot_state import ForgotState
from wasched.ui.entrance.new_password_state import NewPasswordState
from wasched.ui.entrance.newcomer_state import NewcomerState
from wasched.ui.entrance.state import EntranceState
from wasched.ui.live import accepted_events

MUCH = "9" * 1_000_000
_OURS = "wasched.ui."
_FORM = (
    *("name", "text", "note", "phone", "email", "zone", "day", "clock", "key", "to", "but"),
    *("list", "part", "list-name", "notes", "fields", "keep_days", "password", "current"),
)


def names(one: tuple[type[rx.State], str]) -> str:
    """How a case is called."""
    return f"{one[0].__name__}.{one[1]}"


def handlers() -> Iterator[tuple[type[rx.State], str]]:
    """Every handler of every page."""
    assert wasched.app
    waiting = [rx.State]
    while waiting:
        cls = waiting.pop()
        waiting += cls.get_substates()
        if cls.__module__.startswith(_OURS):
            yield from ((cls, name) for name in cls.event_handlers if name != "setvar")


@pytest.mark.asyncio
async def test_a_million_characters_are_not_kept(tab: Tab, alice: Caller) -> None:
    root, kept = tab(alice, "/new"), []
    for cls, name in sorted(handlers(), key=names):
        handler = cls.event_handlers[name]
        if not handler.is_background:  # those need a running app, and others give them their words
            await call(await state_in(root, cls), handler.fn)
            if max(map(len, words(root))) > TEXT_MAX + 1:
                kept.append(names((cls, name)))
                root = tab(alice, "/new")

    assert kept == []


def test_strangers_may_say_what_the_entrance_says() -> None:
    named = {one: format_event_handler(one[0].event_handlers[one[1]]) for one in handlers()}
    may = {
        one
        for one, name in named.items()
        if accepted_events.from_stranger({"name": name}) is not None
    }

    signing_in = {CodeState, EntranceState, ForgotState, NewPasswordState}
    assert {cls for cls, _ in may} == signing_in | {NewcomerState, StrengthState}


def test_what_a_browser_keeps_of_a_person_stays_there_while_nobody_is_signed_in() -> None:
    event = {
        "name": "reflex___state____state.hydrate_and_load",
        "payload": {"vars": {"kept": "a draft"}, "hashes": ["0"]},
    }

    assert accepted_events.from_stranger(event) == {**event, "payload": {"hashes": ["0"]}}


def test_a_long_word_of_a_stranger_is_not_taken() -> None:
    name = format_event_handler(StrengthState.event_handlers["weigh"])

    assert (
        accepted_events.from_stranger({"name": name, "payload": {"password": "x" * 2000}}) is None
    )


def test_no_more_of_an_address_is_kept_than_addresses_have() -> None:
    told = {"asPath": "/" * 10_000, "query": {"q": "x" * 10_000}, "other": MUCH}

    assert accepted_events.clean_event({"name": "any", "router_data": told})["router_data"] == {
        "asPath": "/" * accepted_events.PATH_MAX
    }


@pytest.mark.asyncio
async def test_three_thousand_mentions_are_not_sent_with_each_of_them(
    tab: Tab, alice: Caller
) -> None:
    content = await state_in(tab(alice, "/new"), ContentState)
    content.event_handlers["say"].fn(content, 0, "Hello @Person 7 and @Person 2999")
    for number in range(3000):
        content.event_handlers["mention"].fn(content, f"Person {number}", f"{number}@lid")

    kept = [one.name for one in content.written.mentions]
    assert len(kept) < 30
    assert {"Person 7", "Person 2999"} <= set(kept)
    assert len(set(kept)) == len(kept)


@pytest.mark.asyncio
async def test_so_many_are_chosen_one_by_one_and_no_more(tab: Tab, alice: Caller) -> None:
    to = await state_in(tab(alice, "/new"), RecipientsState)
    for number in range(501):
        await to.event_handlers["enter"].fn(to, {"to": f"+49151000{number:05}"})

    assert len(to.chips) == 500
    assert "list" in to.error


async def call(state: rx.State, fn: Any) -> None:
    """Call a handler with much of everything; it may refuse."""
    with suppress(WaschedError, ValueError, TypeError, KeyError, OverflowError):
        answer = fn(state, **given(fn))
        if inspect.isawaitable(answer):
            await answer


def given(fn: Any) -> dict[str, Any]:
    """Much of everything that a handler takes."""
    hints = get_type_hints(fn)
    kinds = {int: 0, bool: True, str: MUCH}
    return {
        name: kinds.get(hints.get(name, str), dict.fromkeys(_FORM, MUCH) | {"alt_key": True})
        for name in list(inspect.signature(fn).parameters)[1:]
    }


def words(value: Any) -> Iterator[str]:
    """Every word that a State and those below it keep, shown or not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, rx.State):
        shown = {name: getattr(value, name) for name in value.base_vars}
        yield from words({**shown, **(value._backend_vars or {})})
        for one in value.substates.values():
            yield from words(one)
    elif isinstance(value, dict):
        for one in value.items():
            yield from words(list(one))
    elif isinstance(value, list | tuple | set):
        for one in value:
            yield from words(one)
    elif hasattr(value, "__dataclass_fields__"):
        yield from words([getattr(value, name) for name in value.__dataclass_fields__])
