"""Whose numbers are looked up on WhatsApp while a message is written."""

from datetime import UTC, datetime

import pytest
from sqlmodel import func, select

from tests.scopes import session_scope
from tests.services.requests import a_request
from wasched.models import NumberCheck, Recipient
from wasched.services.address_book import lists
from wasched.services.caller import Caller
from wasched.services.effects import CheckNumbers, Effect
from wasched.services.recipients import recipients
from wasched.ui.compose import number_checks_state

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize(("count", "urgent"), [(3, 3), (number_checks_state._AT_ONCE + 1, 0)])
async def test_the_people_of_a_list_are_looked_up_before_saving(
    alice: Caller, account_id: int, count: int, urgent: int, followed: list[Effect]
) -> None:
    now = datetime.now(UTC)
    with session_scope() as session:
        for number in range(count):
            recipients.person_with_number(session, alice.space_id, f"+49151000{number:05}", now)
        choir = lists.add_list(session, alice, "Choir", now)
        lists.put_in(session, alice, choir, session.scalars(select(Recipient.id)).all(), now)

    for _ in range(2):
        request = a_request(account_id, to=(), lists=(choir,))
        assert await number_checks_state.look_up_numbers(alice, request) == set()

    asked = select(func.count()).where(NumberCheck.asked_at.is_not(None))
    with session_scope(write=False) as session:
        assert session.scalar(asked) == count
        assert session.scalar(asked.where(NumberCheck.is_urgent)) == urgent
    assert followed == ([CheckNumbers(account_id)] if urgent else [])
