"""Stop everything: at once, also what was claimed; and going on bursts out with nothing."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlmodel import Session, select

from tests.product import until
from tests.reasons import said
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_colleague
from tests.services.delivery.test_storage_fails import NoHints, QuietLine
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from tests.services.line.keepers import a_keeper
from tests.services.requests import a_request, daily, once, save
from tests.services.sent import a_send
from wasched.adapters.clock import SystemClock
from wasched.domain.content import Content
from wasched.domain.errors import NotFoundError, NotNow
from wasched.domain.link import LinkEvent, LinkState
from wasched.domain.message import Status
from wasched.domain.reasons import Code
from wasched.models import Account, Attempt, Message, Role
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.delivery import overdue
from wasched.services.delivery.sender import AccountSender
from wasched.services.effects import Effect, Wake
from wasched.services.line.holder import AccountHolder
from wasched.services.messages import message_actions, server_stopping, stopping
from wasched.services.messages.stopping import Meanwhile
from wasched.services.ports import Outgoing, SendReceipt
from wasched.services.server import sending_check
from wasched.services.views import FellDue

NUMBERS = [f"+4915123456{number:03}" for number in range(4)]


def stop(scope: Scope, user: Caller, account_id: int | None = None, at: datetime = NOW) -> int:
    with scope() as session:
        return stopping.stop_sending(session, user, account_id and [account_id], at)


def fell_due(scope: Scope, user: Caller, now: datetime) -> FellDue:
    with scope() as session:
        return stopping.fell_due(session, user, None, now)


def go_on(
    scope: Scope, user: Caller, choice: Meanwhile, now: datetime, asked_at: datetime | None = None
) -> int:
    with scope() as session:
        return stopping.go_on(session, user, None, choice, asked_at or now, now)


def statuses(scope: Scope) -> list[str]:
    with scope(write=False) as session:
        return list(session.scalars(select(Message.status).order_by(Message.due_at, Message.id)))


class Stopping(FakeGateway):
    """A line through which a person presses Stop while its second message is on its way."""

    def __init__(self, clock: FakeClock, press: Callable[[], object]) -> None:
        super().__init__(clock)
        self.press = press
        self.typed: list[bool] = []

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Take it; the second one while somebody presses."""
        handed = super().send(outgoing)
        if len(self.outbox) == 2:
            self.press()
        return handed

    def typing(self, jid: str, on: bool) -> None:
        """Keep what is shown; a person who sees it presses Stop."""
        self.typed.append(on)
        if on:
            self.press()


def test_what_was_claimed_and_not_handed_over_is_held_and_goes_once_after_going_on(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock
) -> None:
    line = Stopping(clock, lambda: stop(scope, alice))
    desk = AccountSender(account_id, line, scope, clock, Random(1))
    save(scope, alice, a_request(account_id, *NUMBERS), NOW)

    desk.drain()
    desk.drain()

    assert len(line.outbox) == 2
    assert sorted(statuses(scope)) == [Status.SCHEDULED] * 2 + [Status.SENT] * 2
    with scope(write=False) as session:  # neither a try nor a failure is left of the others
        assert len(list(session.scalars(select(Attempt)))) == 2
    go_on(scope, alice, Meanwhile.SEND, clock.now())
    clock.move(seconds=10)
    desk.drain()
    assert len({one.to for one in line.outbox}) == len(line.outbox) == 4


def test_a_stop_while_it_shows_typing_holds_that_very_message(
    scope: Scope, alice: Caller, clock: FakeClock
) -> None:
    shy = add_account(scope, alice, typing=True)
    line = Stopping(clock, lambda: stop(scope, alice, shy))
    save(scope, alice, a_request(shy), NOW)

    AccountSender(shy, line, scope, clock, Random(1)).drain()

    assert (line.outbox, line.typed, statuses(scope)) == ([], [True, False], [Status.SCHEDULED])


class Fetching(Stopping):
    """A line whose store of files takes so long that somebody presses Stop."""

    def fetch_files(self, content: Content) -> None:
        """Somebody does."""
        self.press()


def test_a_stop_while_its_file_is_fetched_holds_that_very_message(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock
) -> None:
    line = Fetching(clock, lambda: stop(scope, alice))
    save(scope, alice, a_request(account_id), NOW)

    AccountSender(account_id, line, scope, clock, Random(1)).drain()

    assert (line.outbox, statuses(scope)) == ([], [Status.SCHEDULED])


class Uploading(QuietLine):
    """A line that brings a film up for as long as nobody holds it."""

    def __init__(self, report: Callable[[LinkEvent], None]) -> None:
        super().__init__(SystemClock(), report)
        self.began, self.held = threading.Event(), threading.Event()

    def send(self, outgoing: Outgoing) -> SendReceipt:
        """Begin, and wait."""
        self.began.set()
        assert self.held.wait(20)
        raise NotNow(said("It was stopped."))

    def hold(self) -> None:
        """Let go of the film."""
        self.held.set()


def test_the_worker_holds_what_is_being_made_ready_when_somebody_stops(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    lines: list[Uploading] = []

    def make_line(_account: int, report: Callable[[LinkEvent], None]) -> Uploading:
        lines.append(Uploading(report))
        return lines[0]

    office = AccountHolder(
        a_keeper(scope), make_line, scope, SystemClock(), NoHints(), lambda _account: None
    )
    office.start()
    save(scope, alice, a_request(account_id), datetime.now(UTC))
    until(lambda: bool(lines) and lines[0].began.is_set(), "it is on its way up", 20)
    stop(scope, alice, at=datetime.now(UTC))
    until(lambda: statuses(scope) == [Status.SCHEDULED], "it waits again", 20)
    office.stop()


@pytest.mark.parametrize("state", list(LinkState))
def test_it_can_be_stopped_in_every_state_and_sends_nothing_once_that_ends(
    scope: Scope, alice: Caller, state: LinkState, gateway: FakeGateway, clock: FakeClock
) -> None:
    one = add_account(scope, alice, state=state)
    save(scope, alice, a_request(one), NOW)

    assert stop(scope, alice) == 1

    with scope() as session:
        session.get_one(Account, one).state = LinkState.CONNECTED
    AccountSender(one, gateway, scope, clock, Random(1)).drain()
    assert gateway.outbox == []


def test_everything_of_mine_is_stopped_and_nothing_of_others(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int, followed: list[Effect]
) -> None:
    own = add_account(scope, charlie, name="Charlie's")

    assert stop(scope, charlie) == 1
    with pytest.raises(NotFoundError):
        stop(scope, charlie, account_id)
    eve = add_colleague(scope, alice, "Eve", Role.EDITOR)
    assert stop(scope, eve, at=NOW + timedelta(hours=1)) == 1
    assert stop(scope, alice, at=NOW + timedelta(hours=2)) == 0  # it is stopped already

    with scope(write=False) as session:
        [mine] = stopping.list_stops(session, charlie, NOW)
        [hers] = stopping.list_stops(session, alice, NOW)
    assert (mine.account_id, mine.at, mine.by, mine.is_by_me) == (own, NOW, "Charlie", True)
    assert (hers.account_id, hers.by, hers.is_by_me) == (account_id, "Eve", False)
    followed.clear()
    go_on(scope, charlie, Meanwhile.SEND, NOW)
    assert followed == [Wake(own, NOW)]


def test_a_stop_says_what_waits_for_it_today(
    scope: Scope, session: Session, alice: Caller, account_id: int
) -> None:
    tonight = datetime(2026, 3, 12, 22, 59, tzinfo=UTC)  # a minute to midnight in Berlin
    a_send(session, alice, account_id, NOW - timedelta(minutes=5), *[Status.SCHEDULED] * 2)
    a_send(session, alice, account_id, tonight)
    a_send(session, alice, account_id, tonight + timedelta(minutes=2))

    stopping.stop_sending(session, alice, None, NOW)

    [found] = stopping.list_stops(session, alice, NOW)
    assert found.due_today == 3


def test_going_on_first_tells_what_fell_due_and_what_is_too_late_by_now(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        for minutes in (20, 50):  # each may be thirty minutes late
            due, both = NOW + timedelta(minutes=minutes), [Status.SCHEDULED] * 2
            a_send(session, alice, account_id, due, *both, names=("Jörg", "Ana"))
    stop(scope, alice)

    found = fell_due(scope, alice, NOW + timedelta(minutes=55))

    assert (found.accounts, found.count, found.missed) == (("Choir phone",), 2, 2)
    assert found.oldest_at == NOW + timedelta(minutes=50)
    assert [(one.recipient, count) for one, count in found.named] == [("Jörg", 2)]
    assert statuses(scope) == [Status.MISSED] * 2 + [Status.SCHEDULED] * 2


@pytest.mark.parametrize(
    ("choice", "became", "goes"),
    [
        (Meanwhile.SEND, Status.SENT, 2),
        (Meanwhile.ASK, Status.MISSED, 1),
        (Meanwhile.LEAVE_OUT, Status.CANCELLED, 1),
    ],
)
def test_what_fell_due_becomes_what_the_person_chose_and_what_came_after_the_question_goes(
    life: Life,
    scope: Scope,
    alice: Caller,
    account_id: int,
    gateway: FakeGateway,
    clock: FakeClock,
    choice: Meanwhile,
    became: Status,
    goes: int,
    followed: list[Effect],
) -> None:
    for at in ("17:47", "17:54"):  # NOW is 17:42 in Berlin
        save(scope, alice, once(account_id, at=datetime.fromisoformat(f"2026-03-12T{at}")), NOW)
    stop(scope, alice)
    clock.move(minutes=15)

    asked_at = NOW + timedelta(minutes=10)
    followed.clear()
    count = go_on(scope, alice, choice, clock.now(), asked_at)
    assert followed == [Wake(account_id, clock.now())]
    life.sweep()

    assert count == 1
    assert statuses(scope) == [became, Status.SENT]
    assert len(gateway.outbox) == goes


def test_a_series_that_was_left_out_goes_on_with_its_next_time(
    life: Life, scope: Scope, alice: Caller, account_id: int, clock: FakeClock
) -> None:
    save(scope, alice, daily(account_id, at="17:47"), NOW)
    stop(scope, alice)
    clock.move(minutes=10)  # and nobody has laid out what comes next

    count = go_on(scope, alice, Meanwhile.LEAVE_OUT, clock.now())
    life.pass_to(NOW + timedelta(days=1, minutes=10))

    assert count == 1
    assert statuses(scope)[:2] == [Status.CANCELLED, Status.SENT]


def test_the_whole_server_stops_also_what_was_claimed_and_goes_on_as_one_chooses(
    scope: Scope, alice: Caller, charlie: Caller, account_id: int, clock: FakeClock
) -> None:
    theirs = add_account(scope, charlie)

    def stop_all() -> None:
        with scope() as session:
            server_stopping.stop_server(session, alice, clock.now())

    line, other = Stopping(clock, stop_all), FakeGateway(clock)
    sender = AccountSender(account_id, line, scope, clock, Random(1))
    others = AccountSender(theirs, other, scope, clock, Random(1))
    save(scope, alice, a_request(account_id, *NUMBERS), NOW)
    save(scope, charlie, a_request(theirs, NUMBERS[0]), NOW)

    sender.drain()
    AccountSender(account_id, line, scope, clock, Random(1)).drain()  # of a worker started anew
    others.drain()

    assert len(line.outbox) == 2 and other.outbox == []
    with scope() as session:
        assert overdue.look_at_accounts(session, NOW + timedelta(minutes=1)).overdue == set()
        assert not list(sending_check.unexplained_troubles(session, NOW + timedelta(hours=1)))
        go_on_here = stopping.go_on(session, charlie, None, Meanwhile.SEND, NOW, NOW)
        assert go_on_here == 0
        for stranger in (charlie, replace(alice, is_admin=False)):
            with pytest.raises(NotFoundError):
                server_stopping.resume_server(session, stranger, Meanwhile.SEND, NOW, NOW)
        [card] = accounts.list_accounts(session, charlie, NOW)
        assert card.is_stopped
        waiting = session.scalars(select(Message.id).where(Message.account_id == theirs)).one()
        story = message_actions.message_story(session, charlie, waiting, NOW)
        assert story.row.reason.code is Code.SERVER_STOPPED
        seen = server_stopping.whole_stop(session, charlie)
        assert seen is not None and (seen.by, seen.may_go_on) == ("Alice", False)
        found = server_stopping.fell_due_everywhere(session, alice, NOW)
        assert found is not None and (found.count, found.named) == (3, ())
        assert server_stopping.resume_server(session, alice, Meanwhile.SEND, NOW, NOW) == 3

    sender.drain()
    others.drain()
    assert [len(line.outbox), len(other.outbox)] == [4, 1]
    with scope() as session:
        assert server_stopping.whole_stop(session, alice) is None
