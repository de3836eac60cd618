"""Checks of numbers: asked in small batches and kept, and told before anything is saved."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from tests.reasons import said
from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.requests import ANNA, BEN, a_request, once, save
from wasched.domain.errors import NotNow
from wasched.models import Account, NumberCheck, Recipient
from wasched.services import effects
from wasched.services.address_book import entries
from wasched.services.caller import Caller
from wasched.services.delivery.sender import AccountSender
from wasched.services.line import number_lookups
from wasched.services.phone_numbers import phones
from wasched.services.ports import CheckedNumber
from wasched.services.recipients import number_checks
from wasched.services.schedules import preview

DIALLED, REGISTERED = "+5511987654321", "+551187654321"


class Directory(FakeGateway):
    """Knows some numbers, and keeps what it was asked."""

    def __init__(self, clock: FakeClock, *registered: str) -> None:
        super().__init__(clock)
        self.registered, self.asked = set(registered), list[list[str]]()
        self.is_away = False

    def check(self, phones: list[str]) -> list[CheckedNumber]:
        if self.is_away:
            raise NotNow(said("No connection."))
        self.asked.append(phones)
        return [self._checked(one) for one in phones]

    def _checked(self, phone: str) -> CheckedNumber:
        there = phone in self.registered
        jid = f"{phone[1:]}@s.whatsapp.net" if there else None
        return CheckedNumber(phone, there, jid, f"{phone[3:]}@lid" if there else None)


def wish(scope: Scope, user: Caller, clock: FakeClock, *numbers: str, urgent: bool = True) -> bool:
    """Wish to know; True if the worker is to be woken for it."""
    with scope() as session:
        number_checks.ask_checks(session, user.space_id, numbers, clock.now(), urgent=urgent)
        return bool(effects.take_effects(session))


def known(scope: Scope, user: Caller, *numbers: str) -> list[bool | None]:
    with scope(write=False) as session:
        told = number_checks.known_checks(session, user.space_id, (), numbers)
    return [told[one].on_whatsapp if one in told else None for one in numbers]


def person(scope: Scope, phone: str) -> Recipient:
    with scope(write=False) as session:
        return session.scalars(select(Recipient).where(Recipient.phone == phone)).one()


def warnings(scope: Scope, user: Caller, account_id: int, *to: int | str) -> Sequence[str]:
    with scope(write=False) as session:
        plan = preview.preview(session, user, a_request(account_id, *to), NOW)
    kinds = ("not_on_whatsapp", "other_form")
    return [one.sentence for one in plan.warnings if one.kind in kinds]


def test_a_number_is_asked_once_and_kept(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock, ANNA)
    assert wish(scope, alice, clock, ANNA, BEN)
    number_lookups.ask_next(scope, clock, account_id, line)

    assert known(scope, alice, ANNA, BEN) == [True, False]
    assert not wish(scope, alice, clock, ANNA, BEN)

    clock.move(days=2)
    assert wish(scope, alice, clock, ANNA, BEN)
    number_lookups.ask_next(scope, clock, account_id, line)
    assert line.asked[1:] == [[BEN]]


def test_batches_are_small_and_a_while_apart(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock)
    wish(scope, alice, clock, *(f"+551198765{one:04}" for one in range(60)), urgent=False)

    times = []
    while (until := number_lookups.ask_next(scope, clock, account_id, line)) is not None:
        times.append(clock.now())
        clock.sleep_until(until)

    assert [len(one) for one in line.asked] == [50, 50, 20]
    assert sum(len(one) for one in line.asked) == 120
    assert clock.now() - NOW >= 2 * number_lookups.GAP_UNWATCHED


def test_the_numbers_of_the_soonest_messages_go_first(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock)
    wish(scope, alice, clock, *(f"+49151234{one:05}" for one in range(200)), urgent=False)
    clock.move(minutes=1)
    save(scope, alice, once(account_id, BEN, at=datetime(2026, 4, 1, 9)), clock.now())
    save(scope, alice, once(account_id, ANNA, at=datetime(2026, 3, 12, 17, 50)), clock.now())

    number_lookups.ask_next(scope, clock, account_id, line)

    assert line.asked[0][:2] == [ANNA, BEN]


def test_whoever_looks_at_a_number_goes_first(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock)
    wish(scope, alice, clock, *(f"+49151234{one:05}" for one in range(40)), urgent=False)
    number_lookups.ask_next(scope, clock, account_id, line)
    wish(scope, alice, clock, ANNA)
    clock.move(seconds=number_lookups.GAP.total_seconds())

    number_lookups.ask_next(scope, clock, account_id, line)

    assert line.asked[-1][0] == ANNA


def test_what_nobody_waits_for_stops_at_a_days_measure(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock)
    with scope() as session:
        session.add_all(
            NumberCheck(space_id=alice.space_id, phone=f"+1{one}", checked_at=NOW, registered=True)
            for one in range(number_lookups.A_DAY)
        )
    wish(scope, alice, clock, ANNA, urgent=False)

    assert number_lookups.ask_next(scope, clock, account_id, line) == NOW + timedelta(hours=1)
    wish(scope, alice, clock, ANNA)
    number_lookups.ask_next(scope, clock, account_id, line)
    assert line.asked == [[ANNA]]


def test_without_a_connection_the_question_waits(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock, ANNA)
    line.is_away = True
    wish(scope, alice, clock, ANNA)
    assert number_lookups.ask_next(scope, clock, account_id, line) is None
    assert known(scope, alice, ANNA) == [None]

    line.is_away = False
    clock.move(minutes=1)
    number_lookups.ask_next(scope, clock, account_id, line)
    assert known(scope, alice, ANNA) == [True]


def test_a_paused_account_asks_nothing(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock)
    with scope() as session:
        session.get_one(Account, account_id).paused_at = NOW
    assert not wish(scope, alice, clock, ANNA)
    assert number_lookups.ask_next(scope, clock, account_id, line) is None
    assert line.asked == []


def test_the_form_that_exists_is_kept_and_written_to(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int, gateway: FakeGateway
) -> None:
    line = Directory(clock, REGISTERED)
    save(scope, alice, a_request(account_id, DIALLED), NOW)
    number_lookups.ask_next(scope, clock, account_id, line)
    assert person(scope, DIALLED).jid == f"{REGISTERED[1:]}@s.whatsapp.net"

    AccountSender(account_id, gateway, scope, clock, Random(1)).drain()
    assert [one.to for one in gateway.outbox] == [f"{REGISTERED[1:]}@s.whatsapp.net"]


def test_a_number_that_was_checked_before_it_was_somebodys_needs_no_second_check(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    line = Directory(clock, REGISTERED)
    wish(scope, alice, clock, DIALLED)
    number_lookups.ask_next(scope, clock, account_id, line)

    save(scope, alice, a_request(account_id, DIALLED), NOW)

    assert person(scope, DIALLED).on_whatsapp
    assert number_lookups.ask_next(scope, clock, account_id, line) is None


def test_who_is_typed_in_both_forms_is_one_person(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    save(scope, alice, a_request(account_id, DIALLED, REGISTERED), NOW)
    number_lookups.ask_next(scope, clock, account_id, Directory(clock, REGISTERED))

    assert person(scope, DIALLED).jid == phones.to_jid(REGISTERED)
    with scope(write=False) as session:
        assert len(session.exec(select(Recipient)).all()) == 1


def test_the_plan_names_who_is_not_on_whatsapp(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    wish(scope, alice, clock, ANNA, BEN, DIALLED)
    assert warnings(scope, alice, account_id, ANNA, BEN) == []

    number_lookups.ask_next(scope, clock, account_id, Directory(clock, ANNA, REGISTERED))

    assert warnings(scope, alice, account_id, ANNA, BEN, DIALLED) == [
        "+49 1512 3456790 is not on WhatsApp. Check the number.",
        "+55 11 98765-4321 is on WhatsApp as +55 1187654321. It goes there.",
    ]


def test_how_many_are_looked_up_is_told_until_whatsapp_has_answered(
    scope: Scope, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    with scope() as session:
        people = [entries.add_person(session, alice, "", one, "", NOW) for one in (ANNA, BEN)]
    request = a_request(account_id, *people)

    def told(kind: str) -> list[str]:
        with scope(write=False) as session:
            assert number_checks.count_unasked(session, alice.space_id, people) == 0
            plan = preview.preview(session, alice, request, NOW)
        return [one.sentence for one in plan.warnings if one.kind == kind]

    (sentence,) = told("looking_up")
    assert sentence.startswith("2 numbers are being looked up on WhatsApp")
    number_lookups.ask_next(scope, clock, account_id, Directory(clock, ANNA))
    assert told("looking_up") == []
    assert told("not_on_whatsapp") == ["+49 1512 3456790 is not on WhatsApp. Check the number."]


def test_charlie_hears_nothing_of_alices_checks(
    scope: Scope, clock: FakeClock, alice: Caller, charlie: Caller, account_id: int
) -> None:
    wish(scope, alice, clock, ANNA)
    number_lookups.ask_next(scope, clock, account_id, Directory(clock))

    assert known(scope, charlie, ANNA) == [None]


DOUBLE = r"\+(55[1-9]\d9?[6-9]\d{7}|521?[2-9]\d{9}|549?[1-8]\d{9}|229(01)?[2-9]\d{7})"


@given(st.from_regex(DOUBLE, fullmatch=True))
def test_the_other_form_of_the_other_form_is_the_number_itself(phone: str) -> None:
    (_, other) = phones.number_variants(phone)

    assert phones.number_variants(other) == (other, phone)
