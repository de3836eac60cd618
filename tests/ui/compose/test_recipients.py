"""The "To" field: who is meant by what is typed, and what people of the phone are called."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call
from wasched.models import Account, Contact, Recipient
from wasched.services.address_book import entries, lists
from wasched.services.caller import Caller
from wasched.services.ports import GroupSeen
from wasched.services.recipients import recipients
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.recipients_state import LeftOutState, RecipientsState, chosen_chips
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_state import WhenState

pytestmark = pytest.mark.asyncio


async def to_field(tab: Tab, user: Caller) -> RecipientsState:
    """The field of a new message."""
    root = tab(user, "/new")
    await call(await state_in(root, ComposeState), "load")
    return await state_in(root, RecipientsState)


@pytest.fixture
def book(alice: Caller, account_id: int) -> None:
    """Two people whose names begin alike, and a list that is called like nobody."""
    now = datetime.now(UTC)
    with session_scope() as session:
        for name, number in (("Anna", "+4915100000021"), ("Anna Schmidt", "+4915100000022")):
            entries.add_person(session, alice, name, number, "", now)
        lists.add_list(session, alice, "Choir", now)


async def test_enter_takes_whom_the_name_means_however_fast_it_was_typed(
    tab: Tab, alice: Caller, book: None
) -> None:
    to = await to_field(tab, alice)

    for typed in ("anna", "Schmidt", "CHOIR"):
        await call(to, "enter", {"to": typed})

    assert [chip.name for chip in to.chips] == ["Anna", "Anna Schmidt", "Choir"]


async def test_what_was_typed_before_enter_is_no_second_recipient_however_late_it_comes(
    tab: Tab, alice: Caller, book: None
) -> None:
    to = await to_field(tab, alice)
    before = to.taken

    await call(to, "enter", {"to": "Choir"})
    await call(to, "suggest", "Choir", before)

    assert to.offered == []
    assert chosen_chips(to, await state_in(to._get_root_state(), LeftOutState)).lists == (1,)


async def test_a_pasted_list_of_numbers_becomes_chips_and_what_is_none_stays(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    to = await to_field(tab, alice)

    await call(to, "enter", {"to": "+49 171 3920001 Mama, +49 171 39200x2; +49 171 3920003"})

    assert [(chip.key, chip.left_out) for chip in to.chips] == [
        ("+491713920001", "Mama"),
        ("+491713920003", ""),
    ]
    assert '"+49 171 39200x2"' in to.error
    assert to._typed == "+49 171 39200x2"


async def test_cells_of_a_spreadsheet_become_chips_and_each_refused_one_is_named(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    to = await to_field(tab, alice)
    many = "; ".join(f"Singer\t{n}\t+49 171 392{n:04}" for n in range(300))

    await call(to, "enter", {"to": f"{many}; Ben\t0151; Cem\t+49 171 3920003\t+49 30 123456"})

    assert len(to.chips) == 301  # Cem's first number is that of Singer 3
    assert to.chips[0].left_out == "Singer"
    assert to._typed == "Ben 0151"
    await call(to, "enter", {"to": "+49 171 3920001, 0151x, 12, 1/2/2026, 4,91510E+12"})
    for named in ('"0151x"', '"12"', '"1/2/2026"', '"4,91510E+12"'):
        assert named in to.error


async def test_a_refusal_stays_until_something_else_is_typed(
    tab: Tab, alice: Caller, book: None
) -> None:
    to = await to_field(tab, alice)

    await call(to, "enter", {"to": "99"})
    await call(to, "suggest", "99", to.taken)  # sent before Enter, and here after it
    refused = to.error
    await call(to, "suggest", "991", to.taken)

    assert '"99"' in refused
    assert to.error == ""


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("ann", 'Several match "ann". Choose one of them below.'), ("Zoë", "Nobody is called")],
)
async def test_a_name_that_could_be_several_or_nobodys_gets_a_sentence(
    tab: Tab, alice: Caller, book: None, typed: str, sentence: str
) -> None:
    to = await to_field(tab, alice)

    await call(to, "enter", {"to": typed})

    assert to.error.startswith(sentence)
    assert to.chips == []


async def test_the_country_of_the_chosen_account_completes_a_number(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        shop = Account(
            space_id=alice.space_id, name="Shop", zone="UTC", created_at=now, state_since=now
        )
        shop.jid = "5511987654321@s.whatsapp.net"
        session.add(shop)
        session.flush()
        shop_id = shop.id
    to = await to_field(tab, alice)

    await call(to, "enter", {"to": "(11) 98765-4321", "account": str(shop_id)})
    await call(to, "enter", {"to": "0151 00000023", "account": str(account_id)})

    assert [chip.key for chip in to.chips] == ["+5511987654321", "+4915100000023"]


async def test_somebody_of_the_phone_keeps_their_name(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    with session_scope() as session:
        phone = "+4915100000031"
        session.add(
            Contact(
                account_id=account_id,
                space_id=alice.space_id,
                phone=phone,
                name="Cara Lind",
                push_name="cara",
            )
        )
    to = await to_field(tab, alice)
    root = to._get_root_state()
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, "Dear {first_name}")

    await call(to, "enter", {"to": "lind"})
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    at = await state_in(root, WhenState)
    WhenState.event_handlers["pick"].fn(at, tomorrow, "18:00")
    await call(await state_in(root, ComposeState), "submit")

    with session_scope(write=False) as session:
        saved = session.exec(select(Recipient.phone, Recipient.name)).all()
    assert [tuple(row) for row in saved] == [(phone, "Cara Lind")]


async def test_the_members_of_the_one_group_it_goes_to_are_offered_first_to_be_mentioned(
    tab: Tab, alice: Caller, account_id: int, book: None
) -> None:
    seen = GroupSeen("1@g.us", "Tenors", 1, members=("+4915100000021",))
    with session_scope() as session:
        recipients.sync_groups(session, alice.space_id, account_id, [seen], datetime.now(UTC))
    to = await to_field(tab, alice)
    content = await state_in(to._get_root_state(), ContentState)
    offered = []

    for typed in ("", "Tenors", "Choir"):
        await call(to, "enter", {"to": typed})
        await call(content, "look_for", "")
        offered.append([one.name for one in content.people])

    assert offered == [["Anna Schmidt", "Anna"], ["Anna", "Anna Schmidt"], ["Anna Schmidt", "Anna"]]
