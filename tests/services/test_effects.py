"""What follows from a change: asked for by whoever changes it, done once it is committed."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from tests.scopes import Scope
from tests.services.conftest import NOW
from tests.services.requests import ANNA, BEN, a_request, daily, save
from wasched import bootstrap
from wasched.models import Recipient, Schedule
from wasched.services import effects, schedules
from wasched.services.accounts import pacing
from wasched.services.address_book import entries, lists, renumbering
from wasched.services.caller import Caller
from wasched.services.effects import CheckNumbers, Convert, Effect, Wake

SOON = NOW + timedelta(minutes=1)  # 17:43 in Berlin
Deed = Callable[[Session, Caller, datetime], object]


def test_what_follows_is_done_after_the_commit_and_each_once(scope: Scope) -> None:
    done: list[Effect] = []
    with scope() as session:
        bootstrap.carry_out_effects(done.append, session)
        for at in (SOON, NOW, SOON):
            effects.wake(session, 1, at)
        effects.wake(session, 2, SOON)
        effects.convert(session, 1)
        effects.check_numbers(session, 1)
        assert done == []

    assert done == [Wake(1, NOW), Wake(2, SOON), Convert(1), CheckNumbers(1)]


def test_nothing_follows_from_what_is_rolled_back(scope: Scope) -> None:
    done: list[Effect] = []
    with scope() as session:
        bootstrap.carry_out_effects(done.append, session)
        session.connection()
        effects.wake(session, 1, NOW)
        session.rollback()
        effects.wake(session, 2, NOW)

    assert done == [Wake(2, NOW)]


def test_what_cannot_be_passed_on_keeps_nothing_from_being_saved(
    scope: Scope, alice: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_effect: Effect) -> None:
        raise RuntimeError("can't start new thread")

    with scope() as session:
        bootstrap.carry_out_effects(refuse, session)
        session.add(Recipient(space_id=alice.space_id, kind="person", phone=ANNA, created_at=NOW))
        effects.wake(session, 1, NOW)

    with scope(write=False) as session:
        assert session.exec(select(Recipient.phone)).one() == ANNA
    assert "cannot be passed on" in caplog.text


def _opt_in(session: Session, user: Caller, now: datetime) -> None:
    entries.decide_opt_out(session, user, _id(session, ANNA), True, now)


def _join_list(session: Session, user: Caller, now: datetime) -> None:
    lists.put_in(session, user, 1, [_id(session, BEN)], now)


def _renumber(session: Session, user: Caller, now: datetime) -> None:
    renumbering.correct_number(session, user, _id(session, ANNA), "+4915123456799", "DE", now)


def _take_in_again(session: Session, user: Caller, now: datetime) -> None:
    made = session.exec(select(Schedule)).one()
    skipped = schedules.skip_next(session, user, made.id or 0, now)
    effects.take_effects(session)
    assert skipped.undo is not None
    schedules.undo_action(session, user, skipped.undo, now)


def _change_pace(session: Session, user: Caller, now: datetime) -> None:
    pacing.change_pace(session, user, 1, pacing.pace_of_account(session, user, 1), now)


@pytest.mark.parametrize("deed", [_opt_in, _join_list, _take_in_again, _change_pace])
def test_the_account_is_woken_whoever_lets_something_go_sooner(
    deed: Deed, scope: Scope, alice: Caller, account_id: int, followed: list[Effect]
) -> None:
    with scope() as session:
        for phone in (ANNA, BEN):
            session.add(
                Recipient(space_id=alice.space_id, kind="person", phone=phone, created_at=NOW)
            )
        session.flush()
        choir = lists.add_list(session, alice, "Choir", NOW)
        lists.put_in(session, alice, choir, [_id(session, ANNA)], NOW)
    save(scope, alice, daily(account_id, to=(), lists=(choir,), at="17:43"), NOW)
    with scope() as session:
        if deed is _opt_in:
            entries.decide_opt_out(session, alice, _id(session, ANNA), False, NOW)
    followed.clear()

    with scope() as session:
        deed(session, alice, NOW)

    assert {Wake(account_id, NOW), Wake(account_id, SOON)} & set(followed)


def test_a_corrected_number_is_asked_about_by_the_account_of_whose_person_it_is(
    scope: Scope, charlie: Caller, alice: Caller, account_id: int, followed: list[Effect]
) -> None:
    save(scope, alice, a_request(account_id, ANNA), NOW)
    followed.clear()

    with scope() as session:
        _renumber(session, alice, NOW)

    assert CheckNumbers(account_id) in followed


def _id(session: Session, phone: str) -> int:
    return session.exec(select(Recipient.id).where(Recipient.phone == phone)).one() or 0
