"""Taking back and correcting what has gone out: in turn, in time, once, and told."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import update
from sqlmodel import select

from tests.reasons import words
from tests.scopes import Scope
from tests.services.conftest import NOW, add_account, add_colleague
from tests.services.fakes import FakeClock, FakeGateway
from tests.services.life import Life
from tests.services.requests import ANNA, BEN, CEM, a_request, daily, save
from wasched.domain.amendment import AmendmentKind
from wasched.domain.content import Media, Poll, Text, to_json
from wasched.domain.errors import (
    InputError,
    MovedOnError,
    NotFoundError,
    NotNow,
    RoleError,
    SendError,
)
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.models import Account, Amendment, Attempt, Message, Receipt, Recipient, Role, Schedule
from wasched.services.caller import Caller
from wasched.services.delivery import amendments
from wasched.services.delivery.claim import Idle
from wasched.services.delivery.overdue import look_at_accounts
from wasched.services.delivery.sender import AccountSender
from wasched.services.messages import (
    amend_story,
    amending,
    batches,
    message_actions,
    stopping,
)
from wasched.services.messages.amending import AmendResult
from wasched.services.messages.filters import Filters
from wasched.services.ports import Evidence, SendTrace

DELETE, CORRECT = AmendmentKind.DELETE, AmendmentKind.CORRECT


class Hands:
    """Somebody who takes back and corrects."""

    def __init__(self, scope: Scope, user: Caller, clock: FakeClock) -> None:
        self.scope, self.user, self.clock = scope, user, clock

    def one(self, kind: AmendmentKind, text: str = "", number: int = 0) -> None:
        """Ask for it with one message, by its place."""
        message = self.messages()[number]
        with self.scope() as session:
            amending.amend_message(
                session, self.user, message.id or 0, kind, text, self.clock.now()
            )

    def all_of(self, kind: AmendmentKind, text: str = "") -> AmendResult:
        """Ask for it with the send of the first message."""
        first = self.messages()[0]
        key = (first.schedule_id, first.due_at)
        with self.scope() as session:
            return amending.amend_send(session, self.user, key, kind, text, self.clock.now())

    def messages(self) -> list[Message]:
        """Every message."""
        with self.scope(write=False) as session:
            return list(session.scalars(select(Message).order_by(Message.id)))

    def asked(self) -> list[Amendment]:
        """All that was asked for."""
        with self.scope(write=False) as session:
            return list(session.scalars(select(Amendment).order_by(Amendment.id)))

    def ends(self) -> list[tuple[str, str]]:
        """Where each stands, and why."""
        return [(one.state, one.reason.code) for one in self.asked()]


@pytest.fixture
def hands(scope: Scope, alice: Caller, clock: FakeClock) -> Hands:
    return Hands(scope, alice, clock)


@pytest.fixture
def to_three(scope: Scope, alice: Caller, account_id: int, life: Life) -> int:
    """What has gone out to Anna, Ben and Cem."""
    made = save(scope, alice, a_request(account_id, ANNA, BEN, CEM), NOW)
    life.sweep()
    return made


def test_a_whole_send_is_deleted_by_the_ids_it_went_under(
    hands: Hands, gateway: FakeGateway, life: Life, to_three: int
) -> None:
    told = hands.all_of(DELETE)
    life.sweep()
    life.sweep()

    assert (told.asked, told.ahead, told.left) == (3, 0, ())
    assert [(one.message_id, one.content) for one in gateway.amended] == [
        (f"3EB0{n:04}", None) for n in (1, 2, 3)
    ]
    assert [one.taken_back_at for one in hands.messages()] == [NOW] * 3
    hands.one(DELETE)
    assert len(hands.asked()) == 3
    with pytest.raises(MovedOnError) as refusal:
        hands.one(CORRECT, "At 20:30")
    assert words(refusal.value.reason).startswith("It is deleted for everyone already")


def test_a_correction_fills_in_each_name_anew(
    scope: Scope, hands: Hands, gateway: FakeGateway, life: Life, account_id: int, alice: Caller
) -> None:
    save(scope, alice, a_request(account_id, ANNA, BEN, contents=(Text("Hi {name|you}, 8"),)), NOW)
    life.sweep()
    with scope() as session:
        for person, name in zip(session.scalars(select(Recipient)), ("Anna", "Ben"), strict=True):
            person.name = name

    hands.all_of(CORRECT, "Dear {name}, at 9")
    life.sweep()

    assert [one.content for one in gateway.amended] == [
        Text("Dear Anna, at 9"),
        Text("Dear Ben, at 9"),
    ]
    assert [one.sent_text for one in hands.messages()] == ["Dear Anna, at 9", "Dear Ben, at 9"]
    assert [one.before for one in hands.asked()] == ["Hi you, 8"] * 2
    with pytest.raises(InputError, match="Nobody has anything under"):
        hands.all_of(CORRECT, "Dear {nmae}")
    hands.one(CORRECT, "Dear Anna, at 9")  # which is what it says
    assert len(hands.asked()) == 2


def test_what_had_not_gone_is_cancelled_or_goes_with_the_new_words(
    scope: Scope, hands: Hands, gateway: FakeGateway, clock: FakeClock, alice: Caller
) -> None:
    paced = add_account(scope, alice, gap_min_s=60, gap_max_s=60)
    life = Life(scope, alice, clock, AccountSender(paced, gateway, scope, clock, Random(1)))
    save(scope, alice, a_request(paced, ANNA, BEN, CEM), NOW)
    life.sweep()  # one goes, and the next only in a minute

    told = hands.all_of(CORRECT, "Rehearsal at 20:30")
    assert (told.asked, told.ahead) == (1, 2)
    clock.move(minutes=1)
    life.sweep()
    clock.move(minutes=1)
    life.sweep()
    gone = [one.content for one in gateway.outbox]
    assert gone[0] == Text("Rehearsal at 19:30")
    assert set(gone[1:]) <= {Text("Rehearsal at 20:30")}
    assert [one.content for one in gateway.amended] == [Text("Rehearsal at 20:30")]

    told = hands.all_of(DELETE)
    assert (told.asked, told.ahead) == (len(gone), 3 - len(gone))
    for _ in range(5):
        clock.move(minutes=1)
        life.sweep()
    stand = [one.status for one in hands.messages() if one.taken_back_at is None]
    assert stand == [Status.CANCELLED] * (3 - len(gone))
    assert len(gateway.outbox) == len(gone)


def test_what_is_due_and_what_is_taken_back_take_turns_at_one_pace(
    scope: Scope, hands: Hands, gateway: FakeGateway, clock: FakeClock, alice: Caller
) -> None:
    paced = add_account(scope, alice, gap_min_s=60, gap_max_s=60)
    life = Life(scope, alice, clock, AccountSender(paced, gateway, scope, clock, Random(1)))
    save(scope, alice, a_request(paced, ANNA, BEN), NOW)
    for _ in range(2):
        life.sweep()
        clock.move(minutes=1)
    hands.all_of(DELETE)
    save(scope, alice, a_request(paced, ANNA, BEN, contents=(Text("Next"),)), clock.now())

    done = []
    for _ in range(4):
        life.sweep()
        done.append((len(gateway.amended), len(gateway.outbox) - 2))
        clock.move(minutes=1)
    assert done == [(1, 0), (1, 1), (2, 1), (2, 2)]


def test_while_all_is_stopped_deletions_go_and_corrections_wait(
    scope: Scope,
    hands: Hands,
    gateway: FakeGateway,
    life: Life,
    clock: FakeClock,
    account_id: int,
    alice: Caller,
    to_three: int,
) -> None:
    with scope() as session:
        stopping.stop_sending(session, alice, None, NOW)
    hands.one(DELETE)
    hands.one(CORRECT, "At 20:30", number=1)
    clock.move(seconds=2)
    with scope(write=False) as session:
        assert look_at_accounts(session, clock.now()).overdue == {account_id}

    life.sweep()
    assert [one.content for one in gateway.amended] == [None]
    with scope() as session:
        session.get_one(Account, account_id).paused_at = None
    life.sweep()

    assert [one.content for one in gateway.amended] == [None, Text("At 20:30")]


def test_what_whatsapp_does_not_answer_is_asked_again_and_what_it_refuses_is_named(
    hands: Hands, gateway: FakeGateway, life: Life, clock: FakeClock, to_three: int
) -> None:
    unknown = SendError(Reason(Code.NO_ANSWER), permanent=False, left=None)
    refused = SendError(Reason(Code.NOT_IN_GROUP), permanent=True, left=True)
    gateway.answers = [unknown, refused, NotNow(Reason(Code.NOT_CONNECTED))]
    hands.all_of(DELETE)
    for _ in range(3):
        life.sweep()
        clock.move(minutes=1)

    assert hands.ends() == [("done", ""), ("failed", "not_in_group"), ("done", "")]


def test_windows_end_while_the_line_is_down(
    scope: Scope, hands: Hands, gateway: FakeGateway, life: Life, clock: FakeClock, to_three: int
) -> None:
    gateway.is_ready = False
    hands.one(CORRECT, "At 20:30")
    hands.one(DELETE, number=1)
    clock.move(minutes=16)
    life.sweep()
    assert hands.ends() == [("failed", "too_late_to_correct"), ("waiting", "")]
    with pytest.raises(InputError) as refusal:
        hands.one(CORRECT, "At 20:30", number=2)
    assert words(refusal.value.reason).startswith("WhatsApp takes corrections within 15 minutes")

    clock.move(hours=60)
    life.sweep()
    assert hands.ends()[1] == ("failed", "too_late_to_delete")
    assert gateway.amended == []
    told = hands.all_of(DELETE)
    assert [(one.code, count) for one, count in told.left] == [(Code.TOO_LATE_TO_DELETE, 3)]


def test_of_what_may_have_gone_nobody_can_say_which_message_is_meant(
    scope: Scope, hands: Hands, gateway: FakeGateway, life: Life, alice: Caller, account_id: int
) -> None:
    gateway.answers = [SendError(Reason(Code.NO_ANSWER), permanent=False, left=None)]
    gateway.traces = _Gone()
    save(scope, alice, a_request(account_id), NOW)
    life.sweep()

    with pytest.raises(InputError) as refusal:
        hands.one(DELETE)

    assert words(refusal.value.reason).startswith("Nobody can tell whether it went out")


def test_captions_are_corrected_and_polls_only_deleted(
    scope: Scope, hands: Hands, gateway: FakeGateway, life: Life, alice: Caller, account_id: int
) -> None:
    poll = Poll("Who comes?", ("I", "Not I"))
    save(scope, alice, a_request(account_id, contents=(poll,)), NOW)
    photo = Media("image", "/a.jpg", "image/jpeg", caption="At 8", digest="a" * 64)
    made = save(scope, alice, a_request(account_id), NOW)
    with scope() as session:
        session.get_one(Schedule, made).contents = [to_json(photo)]
    life.sweep()

    with pytest.raises(InputError) as refusal:
        hands.one(CORRECT, "Who comes on Thursday?")
    assert words(refusal.value.reason).startswith("WhatsApp takes corrections of texts")
    hands.one(DELETE)
    hands.one(CORRECT, "At 9", number=1)
    life.sweep()

    (corrected,) = [one.content for one in gateway.amended if one.content is not None]
    assert isinstance(corrected, Media)
    assert (corrected.caption, corrected.digest) == ("At 9", "a" * 64)


def test_a_second_correction_and_a_deletion_take_the_place_of_what_waits(
    hands: Hands, gateway: FakeGateway, life: Life, to_three: int
) -> None:
    hands.one(CORRECT, "At 20:30")
    hands.one(CORRECT, "At 21:30")
    hands.one(CORRECT, "At 20:30", number=1)
    hands.one(DELETE, number=1)
    life.sweep()

    assert {(one.message_id, one.content) for one in gateway.amended} == {
        ("3EB00001", Text("At 21:30")),
        ("3EB00002", None),
    }


def test_who_may_take_back_and_who_may_correct(
    scope: Scope, hands: Hands, alice: Caller, charlie: Caller, to_three: int
) -> None:
    author = add_colleague(scope, alice, "Anton", Role.AUTHOR)
    viewer = add_colleague(scope, alice, "Vera", Role.VIEWER)
    for user, kind, fault in (
        (author, CORRECT, RoleError),
        (viewer, DELETE, RoleError),
        (viewer, CORRECT, RoleError),
        (charlie, DELETE, NotFoundError),
        (charlie, CORRECT, NotFoundError),
    ):
        theirs = Hands(scope, user, hands.clock)
        with pytest.raises(fault):
            theirs.one(kind, "Hello")
        with pytest.raises(fault):
            theirs.all_of(kind, "Hello")
    Hands(scope, author, hands.clock).all_of(DELETE)
    assert len(hands.asked()) == 3


def test_of_a_repeating_one_only_that_send_is_taken_back(
    scope: Scope, hands: Hands, life: Life, clock: FakeClock, alice: Caller, account_id: int
) -> None:
    save(scope, alice, daily(account_id), NOW)
    life.pass_to(NOW + timedelta(days=2))

    assert hands.all_of(DELETE).asked == 1
    life.sweep()

    stand = [(one.status, one.taken_back_at is not None) for one in hands.messages()]
    assert stand == [("sent", True), ("sent", False), ("scheduled", False)]


class _Gone(dict[bytes, Evidence]):
    """The session's store was emptied."""

    def get(self, *_: object) -> Evidence:  # type: ignore[override]
        return Evidence(SendTrace.GONE)


def test_a_worker_that_is_killed_while_it_takes_back_leaves_it_to_the_next_one(
    scope: Scope, hands: Hands, gateway: FakeGateway, life: Life, clock: FakeClock, to_three: int
) -> None:
    hands.one(CORRECT, "At 20:30")
    gateway.answers = [_Killed()]  # type: ignore[list-item]
    with pytest.raises(_Killed):
        life.sweep()
    clock.move(minutes=1)

    next_worker = AccountSender(hands.asked()[0].account_id, gateway, scope, clock, Random(1))
    next_worker.drain()

    assert hands.ends() == [("done", "")]
    assert hands.messages()[0].sent_text == "At 20:30"
    assert len(gateway.outbox) == 3


def test_what_is_just_on_its_way_is_taken_back_once_it_is_known_how_that_ended(
    scope: Scope, hands: Hands, life: Life, clock: FakeClock, to_three: int
) -> None:
    ids = [one.id or 0 for one in hands.messages()]
    with scope() as session:
        for one, status in zip(ids, ("sending", "scheduled", "sending"), strict=True):
            session.get_one(Message, one).status = status
        session.execute(update(Attempt).values(whatsapp_id=None))
        for one in ids:
            session.add(
                Amendment(
                    space_id=hands.user.space_id,
                    account_id=life._desk.account_id,
                    message_id=one,
                    kind="delete",
                    asked_by_id=hands.user.id,
                    asked_at=NOW,
                    until=NOW + timedelta(hours=60),
                    try_at=NOW,
                )
            )
    with scope() as session:
        turns = amendments.take_turns(session, life._desk.account_id, NOW, Random(1))
        assert isinstance(turns, Idle)
    assert hands.ends() == [("waiting", ""), ("done", ""), ("waiting", "")]
    assert [one.status for one in hands.messages()] == ["sending", "cancelled", "sending"]


class _Killed(BaseException):
    """The process is gone."""


def test_stories_tell_who_took_back_and_corrected_what_and_on_whose_phone_it_is(
    scope: Scope, hands: Hands, life: Life, alice: Caller, to_three: int
) -> None:
    hands.one(CORRECT, "At 20:30")
    life.sweep()
    hands.one(DELETE)
    life.sweep()
    with scope() as session:
        message = hands.messages()[0]
        seen = hands.asked()[1].whatsapp_id
        receipt = {"kind": "delivered", "by": "x", "at": NOW, "account_id": message.account_id}
        session.add(Receipt(whatsapp_id=seen, **receipt))
        session.flush()
        told = message_actions.message_story(session, alice, message.id or 0, NOW)

    said = [(one.title, one.detail) for one in told.steps if one.kind not in ("attempt", "sent")]
    assert said[1:] == [
        ("Alice corrected it", "“Rehearsal at 19:30” is now “At 20:30”"),
        ("WhatsApp took the correction", ""),
        ("Alice had it deleted for everyone", ""),
        ("Deleted for everyone", ""),
        ("Deleted on their phone", ""),
    ]
    assert told.content == Text("At 20:30")
    assert (told.row.is_taken_back, told.amend.delete_until) == (True, None)


def test_of_a_send_it_is_told_how_far_it_is_and_with_whom_it_could_not_be_done(
    scope: Scope, hands: Hands, gateway: FakeGateway, life: Life, alice: Caller, to_three: int
) -> None:
    key = (to_three, hands.messages()[0].due_at)
    with scope(write=False) as session:
        offer = amend_story.offer_for_send(session, alice, key, NOW)
    assert (offer.delete_until, offer.correct_until) == (
        NOW + timedelta(hours=60),
        NOW + timedelta(minutes=15),
    )
    gateway.answers = [SendError(Reason(Code.NOT_IN_GROUP), permanent=True, left=True)]
    hands.all_of(DELETE)
    life.sweep()

    with scope(write=False) as session:
        tally = amend_story.tally_send(session, alice, key)
        (line,) = batches.batch_page(session, alice, Filters(tab=""), "", NOW).sends
    assert tally is not None
    assert (tally.done, tally.waiting, tally.by) == (2, 0, "Alice")
    assert [(one.code, count, names) for one, count, names in tally.failed] == [
        (Code.NOT_IN_GROUP, 1, (ANNA,))
    ]
    assert line.taken_back == 2
