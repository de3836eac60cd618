"""Accounts share the queue's few threads, and none holds up another."""

import threading
from collections.abc import Iterator
from random import Random
from types import SimpleNamespace

import pytest
from sqlmodel import select

from tests.product import until
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.requests import a_request, save
from wasched import tasks
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.ports import Outgoing, SendReceipt


class Mute(FakeGateway):
    """Does not answer until it is released."""

    released: threading.Event

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Wait, then take the message."""
        self.released.wait(60)
        return super().send(outgoing)


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Lets every mute line answer, at the end of the test at the latest."""
    made = threading.Event()
    yield made
    made.set()


def test_lines_that_do_not_answer_hold_up_no_other_account(
    scope: Scope,
    alice: Caller,
    account_id: int,
    clock: FakeClock,
    gateway: FakeGateway,
    released: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desks = {account_id: AccountSender(account_id, gateway, scope, clock, Random(1))}
    for number in range(8):
        silent, line = add_account(scope, alice, name=f"Phone {number}"), Mute(clock)
        line.released = released
        desks[silent] = AccountSender(silent, line, scope, clock, Random(1))
    for one in desks:
        save(scope, alice, a_request(one), NOW)
    monkeypatch.setattr(tasks.worker_state, "holder", SimpleNamespace(sender=desks.get))

    for one in reversed(desks):  # one thread of the queue does for all of them
        tasks.drain.call_local(one)

    until(lambda: gateway.outbox, "the account whose line answers has sent", 20)
    released.set()
    until(lambda: _sent(scope) == len(desks), "the others have sent as well", 20)


def _sent(scope: Scope) -> int:
    with scope(write=False) as session:
        return len(session.scalars(select(Message).where(Message.status == Status.SENT)).all())
