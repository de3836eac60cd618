"""A number that WhatsApp did not find is looked up before it is given up."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from sqlmodel import select

from tests.reasons import said, words
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock
from tests.services.recipients.test_number_checks import DIALLED, REGISTERED, Directory
from tests.services.requests import ANNA, a_request, save
from wasched.domain.errors import SendError
from wasched.domain.message import Status
from wasched.models import Message
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.effects import CheckNumbers, Effect
from wasched.services.line import number_lookups
from wasched.services.ports import Outgoing, SendReceipt


class Strict(Directory):
    """Finds only what is registered, as WhatsApp does."""

    def send(self, outgoing: Outgoing) -> SendReceipt:
        if f"+{outgoing.to.partition('@')[0]}" not in self.registered:
            self.refused.append(outgoing.to)
            raise SendError(said("This number is not on WhatsApp."), permanent=True, not_found=True)
        return super().send(outgoing)

    def __init__(self, clock: FakeClock, *registered: str) -> None:
        super().__init__(clock, *registered)
        self.refused: list[str] = []


def run(
    scope: Scope,
    clock: FakeClock,
    account_id: int,
    line: Strict,
    followed: list[Effect],
    minutes: float,
) -> AccountSender:
    """Drain, and look numbers up whenever that is asked for, as the worker does."""
    desk = AccountSender(account_id, line, scope, clock, Random(1))
    end = clock.now() + timedelta(minutes=minutes)
    while clock.now() < end:
        desk.drain()
        if CheckNumbers(account_id) in followed:
            followed.clear()
            number_lookups.ask_next(scope, clock, account_id, line)
        clock.move(seconds=6)
    return desk


def message(scope: Scope) -> Message:
    with scope(write=False) as session:
        return session.exec(select(Message)).one()


def test_a_number_registered_in_another_form_is_reached_before_anybody_looked_it_up(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int, followed: list[Effect]
) -> None:
    save(scope, alice, a_request(account_id, DIALLED), NOW)
    line = Strict(clock, REGISTERED)

    run(scope, clock, account_id, line, followed, minutes=1)

    assert [one.to for one in line.outbox] == [f"{REGISTERED[1:]}@s.whatsapp.net"]
    assert message(scope).status == Status.SENT


def test_a_number_that_nobody_has_fails_once_that_is_known(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int, followed: list[Effect]
) -> None:
    save(scope, alice, a_request(account_id, ANNA), NOW)

    run(scope, clock, account_id, Strict(clock), followed, minutes=1)

    assert (message(scope).status, words(message(scope).reason)) == (
        Status.FAILED,
        "This number is not on WhatsApp.",
    )


def test_a_number_that_was_there_is_tried_until_its_time_is_over(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int, followed: list[Effect]
) -> None:
    save(scope, alice, a_request(account_id, ANNA), NOW)
    line = Strict(clock)
    line.check = lambda phones: [line._checked(one) for one in phones]  # type: ignore[method-assign]
    line.registered.add(ANNA)
    number_lookups.ask_next(scope, clock, account_id, line)
    forgets: Callable[[], None] = line.registered.clear

    forgets()
    run(scope, clock, account_id, line, followed, minutes=2)

    assert message(scope).status == Status.SCHEDULED
    assert "looked up, then tried again" in words(message(scope).reason)
