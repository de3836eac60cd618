"""What raises the risk for a number is said before it is saved."""

from dataclasses import replace
from datetime import timedelta

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.requests import a_request
from wasched.domain.content import Text
from wasched.models import AccountDay, Acquaintance, Recipient
from wasched.services.caller import Caller
from wasched.services.schedules import preview
from wasched.services.schedules.requests import ScheduleRequest

NUMBERS = [f"+49 151 2345 {number}" for number in range(6000, 6040)]


def risks(scope: Scope, user: Caller, request: ScheduleRequest) -> dict[str, str]:
    with scope(write=False) as session:
        found = preview.preview(session, user, request, NOW)
    return {one.kind: one.sentence for one in found.warnings if one.kind.startswith("risk_")}


def asked(account_id: int, *to: str, says: str = "Rehearsal at eight") -> ScheduleRequest:
    return replace(a_request(account_id, *to), contents=(Text(says),))


def test_many_strangers_a_link_for_them_and_more_than_ever_are_named_with_their_mends(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        for back in range(1, 10):
            day = (NOW - timedelta(days=back)).date()
            session.add(AccountDay(account_id=account_id, day=day, sent=12, counted_at=NOW))

    found = risks(scope, alice, asked(account_id, *NUMBERS, says="See https://example.org"))

    assert sorted(found) == ["risk_link", "risk_much", "risk_strangers"]
    assert "never sent more than 12 in a day" in found["risk_much"]
    assert "smaller parts" in found["risk_strangers"]
    assert "Ask first" in found["risk_link"]


def test_a_few_people_or_those_who_are_known_raise_none(
    scope: Scope, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        for number in NUMBERS:
            phone = number.replace(" ", "")
            person = Recipient(space_id=alice.space_id, kind="person", phone=phone, created_at=NOW)
            session.add(person)
            session.flush()
            met = Acquaintance(account_id=account_id, recipient_id=person.id or 0, since=NOW)
            session.add(met)

    says = "See https://example.org"
    assert risks(scope, alice, asked(account_id, *NUMBERS, says=says)) == {}
    assert risks(scope, alice, asked(account_id, "+49 151 99999999", says=says)) == {}
