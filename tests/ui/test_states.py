"""States ask who is calling, show only what is theirs, and say what is wrong."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import reflex as rx
from reflex.event import Event
from sqlmodel import select

from tests.scopes import session_scope
from tests.ui.conftest import Tab, move, state_in
from wasched.api.cookies import SESSION, read_cookie
from wasched.domain.errors import NotFoundError
from wasched.domain.link import LinkState
from wasched.models import Account, Message
from wasched.services.caller import Caller
from wasched.ui.accounts.state import AccountsState
from wasched.ui.compose import storage_state
from wasched.ui.compose.content_fields import Written
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.draft_state import DraftState
from wasched.ui.compose.draft_text import BrowserDraft, Options, dump_draft
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.compose.state import ComposeState
from wasched.ui.compose.time_fields import Fields
from wasched.ui.compose.time_state import WhenState
from wasched.ui.compose.unfinished_state import UnfinishedState
from wasched.ui.core.session import SignedOutError
from wasched.ui.home.state import HomeState
from wasched.ui.messages.message_state import MessageState
from wasched.ui.messages.state import MessagesState

pytestmark = pytest.mark.asyncio


async def call(state: rx.State, handler: str, *args: object) -> object:
    """Run a handler as the socket would."""
    return await type(state).event_handlers[handler].fn(state, *args)


async def compose(root: rx.State, **typed: str) -> ComposeState:
    """Fill the form of a new message as a person would, and press the button."""
    state = await state_in(root, ComposeState)
    await call(state, "load")
    to, at = await state_in(root, RecipientsState), await state_in(root, WhenState)
    if typed.get("to"):
        await call(to, "enter", {"to": typed["to"]})
    tomorrow = datetime.now(ZoneInfo("Europe/Berlin")).date() + timedelta(days=1)
    WhenState.event_handlers["pick"].fn(at, typed.get("day", tomorrow.isoformat()), "18:00")
    if "zone" in typed:
        WhenState.event_handlers["fill"].fn(at, "zone", typed["zone"])
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, typed.get("text", "Hello"))
    await call(state, "submit")
    return state


def saved() -> list[Message]:
    """Every message in the database."""
    with session_scope(write=False) as session:
        return list(session.exec(select(Message)))


@pytest.mark.parametrize("cls", [HomeState, MessagesState, AccountsState, MessageState])
async def test_nobody_sees_anything_without_signing_in(tab: Tab, cls: type[rx.State]) -> None:
    state = await state_in(tab(None, "/messages/1?tab=past"), cls)

    with pytest.raises(SignedOutError) as refusal:
        await call(state, "load")

    assert refusal.value.path == "/messages/1?tab=past"


async def test_a_message_is_scheduled_and_then_listed(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    root = tab(alice, "/new")

    await compose(root, to="+49 151 0000 0012", text="Rehearsal at *19:30*")
    move(root, alice, "/messages")
    listed = await state_in(root, MessagesState)
    await call(listed, "load")

    assert [line.text for day in listed.days for line in day.lines] == ["Rehearsal at *19:30*"]
    assert (await state_in(root, ContentState)).written.wordings == ("",)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"to": ""}, "to", "whom"),
        ({"text": "  "}, "text", "Write the message first"),
        ({"text": "x" * 65_537}, "text", "65,537"),
        ({"day": "2020-01-01"}, "day", "is over"),
        ({"day": ""}, "day", "Choose a date"),
        ({"zone": "Europe/Atlantis"}, "zone", "Atlantis"),
    ],
)
async def test_what_cannot_be_scheduled_is_said_at_its_field_and_nothing_is_saved(
    tab: Tab, alice: Caller, account_id: int, typed: dict[str, str], field: str, words: str
) -> None:
    state = await compose(tab(alice, "/new"), **{"to": "+4915100000012", **typed})

    assert state.field == field
    assert words in state.error
    assert saved() == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (LinkState.CONNECTED, "On its way."),
        (LinkState.RECONNECTING, "It waits. Choir phone has no connection to WhatsApp. It goes"),
        (LinkState.LOGGED_OUT, "It waits. Choir phone is not linked. It goes out once it is."),
    ],
)
async def test_what_is_sent_leads_to_its_story_and_says_whether_it_goes(
    tab: Tab, alice: Caller, account_id: int, link: LinkState, said: str
) -> None:
    with session_scope() as session:
        session.get_one(Account, account_id).state = link
    root = tab(alice, "/new")
    state, at = await state_in(root, ComposeState), await state_in(root, WhenState)
    await call(state, "load")
    WhenState.event_handlers["fill"].fn(at, "mode", "now")
    await call(await state_in(root, RecipientsState), "enter", {"to": "+4915100000012"})
    ContentState.event_handlers["say"].fn(await state_in(root, ContentState), 0, "Soup at noon")

    events = Event.from_event_type(await call(state, "submit"))

    [message] = saved()
    assert events[0].payload["path"] == f"/messages/{message.id}"
    assert events[1].payload["given"][0].startswith(said)


async def test_a_number_without_its_country_is_refused_where_it_was_typed(
    tab: Tab, alice: Caller
) -> None:
    to = await state_in(tab(alice, "/new"), RecipientsState)

    await call(to, "enter", {"to": "0151 0000"})

    assert "country" in to.error
    assert to.chips == []


async def test_an_unfinished_message_comes_back_for_its_writer_only(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    root = tab(alice, "/new")
    state, to = await state_in(root, ComposeState), await state_in(root, RecipientsState)
    await call(state, "load")
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, "Half a sen")
    await call(to, "enter", {"to": "+4915100000012"})
    await call(state, "keep")
    draft = await state_in(root, DraftState)
    await storage_state.store_draft(draft, alice)
    there = f"/new?draft={draft.draft_id}"

    assert await _opens(tab(alice, there)) == ("Half a sen", "Half a sen")
    assert await _opens(tab(charlie, there)) == ("", "")
    assert await _opens(tab(alice, "/new")) == ("", "Half a sen")
    assert await _opens(tab(charlie, "/new")) == ("", "")


async def test_what_a_browser_kept_becomes_a_draft_of_its_writer_once(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    kept = BrowserDraft(alice.id, (), Fields(), Options(), written=Written(wordings=("Of before",)))
    theirs, hers = tab(charlie, "/new"), tab(alice, "/new")
    for root in (theirs, hers):
        (await state_in(root, DraftState)).left = dump_draft(kept)

    assert await _opens(theirs) == ("", "")
    assert (await state_in(theirs, DraftState)).left == dump_draft(kept)
    for _again in range(2):
        assert await _opens(hers) == ("", "Of before")
        assert (await state_in(hers, DraftState)).left == ""


async def test_a_draft_thrown_away_can_be_had_again_and_one_that_is_sent_is_none(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    root = tab(alice, "/new")
    state, draft = await state_in(root, ComposeState), await state_in(root, DraftState)
    await call(state, "load")
    content = await state_in(root, ContentState)
    ContentState.event_handlers["say"].fn(content, 0, "Soup at noon")
    await call(await state_in(root, RecipientsState), "enter", {"to": "+4915100000012"})
    WhenState.event_handlers["fill"].fn(await state_in(root, WhenState), "mode", "now")
    await call(state, "keep")
    await storage_state.store_draft(draft, alice)

    await call(state, "throw_away")
    assert await _opens(tab(alice, "/new")) == ("", "")
    await call(state, "bring_back")
    assert content.written.wordings == ("Soup at noon",)
    assert await _opens(tab(alice, "/new")) == ("", "Soup at noon")
    await call(state, "submit")
    assert await _opens(tab(alice, "/new")) == ("", "")


async def _opens(root: rx.State) -> tuple[str, str]:
    """Open Compose; returns what stands in the field, and what is offered as unfinished."""
    await call(await state_in(root, ComposeState), "load")
    offered = (await state_in(root, UnfinishedState)).lines
    written = (await state_in(root, ContentState)).written.wordings[0]
    return written, ", ".join(one.words for one in offered)


async def test_another_person_in_the_same_tab_finds_it_empty(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    root = tab(alice, "/accounts")
    state = await state_in(root, AccountsState)
    await call(state, "load")
    assert len(state.accounts) == 1

    move(root, charlie, "/accounts")
    await call(state, "load")

    assert state.accounts == []


async def test_charlie_can_neither_see_nor_decide_about_alices_message(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    await compose(tab(alice, "/new"), to="+4915100000012")
    theirs = await state_in(tab(charlie, f"/messages/{saved()[0].id}"), MessageState)

    await call(theirs, "load")
    with pytest.raises(NotFoundError):
        await call(theirs, "decide", "cancel")

    assert theirs.is_missing
    assert saved()[0].status == "scheduled"


async def test_charlie_cannot_steer_alices_account(
    tab: Tab, charlie: Caller, account_id: int
) -> None:
    state = await state_in(tab(charlie, f"/accounts/{account_id}"), AccountsState)
    await call(state, "load")

    with pytest.raises(NotFoundError):
        await call(state, "steer", "unlink")

    assert state.account.name == ""


async def test_a_cancelled_message_says_so_on_its_page(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    await compose(tab(alice, "/new"), to="+4915100000012")
    state = await state_in(tab(alice, f"/messages/{saved()[0].id}"), MessageState)
    await call(state, "load")
    assert state.may == ["send_now", "cancel"]

    await call(state, "decide", "cancel")

    assert state.message.status == "cancelled"
    assert state.may == []


async def test_home_says_that_nothing_needs_me_and_what_is_next(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    await compose(tab(alice, "/new"), to="+4915100000012")
    state = await state_in(tab(alice), HomeState)

    await call(state, "load")

    assert state.needing == 0
    assert "tomorrow at 18:00" in state.summary


@pytest.mark.parametrize(
    ("cookies", "token"),
    [
        ("wasched_session=abc", "abc"),
        ("a=b; wasched_session=abc; c=d", "abc"),
        ("wasched_session", ""),
        ("", ""),
        ("\x00;;;=,", ""),
    ],
)
async def test_the_session_is_read_from_any_cookie_header(cookies: str, token: str) -> None:
    assert read_cookie(cookies, SESSION) == token
