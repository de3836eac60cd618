"""Stop and Go on as pages have them: at once, in a question, and only of one's own."""

from datetime import timedelta

import pytest
import reflex as rx

from tests.scopes import session_scope
from tests.services.sent import a_send
from tests.ui.conftest import Tab, state_in
from wasched import bootstrap
from wasched.domain.errors import NotFoundError
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.models import Account, Message
from wasched.services.caller import Caller
from wasched.services.server import health
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stopping_state import StoppingState
from wasched.ui.home.state import HomeState

pytestmark = pytest.mark.asyncio


async def press(root: rx.State, state: type[rx.State], name: str, *given: object) -> object:
    """Let an event of the page happen."""
    return await state.event_handlers[name].fn(await state_in(root, state), *given)


def of_database(account_id: int) -> Account:
    with session_scope(write=False) as session:
        return session.get_one(Account, account_id)


async def test_a_stop_stands_on_every_page_and_going_on_asks_first(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now, root = bootstrap.clock().now(), tab(alice)
    with session_scope() as session:
        session.get_one(Account, account_id).state = LinkState.RECONNECTING
        [message] = a_send(session, alice, account_id, now - timedelta(minutes=2))

    await press(root, StoppingState, "stop", "")

    shell = await state_in(root, ShellState)
    [line] = shell.stops
    assert line.sentence.startswith("0 go out today: you stopped it at ")
    assert line.sentence.endswith(" 1 waits.")
    assert shell.is_all_stopped and of_database(account_id).paused_by_id == alice.id

    await press(root, StoppingState, "ask", line.ids)
    question = await state_in(root, StoppingState)
    assert question.these == "it"
    assert question.question == "Go on with Choir phone?"
    assert question.lines[0].startswith("1 message fell due today at ")
    assert of_database(account_id).paused_at is not None  # nothing goes before the answer

    await press(root, StoppingState, "answer", "leave_out")
    assert of_database(account_id).paused_at is None
    with session_scope(write=False) as session:
        assert session.get_one(Message, message).status == Status.CANCELLED
    assert shell.stops == []


async def test_the_stop_of_the_whole_server_stands_on_everybodys_pages_until_the_admin_goes_on(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    root, other = tab(alice), tab(charlie, token="other")
    with pytest.raises(NotFoundError):
        await press(other, StoppingState, "stop", "server")

    await press(root, StoppingState, "stop", "server")

    await press(other, ShellState, "refresh")
    [mine], [theirs] = [(await state_in(one, ShellState)).stops for one in (root, other)]
    assert mine.sentence.startswith("Nothing goes out from this server: you stopped all of it at ")
    assert f"server: {alice.name} stopped all of it at" in theirs.sentence
    assert (mine.may_go_on, theirs.may_go_on) == (True, False)
    assert mine.ids == "server"
    assert of_database(account_id).paused_at is None
    with pytest.raises(NotFoundError):
        await press(other, StoppingState, "ask", "server")

    await press(root, StoppingState, "ask", "server")
    assert (await state_in(root, StoppingState)).question == "Go on with the whole server?"
    await press(root, StoppingState, "answer", "send")
    await press(other, ShellState, "refresh")
    assert (await state_in(other, ShellState)).stops == []


async def test_nobody_stops_what_is_somebody_elses_nor_answers_what_was_not_asked(
    tab: Tab, alice: Caller, charlie: Caller, account_id: int
) -> None:
    root = tab(charlie)

    for given in (str(account_id), "all", "-1", f"{account_id},"):
        with pytest.raises(NotFoundError):
            await press(root, StoppingState, "stop", given)
    await press(root, StoppingState, "stop", "")
    await press(root, StoppingState, "answer", "send")

    assert of_database(account_id).paused_at is None


async def test_what_was_missed_is_sent_or_dismissed_on_home_and_counted_as_in_the_menu(
    tab: Tab, alice: Caller, account_id: int
) -> None:
    now, root = bootstrap.clock().now(), tab(alice)
    with session_scope() as session:
        missed = a_send(session, alice, account_id, now - timedelta(hours=1), *[Status.MISSED] * 3)
        a_send(session, alice, account_id, now - timedelta(hours=2), *[Status.FAILED] * 4)
        health.note_heartbeat(session, "worker", now, now)
    await press(root, ShellState, "refresh")
    await press(root, HomeState, "load")
    home, shell = await state_in(root, HomeState), await state_in(root, ShellState)
    assert (home.first, shell.needing) == ("2 things need you.", 2)
    need = next(one for one in home.needs if one.goes)
    assert (need.label, need.question) == ("Send now", "Send to 3 people now?")

    await press(root, HomeState, "send_now", need.key)

    with session_scope(write=False) as session:
        statuses = {session.get_one(Message, one).status for one in missed}
    assert statuses == {Status.SCHEDULED}
    assert home.first == "One thing needs you."
