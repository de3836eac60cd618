"""When storage fails under a living worker: nothing is lost, nothing goes twice, all is settled."""

import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from tests import postgresql
from tests.product import until
from tests.reasons import said
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.line.keepers import a_keeper
from tests.services.requests import a_request, save
from wasched.adapters.clock import SystemClock
from wasched.db.postgresql_looks import TAKE_TURN
from wasched.domain.errors import NotNow, SendError
from wasched.domain.link import (
    IncomingSeen,
    LinkEvent,
    LinkState,
    ReceiptKind,
    ReceiptSeen,
    StateChanged,
)
from wasched.domain.message import Status
from wasched.models import Account, Message, Recipient
from wasched.services.caller import Caller
from wasched.services.delivery import claim, outcomes
from wasched.services.delivery.sender import AccountSender
from wasched.services.line import link_events
from wasched.services.line.holder import AccountHolder
from wasched.services.line.report_writer import ReportWriter
from wasched.services.ports import Evidence, Outgoing, SendReceipt, SendTrace
from wasched.services.server import after_restore

NUMBERS = [f"+49 151 2345 67{number:02}" for number in range(4)]
NO_ANSWER = SendError(said("WhatsApp did not answer in time."), permanent=False, left=None)


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """The database, which waits for nobody who locks it."""

    is_sqlite = engine.dialect.name == "sqlite"

    def hurry(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout = 50" if is_sqlite else "SET lock_timeout = 50")
        connection.commit()

    event.listen(engine, "connect", hurry)
    engine.dispose()  # those that were made before wait for longer
    return engine


@pytest.fixture
def desk(account_id: int, gateway: FakeGateway, scope: Scope, clock: FakeClock) -> AccountSender:
    return AccountSender(account_id, gateway, scope, clock, Random(1))


class Lock:
    """Another program's write lock on the database."""

    def __init__(self, connection: Any, statement: str) -> None:
        self._connection, self._statement = connection, statement
        self._is_held = False

    def begin(self) -> None:
        """Hold it."""
        if not self._is_held:
            self._connection.execute(self._statement)
            self._is_held = True

    def end(self) -> None:
        """Let go of it."""
        self._connection.rollback()
        self._is_held = False


@pytest.fixture
def lock(tmp_path: Path, engine: Engine) -> Iterator[Lock]:
    if engine.dialect.name == "sqlite":
        file = tmp_path / "app.db"
        other = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        made = Lock(other, "BEGIN IMMEDIATE")
    else:
        made = Lock(postgresql.other_process(engine), TAKE_TURN)
    yield made
    made.end()


def statuses(scope: Scope) -> list[str]:
    with scope(write=False) as session:
        return list(session.scalars(select(Message.status).order_by(Message.id)))


def arrived(gateway: FakeGateway) -> list[str]:
    return sorted(one.to for one in gateway.outbox)


def addresses(numbers: list[str]) -> list[str]:
    return [one.replace(" ", "").lstrip("+") + "@s.whatsapp.net" for one in numbers]


@contextmanager
def on_send(gateway: FakeGateway, number: int, do: Callable[[], None]) -> Iterator[None]:
    """Do something once, while the message of this number is on its way."""
    send, seen = gateway.send, []

    def sending(outgoing: Outgoing) -> SendReceipt:
        seen.append(outgoing)
        if len(seen) == number:
            do()
        return send(outgoing)

    gateway.send = sending
    yield
    gateway.send = send


def test_answers_that_could_not_be_written_are_written_later(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    clock: FakeClock,
    lock: Lock,
) -> None:
    save(scope, alice, a_request(account_id, *NUMBERS), NOW)

    def lock_and_take_a_while() -> None:
        lock.begin()
        clock.move(milliseconds=200)  # so that answers are written before the batch ends

    with on_send(gateway, 2, lock_and_take_a_while), pytest.raises(OperationalError):
        desk.drain()
    held = statuses(scope)
    lock.end()
    desk.drain()

    assert held.count(Status.SENDING) == 4
    assert statuses(scope) == [Status.SENT] * 4
    assert arrived(gateway) == addresses(NUMBERS)


def test_a_lock_that_stays_lets_nothing_more_be_claimed(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    lock: Lock,
) -> None:
    save(scope, alice, a_request(account_id, NUMBERS[0]), NOW)
    with on_send(gateway, 1, lock.begin), pytest.raises(OperationalError):
        desk.drain()

    with pytest.raises(OperationalError):
        desk.drain()
    assert desk.is_behind
    lock.end()
    desk.drain()

    assert not desk.is_behind
    assert statuses(scope) == [Status.SENT]
    assert arrived(gateway) == addresses(NUMBERS[:1])


def test_what_was_not_handed_over_before_a_lock_goes_afterwards_as_a_first_try(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    lock: Lock,
) -> None:
    save(scope, alice, a_request(account_id, *NUMBERS), NOW)
    gateway.answers = [None, NotNow(said("No connection."))]
    with on_send(gateway, 1, lock.begin), pytest.raises(OperationalError):
        desk.drain()
    lock.end()

    desk.drain()

    with scope(write=False) as session:
        assert {one.attempts for one in session.scalars(select(Message))} == {1}
    assert statuses(scope) == [Status.SENT] * 4


def test_evidence_that_cannot_be_read_at_first_settles_later(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save(scope, alice, a_request(account_id, NUMBERS[0]), NOW)
    gateway.answers = [NO_ANSWER]

    def broken(_secret: bytes, _at: datetime) -> Evidence:
        raise OSError("Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(gateway, "evidence", broken)
        desk.drain()
    assert statuses(scope) == [Status.SENDING]

    clock.move(seconds=10)
    desk.drain()

    assert statuses(scope) == [Status.SENT]
    assert len(gateway.outbox) == 1


def test_one_answer_that_cannot_be_written_holds_up_no_other(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save(scope, alice, a_request(account_id, *NUMBERS), NOW)
    meet = outcomes._meet

    def refuse_one(session: Any, account: Any, ids: list[int], now: datetime) -> None:
        if 2 in ids:
            raise ValueError("no such value")
        meet(session, account, ids, now)

    monkeypatch.setattr(outcomes, "_meet", refuse_one)
    with scope() as session:
        two = session.get_one(Message, 2)
    gateway.traces = _Always(Evidence(SendTrace.LEFT, "3EB0AAAA"))
    desk.drain()
    desk.drain()

    assert two.recipient_id == 2
    assert statuses(scope) == [Status.SENT, Status.UNKNOWN, Status.SENT, Status.SENT]
    assert arrived(gateway) == addresses(NUMBERS)


class _Always(dict[bytes, Evidence]):
    """The same evidence for every attempt."""

    def __init__(self, known: Evidence) -> None:
        super().__init__()
        self._known = known

    def get(self, _secret: bytes, _default: Any = None) -> Any:
        """The evidence."""
        return self._known


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ([ReceiptKind.DELIVERED], Status.DELIVERED),
        ([ReceiptKind.DELIVERED, ReceiptKind.READ], Status.READ),
    ],
)
def test_a_receipt_that_came_before_a_missing_answer_is_looked_at(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    kinds: list[ReceiptKind],
    status: Status,
) -> None:
    save(scope, alice, a_request(account_id, NUMBERS[0]), NOW)
    with scope() as session:
        seen = [ReceiptSeen(("3EB0AAAA",), kind, "chat", "them", NOW) for kind in kinds]
        link_events.apply_event(session, account_id, seen, NOW)
    gateway.answers = [NO_ANSWER]
    gateway.traces = _Always(Evidence(SendTrace.LEFT, "3EB0AAAA"))

    desk.drain()

    assert statuses(scope) == [status]


def test_what_was_claimed_with_a_slow_one_is_claimed_anew(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    clock: FakeClock,
) -> None:
    save(scope, alice, a_request(account_id, *NUMBERS), NOW)
    seen: list[list[str]] = []

    def take_long() -> None:
        clock.move(seconds=20)

    with on_send(gateway, 1, take_long), on_send(gateway, 2, lambda: seen.append(statuses(scope))):
        desk.drain()

    assert seen[0][0] == Status.SENT  # written before the next one went
    assert statuses(scope) == [Status.SENT] * 4
    assert arrived(gateway) == addresses(NUMBERS)


def test_reports_wait_for_storage_and_are_all_written_in_order(
    scope: Scope, alice: Caller, account_id: int, lock: Lock
) -> None:
    heeded: list[LinkEvent] = []
    save(scope, alice, a_request(account_id, NUMBERS[0]), NOW)
    writer = ReportWriter(scope, SystemClock(), lambda _account, one: heeded.append(one))
    writer.start()
    stop = IncomingSeen("1", *[addresses(NUMBERS[:1])[0]] * 2, "STOP", NOW)
    lock.begin()
    for state in (LinkState.RECONNECTING, LinkState.CONNECTING, LinkState.CONNECTED):
        writer.put(account_id, StateChanged(state, NOW, "test"))
    writer.put(account_id, stop)
    time.sleep(1.0)
    assert heeded == []
    lock.end()

    until(lambda: len(heeded) == 4, "all reports are written", 20)
    writer.stop()

    with scope(write=False) as session:
        assert session.get_one(Account, account_id).state_code == "test"
        assert session.scalars(select(Recipient)).one().opted_out_at is not None
    assert heeded[-1] == stop


def test_a_report_that_cannot_be_written_holds_up_no_other(
    scope: Scope, account_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    heeded: list[LinkEvent] = []
    writer = ReportWriter(scope, SystemClock(), lambda _account, one: heeded.append(one))
    bad = StateChanged(LinkState.BANNED, NOW)
    good = StateChanged(LinkState.RECONNECTING, NOW)
    apply = link_events.apply_event

    def refuse_one(session: Any, account: int, events: list[LinkEvent], now: datetime) -> None:
        apply(session, account, events, now)
        if bad in events:
            raise ValueError("no such value")

    monkeypatch.setattr(link_events, "apply_event", refuse_one)
    for one in (bad, good):
        writer.put(account_id, one)
    writer.start()

    until(lambda: good in heeded, "the good one is written", 20)
    writer.stop()

    assert heeded == [good]


class QuietLine(FakeGateway):
    """A connected line that reports nothing by itself after its start."""

    def __init__(self, clock: Any, report: Callable[[LinkEvent], None]) -> None:
        super().__init__(clock)
        self._report = report

    def start(self) -> None:
        """Be connected."""
        self._report(StateChanged(LinkState.CONNECTED, datetime.now(UTC)))

    def stop(self) -> None:
        """Nothing to let go of."""

    def hold(self) -> None:
        """Nothing is under way."""

    def keep_texts(self, on: bool, keywords: Collection[str] = ()) -> None:
        """Nobody writes."""

    def note_written(self, number: int) -> None:
        """Nobody writes."""

    def connect(self) -> None:
        """It is connected."""

    def pair_by_code(self, phone: str) -> None:
        """It is linked."""

    def unlink(self) -> None:
        """It stays."""


class NoHints:
    """Nobody ever hears of a change."""

    def hint(self) -> None:
        """Lost."""

    def wait(self, seconds: float) -> bool:
        """Wait in vain."""
        time.sleep(seconds)
        return False

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def lines(scope: Scope, account_id: int) -> Iterator[dict[int, QuietLine]]:
    """The lines of a worker whom no queue ever wakes."""
    made: dict[int, QuietLine] = {}

    def make_line(account: int, report: Callable[[LinkEvent], None]) -> QuietLine:
        made[account] = QuietLine(SystemClock(), report)
        return made[account]

    office = AccountHolder(
        a_keeper(scope), make_line, scope, SystemClock(), NoHints(), lambda _account: None
    )
    office.start()
    until(lambda: account_id in made, "the account is held", 20)
    yield made
    office.stop()


def test_without_any_queue_messages_go_within_seconds(
    scope: Scope, alice: Caller, account_id: int, lines: dict[int, QuietLine]
) -> None:
    save(scope, alice, a_request(account_id, *NUMBERS), datetime.now(UTC))

    until(lambda: len(lines[account_id].outbox) == 4, "all have gone", 20)
    until(lambda: set(statuses(scope)) == {Status.SENT}, "all are written down", 20)


def test_a_message_in_sending_that_nobody_holds_is_settled_by_a_living_worker(
    scope: Scope, alice: Caller, account_id: int, lines: dict[int, QuietLine]
) -> None:
    now = datetime.now(UTC)
    with scope() as session:
        session.get_one(Account, account_id).paused_at = now  # so that the worker claims nothing
    save(scope, alice, a_request(account_id, *NUMBERS[:2]), now)
    time.sleep(1.5)  # the worker has looked, and found nothing left behind
    with scope() as session:
        session.get_one(Account, account_id).paused_at = None
        claimed = claim.claim_due(session, account_id, datetime.now(UTC), Random(1))
        session.get_one(Account, account_id).paused_at = now
    assert isinstance(claimed, list)
    lines[account_id].traces[claimed[1].secret] = Evidence(SendTrace.LEFT, "3EB0AAAA")

    until(lambda: Status.SENDING not in statuses(scope), "nobody's messages are settled", 20)

    assert statuses(scope) == [Status.SCHEDULED, Status.UNKNOWN]


def test_a_state_that_the_database_does_not_say_is_written_again(
    scope: Scope, account_id: int, lines: dict[int, QuietLine]
) -> None:
    def state() -> str:
        with scope(write=False) as session:
            return session.get_one(Account, account_id).state

    until(lambda: state() == LinkState.CONNECTED, "it is connected", 20)
    with scope() as session:
        session.get_one(Account, account_id).state = LinkState.RECONNECTING

    until(lambda: state() == LinkState.CONNECTED, "the database says what is so", 20)


def test_an_account_that_cannot_be_opened_keeps_no_other_from_it(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    opened = threading.Event()

    def make_line(account: int, report: Callable[[LinkEvent], None]) -> QuietLine:
        if account == account_id:
            raise OSError("Too many open files")
        opened.set()
        return QuietLine(SystemClock(), report)

    from tests.services.conftest import add_account

    add_account(scope, alice, name="Second phone")
    office = AccountHolder(
        a_keeper(scope), make_line, scope, SystemClock(), NoHints(), lambda _account: None
    )
    office.start()

    assert opened.wait(20)
    office.stop()


def test_a_clock_that_is_set_back_does_not_put_off_settling(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save(scope, alice, a_request(account_id, NUMBERS[0]), NOW)
    with scope() as session:
        claim.claim_due(session, account_id, NOW, Random(1))

    def away(_secret: bytes, _at: datetime) -> Evidence:
        raise NotNow(said("The session is held by another."))

    with monkeypatch.context() as patched:
        patched.setattr(gateway, "evidence", away)
        desk.drain()
    clock._now -= timedelta(hours=1)

    assert desk.is_behind
    desk.drain()
    assert statuses(scope) == [Status.SCHEDULED]


def test_a_restored_message_that_had_left_follows_its_receipts(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
) -> None:
    save(scope, alice, a_request(account_id, NUMBERS[0]), NOW)
    with scope() as session:
        claim.claim_due(session, account_id, NOW, Random(1))
    with scope() as session:
        after_restore.put_aside(session, NOW, NOW)
        early = ReceiptSeen(("3EB0AAAA",), ReceiptKind.DELIVERED, "chat", "them", NOW)
        link_events.apply_event(session, account_id, [early], NOW)
    gateway.traces = _Always(Evidence(SendTrace.LEFT, "3EB0AAAA"))

    before = statuses(scope)
    desk.drain()
    with scope() as session:
        read = ReceiptSeen(("3EB0AAAA",), ReceiptKind.READ, "chat", "them", NOW)
        delivered = session.scalars(select(Message.status)).one()
        link_events.apply_event(session, account_id, [read], NOW)

    assert (before, delivered, statuses(scope)) == (
        [Status.UNKNOWN],
        Status.DELIVERED,
        [Status.READ],
    )
