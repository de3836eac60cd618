"""Approving where it is seen: on Home, in the list, and on a message's own page."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.owner import add_to_space
from tests.scopes import session_scope
from tests.ui.conftest import Tab, state_in
from tests.ui.test_states import call
from wasched.domain.content import Text
from wasched.models import Approval, Role, Schedule
from wasched.services.caller import Caller
from wasched.services.schedules import create
from wasched.ui.home.state import HomeState
from wasched.ui.messages.message_state import MessageState
from wasched.ui.messages.state import MessagesState
from wasched.ui.schedule.approval_state import WORD, ApprovalState

pytestmark = pytest.mark.asyncio
NUMBERS = ("+4915100000012", "+4915100000013")


@pytest.fixture
def ada(alice: Caller, account_id: int) -> Caller:
    """An author, whose message to two people waits for approval."""
    now = datetime.now(UTC)
    at = now + timedelta(hours=1)
    with session_scope() as session:
        ada = add_to_space(session, alice, "Ada", Role.AUTHOR, now)
        request = create.ScheduleRequest(
            account_id, NUMBERS, (Text("Soup at noon"),), at.date(), at.time(), "UTC"
        )
        create.create_schedule(session, ada, request, now)
    return ada


def standing() -> tuple[str, str]:
    """How the approval of the schedule stands, and the word beside it."""
    with session_scope(write=False) as session:
        made = session.get_one(Schedule, 1)
        return made.approval, made.approval_word


async def offered(tab: Tab, user: Caller) -> list[str]:
    """What may be approved on Home, in the list and on the message's page."""
    home, listed, message = (
        await state_in(tab(user, "/"), HomeState),
        await state_in(tab(user, "/messages?tab=needs"), MessagesState),
        await state_in(tab(user, "/messages/1"), MessageState),
    )
    for one in (home, listed, message):
        await call(one, "load")
    approval = message.message.approval
    assert approval.state == "waiting"
    assert ("That is also about 1 other person." in approval.about) is approval.may_decide
    lines = [line.asked for day in listed.approvals for line in day.lines]
    return [*(one.asked for one in home.needs), *lines, *([approval.asked] * approval.may_decide)]


async def test_it_is_offered_to_who_may_wherever_it_is_seen(
    tab: Tab, alice: Caller, ada: Caller
) -> None:
    assert await offered(tab, ada) == []
    assert await offered(tab, alice) == ["1,1"] * 3

    root = tab(alice, "/messages/1")
    approval = await state_in(root, ApprovalState)
    await call(approval, "approve", "1,7")  # as it is not any more
    assert standing() == (Approval.WAITING, "")
    await call(approval, "approve", "1,1")

    message = await state_in(root, MessageState)
    await call(message, "load")
    assert standing() == (Approval.GIVEN, "") and message.message.approval.state == ""


async def test_it_is_refused_with_a_word_from_a_messages_own_page(
    tab: Tab, alice: Caller, ada: Caller
) -> None:
    approval = await state_in(tab(alice, "/messages/1"), ApprovalState)
    await call(approval, "refuse", {"asked": "1,1", WORD: ""})
    assert "why not" in approval.error
    await call(approval, "refuse", {"asked": "1,1", WORD: "Too early"})

    assert standing() == (Approval.REFUSED, "Too early")
