"""Nudges: later words to those of a send who have not answered, laid out like any message."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

import pytest
from sqlmodel import select

from tests.reasons import refuses, words
from tests.scopes import Scope
from tests.sealed_votes import seal_vote
from tests.services.conftest import NOW, add_colleague
from tests.services.life import Life
from tests.services.replies_of import report, wrote
from tests.services.requests import ANNA, BEN, CEM, a_request, daily, save
from wasched.adapters.poll_votes import open_vote
from wasched.domain.content import Poll, Text
from wasched.domain.errors import InputError, NotFoundError
from wasched.domain.link import ReceiptKind, ReceiptSeen, VoteSeen
from wasched.domain.message import Status
from wasched.domain.nudge import HasNot, Nudge
from wasched.models import Account, Role, Schedule
from wasched.services import schedules
from wasched.services.address_book import lists_of_sends
from wasched.services.caller import Caller
from wasched.services.delivery.nudges import columns_against
from wasched.services.delivery.sender import AccountSender
from wasched.services.messages import batches
from wasched.services.messages.filters import read_filters
from wasched.services.phone_numbers import phones
from wasched.services.replies import keeping
from wasched.services.schedules import approvals
from wasched.services.votes import settling

COMES = Poll("Who comes?", ("Yes", "No"))
TO_VOTE = Nudge(HasNot.VOTED, 0, time(18, 0), "Please vote, {name}")
AT_SIX = NOW.replace(hour=17, minute=0)  # 18:00 in Berlin, 18 minutes after NOW
OWN_LID = "100000000000001@lid"


class Choir:
    """A poll to three people, and what they answer."""

    def __init__(self, scope: Scope, user: Caller, account_id: int, life: Life, gateway) -> None:
        self.scope, self.user, self.account_id = scope, user, account_id
        self.life, self.gateway = life, gateway

    def ask(self, nudge: Nudge = TO_VOTE, **values: object) -> int:
        """Send a poll now that is followed by a nudge."""
        asked = a_request(
            self.account_id, ANNA, BEN, CEM, **({"contents": (COMES,), "nudge": nudge} | values)
        )
        made = save(self.scope, self.user, asked, self.life._clock.now())
        self.life.sweep()
        return made

    def vote(self, place: int, by: str, *options: str, settles: bool = True) -> None:
        """A vote on what was handed over as the n-th, by a number or a LID."""
        outgoing = self.gateway.outbox[place]
        poll_id = f"3EB0{place + 1:04}"
        iv, body = seal_vote(outgoing.secret, poll_id, OWN_LID, by, options)
        at = self.life._clock.now()
        seen = VoteSeen(f"{by}{at}", poll_id, outgoing.to, "", by, at, iv, body)
        report(self.scope, self.account_id, at, seen)
        if settles:
            self.settle()

    def settle(self) -> None:
        """What the worker does each second."""
        with self.scope() as session:
            settling.settle_answers(session, open_vote, self.life._clock.now())

    def nudged(self) -> list[str]:
        """The numbers of those who got a nudge."""
        return [
            f"+{one.to.partition('@')[0]}"
            for one in self.gateway.outbox
            if isinstance(one.content, Text)
        ]

    def nudges(self) -> list[Schedule]:
        """The nudges there are, the soonest first."""
        with self.scope(write=False) as session:
            found = select(Schedule).where(Schedule.has_not != "").order_by(Schedule.starts_local)
            return list(session.scalars(found))


@pytest.fixture
def choir(scope, alice, account_id, life, gateway) -> Choir:
    with scope() as session:
        account = session.get_one(Account, account_id)
        account.jid, account.lid = "4915100000001@s.whatsapp.net", OWN_LID
    return Choir(scope, alice, account_id, life, gateway)


def test_only_those_who_have_not_voted_are_nudged(choir, life):
    choir.ask()
    anna, ben = (phones.to_jid(one) for one in (ANNA, BEN))
    choir.vote(0, anna, "Yes")
    choir.vote(1, ben, "No")
    choir.vote(1, ben)  # taken back
    choir.vote(2, "4915100000001@s.whatsapp.net", "Yes")  # on the linked phone itself

    life.pass_to(AT_SIX + timedelta(minutes=1))

    assert choir.nudged() == [BEN, CEM]
    whys = [words(one.reason) for one in life.messages() if one.status == Status.SKIPPED]
    assert whys == ["Had voted before the nudge was to go."]


def test_who_is_told_by_lid_has_voted_all_the_same(choir, life):
    choir.ask()
    choir.vote(0, "200000000000002@lid", "Yes")

    life.pass_to(AT_SIX)

    assert choir.nudged() == [BEN, CEM]


def test_a_vote_that_is_yet_to_be_counted_is_waited_for(choir, life, clock):
    choir.ask()
    clock.sleep_until(AT_SIX)
    choir.vote(0, phones.to_jid(ANNA), "Yes", settles=False)
    with choir.scope() as session:
        waiting = [one.id for one in life.messages() if one.status == Status.SCHEDULED]
        held = columns_against(session, waiting, AT_SIX, is_caught_up=True)
        assert held == {waiting[0]: {"try_at": AT_SIX + timedelta(seconds=1)}}
    choir.settle()
    life.sweep()

    assert choir.nudged() == [BEN, CEM]


def test_who_answers_between_the_claim_and_the_hand_over_gets_none(choir, life, gateway):
    choir.ask()
    send = gateway.send

    def vote_meanwhile(outgoing):
        if not choir.nudged():
            choir.vote(1, phones.to_jid(BEN), "Yes")
        return send(outgoing)

    gateway.send = vote_meanwhile
    life.pass_to(AT_SIX + timedelta(minutes=1))

    assert choir.nudged() == [ANNA, CEM]


def test_nobody_is_nudged_before_all_is_heard_that_came_meanwhile(
    choir, scope, clock, gateway, account_id, monkeypatch
):
    """As after kill -9 of the worker: what was answered while nobody was there comes first."""
    choir.ask()
    clock.sleep_until(AT_SIX + timedelta(minutes=1))

    class Ear:
        is_caught_up = False

        def wait_until_written(self) -> bool:
            return True

    ear, wait = Ear(), clock.wait

    def tell_what_came(*given):
        assert choir.nudged() == []
        choir.vote(0, phones.to_jid(ANNA), "Yes")
        ear.is_caught_up = True
        return wait(*given)

    monkeypatch.setattr(clock, "wait", tell_what_came)
    AccountSender(account_id, gateway, scope, clock, Random(1), ear).drain()

    assert choir.nudged() == [BEN, CEM]


def test_replies_reads_and_receipts_are_asked_about_too(choir, life, scope, account_id, clock):
    for who in (HasNot.REPLIED, HasNot.READ, HasNot.DELIVERED):
        choir.ask(Nudge(who, 0, time(18, 0), f"{who}"), contents=(COMES,))
    sent = list(choir.gateway.outbox)
    at = clock.now() + timedelta(minutes=1)
    # To each of the three sends: Anna has it, Ben has read it, Cem replied, quoting.
    for place in range(0, 9, 3):
        ids = [f"3EB0{place + one + 1:04}" for one in range(3)]
        people = [phones.to_jid(one) for one in (ANNA, BEN, CEM)]
        kinds = (ReceiptKind.DELIVERED, ReceiptKind.READ)
        for kind, id, jid in zip(kinds, ids, people, strict=False):
            report(scope, account_id, at, ReceiptSeen((id,), kind, jid, jid, at))
        quotes = wrote(CEM, "Coming", at, id=f"R{place}", quotes=ids[2])
        report(scope, account_id, at, quotes)

    life.pass_to(AT_SIX)

    got = {
        str(who): [
            f"+{one.to.partition('@')[0]}"
            for one in choir.gateway.outbox[len(sent) :]
            if one.content == Text(str(who))
        ]
        for who in HasNot
    }
    assert got["not_replied"] == [ANNA, BEN]
    assert got["not_read"] == [ANNA]
    assert got["not_delivered"] == []


def test_a_reply_counts_after_its_words_are_forgotten(choir, life, scope, account_id, clock, alice):
    choir.ask(Nudge(HasNot.REPLIED, 40, time(18, 0), "Hello?"), contents=(Text("Coming?"),))
    report(scope, account_id, NOW, wrote(ANNA, "Yes", NOW + timedelta(minutes=1)))
    with scope() as session:
        keeping.prune_replies(session, NOW + timedelta(days=39))

    clock.sleep_until(NOW + timedelta(days=39, hours=23))
    life.pass_to(AT_SIX + timedelta(days=40))

    assert [one.to for one in choir.gateway.outbox[3:]] == [
        phones.to_jid(one) for one in (BEN, CEM)
    ]


def test_who_wrote_after_a_later_message_has_replied_too(choir, life, scope, account_id, clock):
    choir.ask(Nudge(HasNot.REPLIED, 0, time(18, 0), "Hello?"), contents=(COMES,))
    clock.move(seconds=60)
    save(scope, choir.user, a_request(account_id, ANNA, contents=(COMES,)), clock.now())
    life.sweep()
    report(scope, account_id, clock.now(), wrote(ANNA, "I come", clock.now()))
    life.pass_to(AT_SIX)

    assert choir.nudged() == [BEN, CEM]


def test_who_did_not_get_the_message_gets_no_nudge(choir, life, scope):
    made = choir.ask(day=NOW.date(), clock=time(17, 50))
    life.do(schedules.pause_schedule, made)
    life.pass_to(AT_SIX - timedelta(minutes=1))
    life.do(schedules.cancel_schedule, made)
    life.pass_to(AT_SIX + timedelta(hours=1))

    assert choir.gateway.outbox == []
    assert choir.nudges() == []


def test_each_time_of_a_repeated_poll_has_its_own_nudge(choir, life, gateway):
    nudge = replace(TO_VOTE, days=1, clock=time(9, 0))
    asked = daily(choir.account_id, ANNA, BEN, contents=(COMES,), nudge=nudge)
    save(choir.scope, choir.user, asked, NOW)
    life.pass_to(AT_SIX + timedelta(minutes=1))
    choir.vote(0, phones.to_jid(ANNA), "Yes")  # on the first day alone
    life.pass_to(AT_SIX + timedelta(days=2))

    assert choir.nudged() == [BEN, ANNA, BEN]
    assert [one.starts_local.day for one in choir.nudges()] == [13, 14, 15, 16]


def test_nudges_follow_what_becomes_of_their_schedule(choir, life, scope, alice, clock):
    nudge = replace(TO_VOTE, days=1, clock=time(9, 0))
    made = save(
        scope, alice, daily(choir.account_id, ANNA, BEN, contents=(COMES,), nudge=nudge), NOW
    )

    def nudge_days() -> list[tuple[int, str]]:
        return [(one.starts_local.day, one.status) for one in choir.nudges()]

    assert nudge_days() == [(13, "active")]
    skipped = life.do(schedules.skip_next, made)
    assert nudge_days() == [(14, "active")]
    life.undo(skipped.undo)
    assert nudge_days()[0] == (13, "active")
    life.do(schedules.pause_schedule, made)
    assert {one[1] for one in nudge_days()} == {"paused"}
    life.do(schedules.resume_schedule, made)
    assert {one[1] for one in nudge_days()} == {"active"}
    cancelled = life.do(schedules.cancel_schedule, made)
    assert nudge_days() == []
    life.undo(cancelled.undo)
    assert nudge_days() == [(13, "active")]

    with scope() as session:
        request = schedules.request_of(session, alice, made)
        later = replace(request, clock=time(20, 0), nudge=replace(nudge, text="Vote now"))
        schedules.edit_schedule(session, alice, made, later, clock.now())
    (one,) = choir.nudges()
    assert (one.preview, one.starts_local) == ("Vote now", datetime(2026, 3, 13, 9))
    life.pass_to(AT_SIX + timedelta(days=1))
    assert choir.nudged() == [ANNA, BEN]


def test_a_nudge_is_cancelled_changed_and_sent_alone(choir, life, scope, alice, clock):
    choir.ask()
    (one,) = choir.nudges()
    with scope() as session:
        request = schedules.request_of(session, alice, one.id)
        other = replace(request, contents=(Text("Last call"),), clock=time(19, 0))
        schedules.edit_schedule(session, alice, one.id, other, clock.now())
        with refuses(InputError, "nudge itself"):
            schedules.edit_schedule(session, alice, one.id, replace(other, nudge=TO_VOTE), NOW)
    choir.vote(0, phones.to_jid(ANNA), "Yes")
    life.pass_to(AT_SIX + timedelta(minutes=30))
    assert choir.nudged() == []
    life.do(schedules.send_now, one.id)
    life.sweep()

    assert choir.nudged() == [BEN, CEM]
    assert choir.gateway.outbox[-1].content == Text("Last call")


def test_what_an_author_writes_waits_with_its_nudge_for_one_word(choir, scope, alice, life, clock):
    clara = add_colleague(scope, alice, "Clara", Role.AUTHOR)
    asked = a_request(choir.account_id, ANNA, contents=(COMES,), nudge=TO_VOTE)
    made = save(scope, clara, asked, NOW)
    with scope() as session:
        (line,) = approvals.list_approvals(session, alice, NOW, 10)
        assert line.id == made
        approvals.approve_schedule(session, alice, made, line.approval.turn, NOW)
    life.sweep()
    life.pass_to(AT_SIX)

    assert choir.nudged() == [ANNA]


def test_a_nudge_that_cannot_be_is_refused(choir):
    for nudge, contents, why in (
        (replace(TO_VOTE, text=" "), COMES, "Say what"),
        (replace(TO_VOTE, clock=time(17, 0)), COMES, "after its message"),
        (TO_VOTE, Text("Coming?"), "Make it a poll"),
    ):
        with refuses(InputError, why):
            choir.ask(nudge, contents=(contents,))


def test_who_has_not_is_a_filter_and_becomes_a_list(choir, scope, alice, charlie, life):
    made = choir.ask()
    choir.vote(0, phones.to_jid(ANNA), "Yes")
    wanted = read_filters(
        {"tab": "all", "schedule": str(made), "at": NOW.isoformat(), "has_not": "not_voted"}, "UTC"
    )
    with scope() as session:
        page = batches.batch_page(session, alice, wanted, "", NOW)
        kept = lists_of_sends.make_list_of(session, alice, (made, NOW), HasNot.VOTED, NOW)
        again = lists_of_sends.make_list_of(session, alice, (made, NOW), HasNot.VOTED, NOW)
        with pytest.raises(NotFoundError):
            lists_of_sends.make_list_of(session, charlie, (made, NOW), HasNot.VOTED, NOW)

    assert {one.row.phone for one in page.sends} == {BEN, CEM}
    assert (kept.name, kept.size) == ("Not voted, 12 March 2026, 17:42", 2)
    assert again.name == "Not voted, 12 March 2026, 17:42 (2)"
