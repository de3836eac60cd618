"""Home cannot lie: what should have gone out and has not is named, what is explained is not."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, update

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.requests import a_request, save
from wasched.domain.link import LinkState
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.models import Account, Attempt, Lease, Message
from wasched.services.caller import Caller
from wasched.services.delivery import claim
from wasched.services.delivery.sender import AccountSender
from wasched.services.server import health, sending_check
from wasched.services.server.health_views import HealthTrouble

LATER = NOW + timedelta(seconds=90)


def found(scope: Scope, now: datetime = LATER) -> list[HealthTrouble]:
    with scope(write=False) as session:
        return sending_check.unexplained_troubles(session, now)


@pytest.fixture
def waiting(scope: Scope, alice: Caller, account_id: int) -> int:
    """A message that is due and that nobody has looked at; its account's id."""
    save(scope, alice, a_request(account_id), NOW)
    return account_id


def test_what_is_overdue_by_a_minute_without_a_reason_is_named(scope: Scope, waiting: int) -> None:
    [trouble] = found(scope)

    assert trouble.part == "sending"
    assert "overdue by more than a minute" in trouble.sentence


def test_what_has_just_come_due_is_no_trouble(scope: Scope, waiting: int) -> None:
    assert found(scope, NOW + timedelta(seconds=30)) == []


@pytest.mark.parametrize(
    "reason",
    [
        {"paused_at": NOW},
        {"state": LinkState.RECONNECTING},
        {"state": LinkState.LOGGED_OUT},
        {"state_since": LATER - timedelta(seconds=20)},  # it has just come back
        {"held_until": LATER + timedelta(minutes=5)},
        {"next_send_at": LATER + timedelta(seconds=5), "gap_max_s": 25},
    ],
)
def test_what_a_reason_holds_back_is_no_trouble(
    scope: Scope, waiting: int, reason: dict[str, Any]
) -> None:
    with scope() as session:
        for name, value in reason.items():
            setattr(session.get_one(Account, waiting), name, value)

    assert found(scope) == []


def test_an_account_that_works_off_what_is_due_is_no_trouble(
    scope: Scope, alice: Caller, account_id: int, gateway: Any, clock: Any
) -> None:
    save(scope, alice, a_request(account_id), NOW)
    AccountSender(account_id, gateway, scope, clock, Random(1)).drain()
    save(scope, alice, a_request(account_id, "+49 151 2345 6790"), NOW)
    with scope() as session:
        session.execute(
            update(Message).where(Message.id == 1).values(sent_at=LATER - timedelta(seconds=2))
        )

    assert found(scope) == []


def test_a_message_on_its_way_that_nobody_holds_is_named(scope: Scope, waiting: int) -> None:
    with scope() as session:
        claim.claim_due(session, waiting, NOW, Random(1))

    [trouble] = found(scope)

    assert "nobody can tell yet whether it left" in trouble.sentence


def test_a_message_on_its_way_is_no_trouble_while_its_worker_holds_it(
    scope: Scope, waiting: int
) -> None:
    with scope() as session:
        claim.claim_due(session, waiting, NOW, Random(1))
        health.note_heartbeat(session, "worker", NOW, NOW)
        session.add(Lease(account_id=waiting, holder="worker", fence=1, since=NOW))

    assert found(scope) == []
    with scope() as session:
        session.execute(update(Attempt).values(started_at=NOW - timedelta(minutes=12)))
    assert len(found(scope)) == 1


def test_what_the_worker_has_left_word_of_can_be_read(scope: Scope) -> None:
    said = [HealthTrouble("links", "The disk with the folder of the links is full.")]
    with scope() as session:
        sending_check.note_worker_troubles(session, "worker", said)
    with scope(write=False) as session:
        assert sending_check.worker_troubles(session) == said

    with scope() as session:
        sending_check.note_worker_troubles(session, "worker", [])
    with scope(write=False) as session:
        assert sending_check.worker_troubles(session) == []


def test_a_status_that_waits_for_a_person_is_no_trouble(
    scope: Scope, waiting: int, engine: Engine
) -> None:
    with scope() as session:
        session.execute(update(Message).values(status=Status.UNKNOWN))

    assert found(scope) == []


def test_a_link_whose_file_fails_is_named(scope: Scope, account_id: int) -> None:
    with scope() as session:
        account = session.get_one(Account, account_id)
        account.state_code, account.state_detail = "store_damaged", Reason(Code.STORE_DAMAGED)
    with scope(write=False) as session:
        found = sending_check.link_faults(session)

        [line] = health.account_lines(session)

    assert found == [Reason(Code.STORE_DAMAGED)]
    assert (line.ok, line.why) == (False, Reason(Code.STORE_DAMAGED))
