"""Answers of WhatsApp are written down while the next message is on its way."""

import threading
from random import Random
from threading import Event

import pytest
from sqlalchemy.exc import OperationalError

from tests.scopes import Scope
from tests.services.conftest import add_account
from tests.services.delivery.test_delivery import a_request, messages, schedule
from tests.services.fakes import FakeClock, FakeGateway
from wasched.domain.message import Status
from wasched.services.delivery.sender import AccountSender
from wasched.services.ports import Outgoing, SendReceipt


class SlowLine(FakeGateway):
    """A line on which a message takes a fifth of a second; `begun` counts those handed to it."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.begun, self.second_begun = 0, Event()

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take it, later."""
        self.begun += 1
        if self.begun == 2:
            self.second_begun.set()
        self._clock.move(seconds=0.2)
        return super().send(outgoing)


def test_answers_are_written_while_the_next_message_is_on_its_way(scope, alice, clock):
    account_id = add_account(scope, alice, gap_min_s=0, gap_max_s=0)
    line = SlowLine(clock)
    schedule(scope, alice, a_request(account_id, "+49 151 23450001", "+49 151 23450002"))

    meanwhile: list[bool] = []

    class Waits(Scope):
        """A database that is written only once the second message is on its way."""

        def transaction(self, deed):
            if line.begun and not meanwhile:
                meanwhile.append(line.second_begun.wait(5))
            return super().transaction(deed)

    AccountSender(account_id, line, Waits(scope.engine), clock, Random(1)).drain()

    assert meanwhile == [True]
    assert {one.status for one in messages(scope)} == {Status.SENT}


def test_storage_that_fails_meanwhile_ends_the_sending_and_loses_no_answer(scope, alice, clock):
    account_id = add_account(scope, alice, gap_min_s=0, gap_max_s=0)
    line = SlowLine(clock)
    numbers = [f"+49 151 2345000{number}" for number in range(6)]
    schedule(scope, alice, a_request(account_id, *numbers))
    is_full = True

    class Fails(Scope):
        """A database on a disk that is full from the first message on."""

        def transaction(self, deed):
            if line.begun and is_full:
                raise OperationalError("INSERT", {}, Exception("database or disk is full"))
            return super().transaction(deed)

    desk = AccountSender(account_id, line, Fails(scope.engine), clock, Random(1))
    with pytest.raises(OperationalError):
        desk.drain()
    handed = len(line.outbox)
    is_full = False
    desk.drain()

    assert handed < 6
    assert len({one.to for one in line.outbox}) == len(line.outbox) == 6
    assert {one.status for one in messages(scope)} == {Status.SENT}


def test_many_accounts_take_no_more_threads_than_a_few(scope, alice, clock):
    before = threading.active_count()
    for number in range(6):
        account_id = add_account(scope, alice, name=f"Phone {number}", gap_min_s=0, gap_max_s=0)
        schedule(scope, alice, a_request(account_id, "+49 151 23450001", "+49 151 23450002"))
        sender = AccountSender(account_id, SlowLine(clock), scope, clock, Random(1))
        sender.drain()
        sender.close()

    assert {one.status for one in messages(scope)} == {Status.SENT}
    assert threading.active_count() <= before + 4
