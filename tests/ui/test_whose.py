"""The owner sees a member's people, by whose they are; nobody is offered them to write to."""

from datetime import UTC, datetime

import pytest

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.recipients import recipients
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.recipients.list_state import ListState
from wasched.ui.recipients.person_state import PersonState
from wasched.ui.recipients.state import AddressBookState

pytestmark = pytest.mark.asyncio

NUMBER = "+4915123456701"


@pytest.fixture
def both(alice: Caller, charlie: Caller) -> dict[str, int]:
    """One number under two names, Alice's and Charlie's, each in a list of its own."""
    now = datetime.now(UTC)
    with session_scope() as session:
        made = {}
        for user, name, list_name in ((alice, "Dr Mum", "Family"), (charlie, "Mum", "Private")):
            person = recipients.person_with_number(session, user.id, NUMBER, now, name)
            made[name] = person.id or 0
            made[list_name] = lists.add_list(session, user, list_name, now)
            lists.put_in(session, user, made[list_name], [made[name]], now)
        return made


async def test_the_owners_list_says_whose_people_are(
    tab: Tab, alice: Caller, charlie: Caller, both: dict[str, int]
) -> None:
    async def notes(user: Caller, address: str) -> dict[str, str]:
        state = await state_in(tab(user, address), AddressBookState)
        await call(state, "load")
        return {line.name: line.note for line in state.lines}

    assert await notes(alice, "/recipients") == {"Dr Mum": "", "Mum": "Charlie's"}
    assert await notes(charlie, "/recipients") == {"Mum": ""}
    assert await notes(alice, "/recipients?tab=lists") == {"Family": "", "Private": "Charlie's"}
    person = await state_in(tab(alice, f"/recipients/{both['Mum']}"), PersonState)
    await call(person, "load")
    assert person.page.whose == "Charlie"


async def test_nobody_is_offered_to_write_to_whom_a_member_has_for_themselves(
    tab: Tab, alice: Caller, both: dict[str, int]
) -> None:
    to = await state_in(tab(alice, "/new"), RecipientsState)
    for typed in ("Mum", "Private", "701"):
        await call(to, "suggest", typed, to.taken)
        assert "Charlie" not in str(to.offered) and {one.name for one in to.offered} <= {"Dr Mum"}


async def test_into_a_members_list_the_owner_puts_the_members_people(
    tab: Tab, alice: Caller, both: dict[str, int]
) -> None:
    with session_scope() as session:
        other = recipients.person_with_number(
            session, 2, "+4915123456702", datetime.now(UTC), "Mum's sister"
        )
    root = tab(alice, f"/lists/{both['Private']}")
    state = await state_in(root, ListState)
    await call(state, "load")
    await call(state, "suggest", "Mum")

    assert [one.key for one in state.offered] == [str(other.id)]
