"""Several pictures go out one after the other, all of them or none."""

from random import Random

import pytest
from sqlalchemy import func, select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from wasched.domain.content import Content, Text
from wasched.domain.errors import InputError
from wasched.models import Schedule
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.schedules.albums import TOGETHER_MAX, schedule_in_turn
from wasched.services.schedules.create import ScheduleRequest


def request(account_id: int, content: Content) -> ScheduleRequest:
    """A message for two people, now."""
    to = ("+4915100000012", "+4915100000013")
    return ScheduleRequest(account_id, to, (content,), None, None, "UTC")


def test_they_arrive_in_their_order(
    scope: Scope,
    alice: Caller,
    account_id: int,
    gateway: FakeGateway,
    clock: FakeClock,
) -> None:
    requests = [request(account_id, Text(f"Picture {number}")) for number in range(12)]
    with scope() as session:
        schedule_in_turn(session, alice, requests, NOW)

    AccountSender(account_id, gateway, scope, clock, Random(1)).drain()

    for address in {out.to for out in gateway.outbox}:
        texts = [out.content for out in gateway.outbox if out.to == address]
        assert texts == [Text(f"Picture {number}") for number in range(12)]


def test_if_one_cannot_be_taken_none_is(scope: Scope, alice: Caller, account_id: int) -> None:
    requests = [request(account_id, Text("One")), request(account_id, Text(" "))]
    with pytest.raises(InputError), scope() as session:
        schedule_in_turn(session, alice, requests, NOW)

    with scope(write=False) as session:
        assert session.scalar(select(func.count()).select_from(Schedule)) == 0


def test_more_than_whatsapp_takes_at_once_are_refused(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    for requests in ([], [request(account_id, Text("x"))] * (TOGETHER_MAX + 1)):
        with pytest.raises(InputError), scope() as session:
            schedule_in_turn(session, alice, requests, NOW)
