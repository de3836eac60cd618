"""The Templates page: what is written is kept, drawn and found, and is nobody else's."""

import pytest
import reflex as rx

from tests.ui.conftest import Tab, move, state_in
from wasched.domain.errors import NotFoundError
from wasched.services.caller import Caller
from wasched.ui.core import routes
from wasched.ui.core.bubble_text import Block, Span
from wasched.ui.core.session import SignedOutError
from wasched.ui.templates.state import TemplatesState

pytestmark = pytest.mark.asyncio


async def call(state: rx.State, handler: str, *args: object) -> object:
    """Run a handler as the socket would."""
    return await type(state).event_handlers[handler].fn(state, *args)


async def written(root: rx.State, name: str, text: str) -> TemplatesState:
    """Fill in the editor and press the button."""
    state = await state_in(root, TemplatesState)
    await call(state, "load")
    TemplatesState.event_handlers["call"].fn(state, name)
    await call(state, "write", text)
    await call(state, "save", {"name": name, "text": text})
    return state


async def test_nobody_sees_templates_without_signing_in(tab: Tab) -> None:
    with pytest.raises(SignedOutError):
        await call(await state_in(tab(None, routes.TEMPLATES), TemplatesState), "load")


async def test_a_template_is_drawn_as_it_is_written_and_then_kept(tab: Tab, alice: Caller) -> None:
    root = tab(alice, routes.TEMPLATES)
    state = await written(root, "Rehearsal", "Dear *{first_name}*, {nickname}")

    assert state.blocks == [
        Block("line", (Span("Dear "), Span("Anna", "bold"), Span(", "), Span("{nickname}", "hole")))
    ]
    move(root, alice, routes.template(1))
    await call(state, "load")
    assert (state.name, state.text) == ("Rehearsal", "Dear *{first_name}*, {nickname}")
    assert [line.name for line in state.lines] == ["Rehearsal"]


async def test_what_is_wrong_is_said_at_its_field_and_taken_back_when_mended(
    tab: Tab, alice: Caller
) -> None:
    state = await written(tab(alice, routes.TEMPLATES), "", "Hello")

    assert (state.field, state.error) == ("name", "Give the template a name to find it by.")
    TemplatesState.event_handlers["call"].fn(state, "Greeting")
    assert (state.field, state.error) == ("", "")


async def test_who_is_slower_is_told_and_what_was_removed_is_kept_as_a_new_one(
    tab: Tab, alice: Caller
) -> None:
    await written(tab(alice, routes.TEMPLATES), "Rehearsal", "At 18:00")
    here, there = [
        await state_in(tab(alice, routes.template(1), token), TemplatesState)
        for token in ("here", "there")
    ]
    for state in (here, there):
        await call(state, "load")
    await call(there, "save", {"name": "Rehearsal", "text": "At 19:00"})

    await call(here, "save", {"name": "Rehearsal", "text": "At 20:00"})

    assert here.conflict.startswith("You changed this elsewhere less than a minute ago: the text.")
    assert here.text == "At 20:00"
    await call(here, "insist")
    await call(there, "remove")
    await call(here, "save", {"name": "Rehearsal", "text": "At 21:00"})
    assert here.conflict == "This was removed meanwhile. Yours is kept here."
    await call(here, "insist")
    await call(here, "refresh")
    assert [line.line for line in here.lines] == ["At 21:00"]


async def test_a_template_can_be_changed_and_removed(tab: Tab, alice: Caller) -> None:
    root = tab(alice, routes.TEMPLATES)
    state = await written(root, "Rehearsal", "Dear all")
    move(root, alice, routes.template(1))
    state = await written(root, "Concert", "Dear friends")
    assert [(line.name, line.line) for line in state.lines] == [("Rehearsal", "Dear all")]
    await call(state, "refresh")
    assert [(line.name, line.line) for line in state.lines] == [("Concert", "Dear friends")]

    await call(state, "remove")
    await call(state, "refresh")

    assert state.lines == []


async def test_charlie_cannot_open_or_remove_alices_template(
    tab: Tab, alice: Caller, charlie: Caller
) -> None:
    await written(tab(alice, routes.TEMPLATES, "hers"), "Rehearsal", "Dear all")
    his = tab(charlie, routes.template(1), "his")
    state = await state_in(his, TemplatesState)

    await call(state, "load")

    assert (state.is_missing, state.lines, state.text) == (True, [], "")
    for deed in (call(state, "remove"), call(state, "save", {"name": "x", "text": "x"})):
        with pytest.raises(NotFoundError):
            await deed
