"""Whoever lost an account sends nothing, settles nothing, and undoes nothing of who has it now."""

from dataclasses import dataclass
from random import Random

import pytest
from sqlalchemy import select, update
from sqlmodel import Session

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.requests import a_request, save
from wasched.domain.errors import SendError
from wasched.domain.link import LinkState, PhoneHeard, StateChanged
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.models import Account, Attempt, Message
from wasched.services.caller import Caller
from wasched.services.delivery import claim
from wasched.services.delivery.claim import Claimed
from wasched.services.delivery.in_hand import InHand
from wasched.services.delivery.outcomes import AttemptResult
from wasched.services.delivery.sender import AccountSender
from wasched.services.line.report_writer import ReportWriter


@dataclass
class TestedLease:
    """A hold that a test lets go."""

    __test__ = False

    fence: int | None = None
    is_fresh: bool = True
    was_lost: bool = False
    is_mine: bool = True

    def is_current(self, _session: Session) -> bool:
        """As the test says."""
        return self.is_mine


@pytest.fixture
def lease() -> TestedLease:
    """In these hands, from nobody."""
    return TestedLease()


@pytest.fixture
def desk(
    account_id: int, scope: Scope, gateway: FakeGateway, clock: FakeClock, lease: TestedLease
) -> AccountSender:
    """The account's sender, under that lease."""
    return AccountSender(account_id, gateway, scope, clock, Random(1), lease=lease)


def status(scope: Scope) -> str:
    """How the one message stands."""
    with scope(write=False) as session:
        return session.scalars(select(Message.status)).one()


def claimed_by_another(scope: Scope, account_id: int) -> Claimed:
    """Claim the one message past the sender, as another worker does."""
    with scope() as session:
        found = claim.claim_due(session, account_id, NOW, Random(1))
    assert isinstance(found, list)
    return found[0]


def test_one_that_slept_past_its_lease_hands_nothing_over_and_gives_back_what_it_claimed(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    lease: TestedLease,
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    lease.is_fresh = False

    desk.drain()

    assert gateway.outbox == []
    assert status(scope) == Status.SCHEDULED
    with scope(write=False) as session:
        assert session.scalars(select(Attempt)).all() == []


def test_one_that_lost_its_lease_claims_nothing(
    scope: Scope,
    alice: Caller,
    account_id: int,
    desk: AccountSender,
    gateway: FakeGateway,
    lease: TestedLease,
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    lease.is_mine = False

    assert desk.drain() is None
    assert gateway.outbox == []


def test_one_that_lost_its_lease_settles_nothing_that_another_is_sending(
    scope: Scope, alice: Caller, account_id: int, desk: AccountSender, lease: TestedLease
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    claimed_by_another(scope, account_id)
    lease.is_mine = False

    desk.suspect_orphans()
    desk.drain()

    assert status(scope) == Status.SENDING


def test_what_was_taken_over_is_settled_only_after_the_login_that_ends_the_former_connection(
    scope: Scope, alice: Caller, account_id: int, gateway: FakeGateway, clock: FakeClock
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    claimed_by_another(scope, account_id)
    lost = TestedLease(was_lost=True)
    desk = AccountSender(account_id, gateway, scope, clock, Random(1), lease=lost)

    gateway.is_ready = False
    desk.drain()
    assert status(scope) == Status.SENDING
    assert not desk.is_behind

    gateway.is_ready = True
    desk.drain()
    assert status(scope) == Status.SENT
    assert len(gateway.outbox) == 1


def test_an_account_that_is_linked_no_more_is_settled_without_a_login(
    scope: Scope, alice: Caller, account_id: int, gateway: FakeGateway, clock: FakeClock
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    claimed_by_another(scope, account_id)
    lost = TestedLease(was_lost=True)
    desk = AccountSender(account_id, gateway, scope, clock, Random(1), lease=lost)
    gateway.is_ready = False

    desk.trust_evidence()
    desk.drain()

    assert status(scope) == Status.SCHEDULED


@pytest.mark.parametrize("has_failed", [False, True], ids=["given back", "failed"])
def test_what_a_sleeper_writes_when_it_wakes_undoes_no_later_claim(
    scope: Scope, alice: Caller, account_id: int, clock: FakeClock, has_failed: bool
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    sleeper = InHand(account_id, scope, clock, Random(1))
    old = claimed_by_another(scope, account_id)
    sleeper.claim([old])
    with scope() as session:  # who took over has settled it, and claims it anew
        session.execute(update(Message).values(status=Status.SCHEDULED))
    later = claimed_by_another(scope, account_id)
    assert later.attempt == old.attempt + 1

    if has_failed:
        fault = SendError(Reason(Code.PROCESS_ENDED), permanent=False, left=False)
        sleeper.end(AttemptResult(old, NOW, error=fault))
    else:
        sleeper.give_back([old])
    sleeper.write()

    assert status(scope) == Status.SENDING
    with scope(write=False) as session:
        assert session.scalars(select(Message.attempts)).one() == later.attempt


def test_how_a_lost_line_is_is_not_written_but_what_came_by_it_is(
    scope: Scope, account_id: int, clock: FakeClock
) -> None:
    heard: list[object] = []
    reports = ReportWriter(
        scope, clock, lambda _account, event: heard.append(event), lambda _session, _account: False
    )
    reports.start()

    reports.put(account_id, StateChanged(LinkState.REPLACED, NOW))
    reports.put(account_id, PhoneHeard(NOW))
    reports.stop()

    assert len(heard) == 2
    with scope(write=False) as session:
        account = session.get_one(Account, account_id)
    assert (account.state, account.heard_at) == (LinkState.CONNECTED, NOW)
