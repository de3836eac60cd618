"""A wrong number is corrected: what waits goes to the right one, and the history stays."""

import pytest
from sqlmodel import select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeGateway
from tests.services.life import Life
from tests.services.requests import ANNA, BEN, CEM, a_request, daily, save
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.message import Status
from wasched.models import Acquaintance, Message, Recipient
from wasched.services.address_book import entries
from wasched.services.address_book.renumbering import Holder, correct_number
from wasched.services.caller import Caller
from wasched.services.recipients import recipients


def corrects(
    scope: Scope, user: Caller, person: int, typed: str, join_with: int = 0
) -> Holder | None:
    """Give somebody another number."""
    with scope() as session:
        return correct_number(session, user, person, typed, "DE", NOW, join_with=join_with)


def a_person(scope: Scope, user: Caller, number: str, name: str) -> int:
    """Somebody with a number."""
    with scope() as session:
        return recipients.person_with_number(session, user.space_id, number, NOW, name).id or 0


def test_what_waits_goes_to_the_new_number_and_what_went_stays(
    scope: Scope, alice: Caller, account_id: int, life: Life, gateway: FakeGateway
) -> None:
    anna = a_person(scope, alice, ANNA, "Anna")
    save(scope, alice, a_request(account_id, anna), NOW)
    life.sweep()
    save(scope, alice, daily(account_id, anna), NOW)
    with scope() as session:
        session.get_one(Recipient, anna).lid = "1@lid"

    assert corrects(scope, alice, anna, "01512 345 6790") is None
    life.send_one_now()

    assert [one.to for one in gateway.outbox] == [f"{n[1:]}@s.whatsapp.net" for n in (ANNA, BEN)]
    with scope(write=False) as session:
        row, card = session.get_one(Recipient, anna), entries.entry_card(session, alice, anna)
        met = session.exec(select(Acquaintance.recipient_id)).all()
    assert (row.phone, row.lid, row.name) == (BEN, None, "Anna")
    assert (card.gone, met) == (2, [anna])


def test_a_number_of_somebody_else_is_a_question_and_the_two_may_become_one(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    anna, ben = (a_person(scope, alice, *one) for one in ((ANNA, "Anna"), (BEN, "Ben")))
    save(scope, alice, daily(account_id, anna, ben), NOW)
    save(scope, alice, daily(account_id, ben), NOW)

    holder = corrects(scope, alice, anna, BEN)
    assert holder == Holder(ben, "Ben", is_removed=False)
    with scope(write=False) as session:
        assert session.get_one(Recipient, anna).phone == ANNA

    assert corrects(scope, alice, anna, BEN, join_with=ben) is None
    with scope(write=False) as session:
        waiting = select(Message.recipient_id).where(Message.status == Status.SCHEDULED)
        assert session.exec(waiting).all() == [anna, anna]
        assert [one.name for one in entries.list_entries(session, alice, "person").entries] == [
            "Anna"
        ]
    assert a_person(scope, alice, ANNA, "Somebody new") not in (anna, ben)


def test_a_number_of_somebody_removed_is_asked_about_too(scope: Scope, alice: Caller) -> None:
    anna, ben = (a_person(scope, alice, *one) for one in ((ANNA, "Anna"), (BEN, "Ben")))
    with scope() as session:
        entries.remove_entry(session, alice, ben, NOW)

    assert corrects(scope, alice, anna, BEN) == Holder(ben, "Ben", is_removed=True)
    assert corrects(scope, alice, anna, BEN, join_with=ben) is None
    with scope(write=False) as session:
        assert session.get(Recipient, ben) is None


def test_what_is_no_number_and_what_is_not_ones_own_is_left_alone(
    scope: Scope, alice: Caller, charlie: Caller
) -> None:
    anna = a_person(scope, alice, ANNA, "Anna")

    for typed in ("", "0151", "Anna"):
        with pytest.raises(InputError) as refusal:
            corrects(scope, alice, anna, typed)
        assert refusal.value.field == "phone"
    with pytest.raises(NotFoundError):
        corrects(scope, charlie, anna, CEM)
    assert corrects(scope, alice, anna, "+49 1512 3456789") is None  # as it is shown
