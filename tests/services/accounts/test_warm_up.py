"""A new number begins small: its caps grow, count by number, and are a person's to switch off."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlmodel import Session, select

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from wasched.domain.content import Text
from wasched.domain.errors import NotFoundError
from wasched.domain.link import Identified
from wasched.domain.message import Status
from wasched.domain.reasons import Code
from wasched.models import Account, Acquaintance, AuditEntry, Message
from wasched.services.accounts import accounts, pacing, warm_up
from wasched.services.caller import Caller
from wasched.services.delivery.claim import claim_due
from wasched.services.line import link_events
from wasched.services.schedules import create, preview

JID = "4915100000001@s.whatsapp.net"
OTHER = "4915100000002@s.whatsapp.net"


def link(scope: Scope, account_id: int, jid: str = JID, at: datetime = NOW) -> None:
    """The account's line says from which number it writes."""
    with scope() as session:
        link_events.apply_event(session, account_id, [Identified(jid, None, "Ada", at)], at)


def request(account_id: int, people: int, at: datetime = NOW) -> create.ScheduleRequest:
    to = tuple(f"+49 151 2345 {number}" for number in range(6000, 6000 + people))
    return create.ScheduleRequest(
        account_id, to, (Text("Rehearsal"),), at.date(), at.time(), "UTC", late_s=20 * 86400
    )


def write(scope: Scope, user: Caller, account_id: int, people: int, at: datetime = NOW) -> None:
    with scope() as session:
        create.create_schedule(session, user, request(account_id, people, at), NOW)


def send(scope: Scope, account_id: int, now: datetime) -> int:
    """Send whatever may go now; how many that is."""
    gone = 0
    while True:
        with scope() as session:
            claimed = claim_due(session, account_id, now, Random(1))
            if not isinstance(claimed, list):
                return gone
            _deliver(session, account_id, [one.message_id for one in claimed], now)
            gone += len(claimed)


def _deliver(session: Session, account_id: int, ids: list[int], now: datetime) -> None:
    for one in ids:
        message = session.get_one(Message, one)
        message.status, message.sent_at = Status.SENT, now
        key = (account_id, message.recipient_id)
        if session.get(Acquaintance, key) is None:
            met = Acquaintance(account_id=key[0], recipient_id=key[1], since=now)
            session.add(met)
            session.flush()


def waiting(scope: Scope) -> list[Message]:
    with scope(write=False) as session:
        found = select(Message).where(Message.status == Status.SCHEDULED)
        return list(session.scalars(found))


def careful(scope: Scope, user: Caller, **more: object) -> int:
    """An account with the usual caps."""
    usual = {"daily_cap": 200, "stranger_cap": 20}
    return add_account(scope, user, **(usual | more))


def test_a_new_number_writes_to_few_new_people_at_first_and_to_more_each_day(scope, alice):
    account_id = careful(scope, alice)
    link(scope, account_id)
    write(scope, alice, account_id, 12)

    days = [send(scope, account_id, NOW + timedelta(days=day)) for day in range(4)]

    assert days == [2, 3, 5, 2]


def test_it_says_why_and_for_how_long(scope, alice):
    account_id = careful(scope, alice)
    link(scope, account_id)
    write(scope, alice, account_id, 3)
    send(scope, account_id, NOW)

    [left] = waiting(scope)
    with scope(write=False) as session:
        card = accounts.account_card(session, alice, account_id, NOW)

    assert words(left.reason) == (
        "Day 1 of 14 of this number's warm-up: 2 new people a day; goes on after midnight."
    )
    assert (card.sent_today, card.cap_today, card.warm_up.day) == (2, 10, 1)


def test_the_warm_up_is_over_after_two_weeks_and_no_other_number_has_one(scope, alice):
    old, new = careful(scope, alice), careful(scope, alice)
    link(scope, new, at=NOW - timedelta(days=14))
    for account_id in (old, new):
        write(scope, alice, account_id, 19)

        assert send(scope, account_id, NOW) == 19


def test_linked_again_in_another_space_it_is_the_same_number_with_one_count(scope, alice, charlie):
    here, there = careful(scope, alice), careful(scope, charlie)
    link(scope, here, at=NOW - timedelta(days=3))
    link(scope, there)  # its fourth day: six new people
    write(scope, alice, here, 4)
    write(scope, charlie, there, 4)

    assert (send(scope, here, NOW), send(scope, there, NOW)) == (4, 2)


def test_what_another_account_of_the_number_has_in_its_hand_counts(scope, alice):
    one, two = careful(scope, alice), careful(scope, alice)
    for account_id in (one, two):
        link(scope, account_id)
        write(scope, alice, account_id, 2)
    with scope() as session:
        assert len(claim_due(session, one, NOW, Random(1))) == 2

    assert send(scope, two, NOW) == 0


def test_a_number_keeps_its_use_when_it_comes_back_under_another_account(scope, alice):
    """The first account was linked to another phone meanwhile, which has its own day."""
    first, anew = careful(scope, alice), careful(scope, alice)
    link(scope, first)
    write(scope, alice, first, 2)
    send(scope, first, NOW)
    later = NOW + timedelta(minutes=1)
    link(scope, first, OTHER, later)
    link(scope, anew, JID, later)
    write(scope, alice, anew, 2)
    with scope() as session:
        create.create_schedule(session, alice, request(first, 4), later)

    assert send(scope, anew, later) == 0
    assert send(scope, first, later) == 4  # two are known to it, two are new


def test_switched_off_what_waited_goes_at_once_and_the_log_says_who_did_it(scope, alice, charlie):
    account_id = careful(scope, alice)
    link(scope, account_id)
    write(scope, alice, account_id, 9)
    send(scope, account_id, NOW)
    with scope() as session, pytest.raises(NotFoundError):
        warm_up.switch_warm_up(session, charlie, account_id, NOW, is_on=False)

    with scope() as session:
        warm_up.switch_warm_up(session, alice, account_id, NOW, is_on=False)

    assert send(scope, account_id, NOW) == 7
    with scope(write=False) as session:
        kept = [one.what.code for one in session.scalars(select(AuditEntry))]
        assert Code.WARM_UP_OFF in kept
        card = accounts.account_card(session, alice, account_id, NOW)
        assert not card.warm_up.is_on
        assert card.cap_today == 200

    with scope() as session:
        warm_up.switch_warm_up(session, alice, account_id, NOW, is_on=True)
    write(scope, alice, account_id, 20)
    assert send(scope, account_id, NOW) == 1  # of ten that day, to somebody it knows


def test_a_cap_that_is_raised_lets_go_what_it_had_put_off(scope, alice):
    account_id = careful(scope, alice, stranger_cap=1)
    write(scope, alice, account_id, 3)
    send(scope, account_id, NOW)
    with scope() as session:
        pace = pacing.pace_of(session.get_one(Account, account_id))
        wider = replace(pace, stranger_cap=5)
        pacing.change_pace(session, alice, account_id, wider, NOW)

    assert send(scope, account_id, NOW) == 2


def test_before_saving_one_reads_how_many_days_the_warm_up_makes_of_it(scope, alice):
    account_id = careful(scope, alice, zone="UTC")
    link(scope, account_id)
    at = NOW + timedelta(hours=1)

    with scope(write=False) as session:
        told = preview.preview(session, alice, request(account_id, 12, at), NOW)

    assert told.days == 4  # two, three, five and two
    assert any("day 1 of 14 of its number's warm-up" in one.sentence for one in told.warnings)


def test_practice_has_no_number_to_warm_up(scope, alice):
    account_id = careful(scope, alice)
    link(scope, account_id)
    with scope() as session:
        session.get_one(Account, account_id).state_code = "practice"
    write(scope, alice, account_id, 9)

    assert send(scope, account_id, NOW) == 9
