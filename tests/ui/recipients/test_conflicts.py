"""Two tabs on one person or one list: what is typed stays, and who is slower is told."""

from datetime import UTC, datetime

import pytest

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call
from wasched.models import Recipient, RecipientList, Role
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.ui.recipients.list_state import ListState
from wasched.ui.recipients.person_state import PersonState

pytestmark = pytest.mark.asyncio


@pytest.fixture
def anna(alice: Caller) -> Caller:
    """Who edits beside Alice."""
    with session_scope() as session:
        return add_to_space(session, alice, "Anna", Role.EDITOR, datetime.now(UTC))


async def test_who_is_slower_with_a_person_is_told_what_changed_and_keeps_what_was_typed(
    tab: Tab, alice: Caller, anna: Caller
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        entries.add_person(session, alice, "Ben", "+4915100000021", "DE", now)
    state = await state_in(tab(alice, "/recipients/1"), PersonState)
    await call(state, "load")
    with session_scope() as session:
        entries.change_entry(session, anna, 1, "Ben A.", "", {}, now)
    await call(state, "refresh")
    assert state.shown.name == "Ben A."  # nobody types here yet

    PersonState.event_handlers["begin_typing"].fn(state)
    with session_scope() as session:
        entries.change_entry(session, anna, 1, "Benno", "Second row", {}, now)
    await call(state, "refresh")
    assert (state.shown.name, state.page.name) == ("Ben A.", "Benno")

    mine = {"name": "Benjamin", "phone": state.shown.phone, "notes": "First row", "fields": ""}
    await call(state, "save", mine)

    assert state.conflict == (
        "Anna changed this less than a minute ago: the name (was Ben A., is Benno), the notes. "
        "Yours is kept here."
    )
    with session_scope(write=False) as session:
        assert session.get_one(Recipient, 1).notes == "Second row"
    await call(state, "insist")
    with session_scope(write=False) as session:
        found = session.get_one(Recipient, 1)
        assert (found.name, found.notes) == ("Benjamin", "First row")
    assert (state.conflict, state.saved) == ("", True)


async def test_who_only_notes_that_somebody_wants_no_more_holds_up_no_other_change(
    tab: Tab, alice: Caller, anna: Caller
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        entries.add_person(session, alice, "Ben", "+4915100000021", "DE", now)
    state = await state_in(tab(alice, "/recipients/1"), PersonState)
    await call(state, "load")
    PersonState.event_handlers["begin_typing"].fn(state)
    with session_scope() as session:
        entries.decide_opt_out(session, anna, 1, False, now)

    await call(state, "save", {"name": "Benno", "notes": "", "fields": ""})

    assert (state.conflict, state.shown.name) == ("", "Benno")
    with session_scope(write=False) as session:
        assert session.get_one(Recipient, 1).opted_out_at is not None


async def test_who_is_slower_with_the_name_of_a_list_is_told_the_other_one(
    tab: Tab, alice: Caller, anna: Caller
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        lists.add_list(session, alice, "Altos", now)
    state = await state_in(tab(alice, "/recipients/lists/1"), ListState)
    await call(state, "load")
    ListState.event_handlers["begin_naming"].fn(state)
    with session_scope() as session:
        lists.rename_list(session, anna, 1, "Altos 1", now)

    await call(state, "rename", {"name": "Sopranos"})

    assert "the name (was Altos, is Altos 1)" in state.conflict
    await call(state, "take_theirs")
    assert (state.named, state.conflict) == ("Altos 1", "")
    with session_scope(write=False) as session:
        assert session.get_one(RecipientList, 1).name == "Altos 1"
