"""One person under two entries gets one message, however the two became one."""

from random import Random

import pytest
from sqlmodel import select

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.requests import ANNA, BEN, a_request, save
from wasched.domain.errors import InputError
from wasched.domain.message import Status
from wasched.models import Message, Recipient
from wasched.services.address_book import entries
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.recipients import opt_out, recipients

WITH_NINE, WITHOUT = "+5575988251234", "+557588251234"


@pytest.fixture
def desk(scope: Scope, clock: FakeClock, gateway: FakeGateway, account_id: int) -> AccountSender:
    """The desk of Alice's account."""
    return AccountSender(account_id, gateway, scope, clock, Random(1))


def add_by_hand(scope: Scope, user: Caller, *numbers: str, lid: str | None = None) -> list[int]:
    """Entries as an older version took them, whoever they are."""
    with scope() as session:
        rows = [
            Recipient(
                space_id=user.space_id,
                kind="person",
                name=one[-4:],
                phone=one,
                lid=lid,
                created_at=NOW,
            )
            for one in numbers
        ]
        session.add_all(rows)
        session.flush()
        return [row.id or 0 for row in rows]


def statuses(scope: Scope) -> list[tuple[str, str]]:
    """Status and reason of each message, in order."""
    with scope(write=False) as session:
        rows = session.exec(select(Message).order_by(Message.id)).all()
        return [(row.status, words(row.reason)) for row in rows]


def test_two_entries_with_one_lid_are_laid_out_as_one_message(
    scope: Scope, alice: Caller, account_id: int, desk: AccountSender, gateway: FakeGateway
) -> None:
    two = add_by_hand(scope, alice, ANNA, BEN, lid="7@lid")
    save(scope, alice, a_request(account_id, *two), NOW)

    [first, second] = statuses(scope)
    desk.drain()

    assert first[0] == Status.SCHEDULED
    assert second == (Status.SKIPPED, "The same person as 6789, who gets this message.")
    assert len(gateway.outbox) == 1


def test_what_is_learnt_after_laying_out_counts_when_it_is_claimed(
    scope: Scope, alice: Caller, account_id: int, desk: AccountSender, gateway: FakeGateway
) -> None:
    two = add_by_hand(scope, alice, ANNA, BEN)
    save(scope, alice, a_request(account_id, *two), NOW)
    with scope() as session:
        for number in (ANNA, BEN):
            recipients.learn_lid(session, alice.space_id, number, "7@lid")

    desk.drain()

    assert len(gateway.outbox) == 1
    assert [one[0] for one in statuses(scope)] == [Status.SENT, Status.SKIPPED]


def test_two_forms_of_a_number_are_one_person_before_anything_is_known(
    scope: Scope, alice: Caller, account_id: int, desk: AccountSender, gateway: FakeGateway
) -> None:
    two = add_by_hand(scope, alice, WITH_NINE, WITHOUT)
    save(scope, alice, a_request(account_id, *two), NOW)

    desk.drain()

    assert len(gateway.outbox) == 1


def test_who_has_opted_out_under_one_entry_gets_nothing_under_the_other(
    scope: Scope, alice: Caller, account_id: int, desk: AccountSender, gateway: FakeGateway
) -> None:
    one, other = add_by_hand(scope, alice, WITH_NINE, WITHOUT)
    with scope() as session:
        opt_out.opt_out(session, session.get_one(Recipient, one), NOW)
    save(scope, alice, a_request(account_id, other), NOW)

    desk.drain()

    assert gateway.outbox == []
    assert statuses(scope) == [(Status.SKIPPED, "Asked for no more messages.")]


def test_other_people_are_left_alone(
    scope: Scope, alice: Caller, account_id: int, desk: AccountSender, gateway: FakeGateway
) -> None:
    add_by_hand(scope, alice, WITHOUT)
    save(scope, alice, a_request(account_id, ANNA, BEN, WITH_NINE), NOW)

    desk.drain()

    assert len(gateway.outbox) == 3


def test_the_other_form_of_a_number_is_somebodys_already(scope: Scope, alice: Caller) -> None:
    with scope() as session:
        entries.add_person(session, alice, "Ana", WITH_NINE, "", NOW)
        with pytest.raises(InputError, match="Ana has this number already"):
            entries.add_person(session, alice, "", WITHOUT, "", NOW)


def test_entries_of_both_forms_are_shown_as_a_question(scope: Scope, alice: Caller) -> None:
    one, other = add_by_hand(scope, alice, WITH_NINE, WITHOUT)

    with scope(write=False) as session:
        found = entries.find_doubles(session, session.get_one(Recipient, one))

    assert [row.id for row in found] == [other]
